package dev.plumbline.app;

import dev.plumbline.forge.ForgeGround;
import dev.plumbline.forge.GiteaGround;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The story, on a real Gitea. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GiteaStoryIT extends PullStory {
    private GiteaGround gitea;

    @BeforeAll
    void startGitea(@TempDir Path place) {
        gitea = new GiteaGround(place);
    }

    @AfterAll
    void stopGitea() {
        gitea.close();
    }

    @Override
    ForgeGround ground(Path place) {
        return gitea;
    }

    @Override
    void leave(ForgeGround ground) {
        gitea.beginAnew();
    }
}
