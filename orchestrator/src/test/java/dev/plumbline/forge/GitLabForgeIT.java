package dev.plumbline.forge;

import java.nio.file.Path;

/** The contract, on a GitLab with a token of the project. */
class GitLabForgeIT extends PullForgeContract {
    @Override
    ForgeGround ground(Path folder) {
        return new GitLabGround(folder);
    }
}
