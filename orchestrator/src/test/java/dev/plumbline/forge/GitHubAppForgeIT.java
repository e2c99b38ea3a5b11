package dev.plumbline.forge;

import java.nio.file.Path;

/** The contract, on a GitHub as an App that is installed there. */
class GitHubAppForgeIT extends PullForgeContract {
    @Override
    ForgeGround ground(Path folder) {
        return GitHubGround.withApp(folder);
    }
}
