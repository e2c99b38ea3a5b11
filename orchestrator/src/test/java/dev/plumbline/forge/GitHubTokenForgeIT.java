package dev.plumbline.forge;

import java.nio.file.Path;

/** The contract, on a GitHub with a token of a user of the server's own. */
class GitHubTokenForgeIT extends PullForgeContract {
    @Override
    ForgeGround ground(Path folder) {
        return GitHubGround.withToken(folder);
    }
}
