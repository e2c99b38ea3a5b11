package dev.plumbline.forge;

import java.nio.file.Path;

/** The contract, on a real Gitea. */
class GiteaForgeIT extends PullForgeContract {
    @Override
    ForgeGround ground(Path folder) {
        return new GiteaGround(folder);
    }
}
