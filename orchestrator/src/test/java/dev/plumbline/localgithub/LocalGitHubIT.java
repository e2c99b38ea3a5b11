package dev.plumbline.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.GitClient;
import dev.plumbline.localforge.LocalPerson;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the local GitHub keeps; what it insists on is shown by clients that don't keep to it. */
class LocalGitHubIT {
    private static final String INFRA = "/repos/team/infra";

    private LocalGitHub github;
    private LocalPerson ada;
    private LocalPerson bob;
    private GitClient checkout;

    @BeforeEach
    void begin(@TempDir Path folder) {
        github = LocalGitHub.started(folder.resolve("github"));
        ada = github.person("ada");
        bob = github.person("bob");
        github.repository("team", "infra");
        github.role("team/infra", "ada", Role.ADMIN);
        github.role("team/infra", "bob", Role.WRITE);
        checkout = GitClient.init(folder.resolve("checkout"));
        checkout.write("main.tf", "# 1\n").commit("First");
        push("main");
        checkout.run("checkout", "-q", "-b", "wider");
        checkout.write("main.tf", "# 2\n").commit("Second");
        push("wider");
    }

    @AfterEach
    void end() {
        github.close();
    }

    private void push(String branch) {
        checkout.run("push", "-q", "-f", ada.remote("team/infra"), "HEAD:refs/heads/" + branch);
    }

    private long opened() {
        return ada.does("POST", INFRA + "/pulls", Map.of("head", "wider", "base", "main", "title", "Wider"))
                .path("number")
                .asLong();
    }

    @Test
    void a_pull_request_follows_its_branch_and_is_merged_by_real_git() {
        long pull = opened();
        checkout.write("main.tf", "# 3\n").commit("Third");
        push("wider");

        JsonNode followed = ada.get(INFRA + "/pulls/" + pull);
        assertThat(followed.path("head").path("sha").asString())
                .isEqualTo(checkout.head().hex());
        assertThat(followed.path("mergeable").asBoolean()).isTrue();

        String merge = bob.does("PUT", INFRA + "/pulls/" + pull + "/merge", Map.of("merge_method", "merge"))
                .path("sha")
                .asString();
        checkout.run("fetch", "-q", ada.remote("team/infra"), "main");
        assertThat(checkout.run("rev-parse", "FETCH_HEAD")).isEqualTo(merge);
        assertThat(checkout.run("show", "FETCH_HEAD:main.tf")).isEqualTo("# 3");
        assertThat(ada.get(INFRA + "/pulls/" + pull).path("merged").asBoolean()).isTrue();
        assertThat(ada.get(INFRA + "/pulls?state=open")).isEmpty();
    }
}
