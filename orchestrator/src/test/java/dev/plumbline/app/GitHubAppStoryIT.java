package dev.plumbline.app;

import dev.plumbline.forge.ForgeGround;
import dev.plumbline.forge.GitHubGround;
import java.nio.file.Path;

/** The story, on a GitHub as an App that is installed there. */
class GitHubAppStoryIT extends PullStory {
    @Override
    ForgeGround ground(Path folder) {
        return GitHubGround.withApp(folder);
    }
}
