package dev.plumbline.app;

import dev.plumbline.forge.ForgeGround;
import dev.plumbline.forge.GitLabGround;
import java.nio.file.Path;

/** The story, on a GitLab with a token of the project, and webhooks that are signed. */
class GitLabStoryIT extends PullStory {
    @Override
    ForgeGround ground(Path folder) {
        return new GitLabGround(folder);
    }
}
