package dev.plumbline.app;

import dev.plumbline.forge.ForgeGround;
import dev.plumbline.forge.GitHubGround;
import java.nio.file.Path;

/** The story, on a GitHub with a token of a user of the server's own. */
class GitHubTokenStoryIT extends PullStory {
    @Override
    ForgeGround ground(Path folder) {
        return GitHubGround.withToken(folder);
    }
}
