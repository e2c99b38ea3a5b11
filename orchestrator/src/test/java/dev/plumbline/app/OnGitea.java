package dev.plumbline.app;

import dev.plumbline.RealGitea;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests on one real Gitea, each in a repository of {@code ada}'s. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnGitea {
    RealGitea gitea;
    RealGitea.Person ada;
    RealGitea.Person grace;

    @BeforeAll
    void startGitea(@TempDir Path folder) {
        gitea = RealGitea.started(folder);
        ada = gitea.person("ada");
        grace = gitea.person("grace");
    }

    /** A repository in which {@code grace} may write, too. */
    GiteaSite site(Path folder, String name) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, name);
        ada.does("PUT", site.at("collaborators/grace"), Map.of("permission", "write"));
        return site;
    }

    @AfterAll
    void stopGitea() {
        gitea.close();
    }
}
