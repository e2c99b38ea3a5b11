package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealGitea;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The life of pull requests on a real Gitea. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GiteaIT {
    private RealGitea gitea;
    private RealGitea.Person ada;

    @BeforeAll
    void begin(@TempDir Path folder) {
        gitea = RealGitea.started(folder);
        ada = gitea.person("ada");
    }

    @AfterAll
    void end() {
        gitea.close();
    }

    @Test
    void a_pull_request_has_one_comment_that_follows_it_from_plan_to_apply(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "infra");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");

            site.awaitsComment(pull, "1 stack planned");
            assertThat(site.comment(pull))
                    .contains("<code>stacks/network</code>", "\"10.0\" -> \"10.1\"", "**Next:** merge");
            site.awaitsStatus(site.repo().head(), "plumbline/plan", "success");

            site.repo().stack("stacks/network", "10.2").commit("Wider still").push("wider");
            site.awaitsComment(pull, "\"10.0\" -> \"10.2\"");
            site.awaitsStatus(site.repo().head(), "plumbline/plan", "success");

            site.merged(pull);
            site.awaitsComment(pull, "| applied | ");
            site.awaitsStatus(site.main(), "plumbline/apply", "success");
            assertThat(site.comments(pull)).hasSize(1);
            assertThat(plumbline.json("changes", "--all").get(0).path("title").asString())
                    .isEqualTo("Network 10.1");
        }
    }

    @Test
    void branches_without_a_pull_request_are_left_alone_and_a_closed_one_is_let_go(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "closing");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            site.repo()
                    .branch("nobody-asks")
                    .stack("stacks/network", "10.7")
                    .commit("Alone")
                    .push("nobody-asks");
            site.repo().checkout("main");
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");

            ada.does("PATCH", site.at("pulls/" + pull), Map.of("state", "closed"));

            site.awaitsComment(pull, "closed");
            plumbline.awaitsChange(1, "closed");
            assertThat(plumbline.json("changes", "--all")).hasSize(1);
        }
    }

    @Test
    void a_webhook_begins_a_plan_though_nobody_polls_and_a_deleted_comment_is_written_again(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "hooked");
        try (ServerFixture plumbline = site.plumbline("1h")) {
            site.applied(plumbline);
            ada.does(
                    "POST",
                    site.at("hooks"),
                    Map.of(
                            "type",
                            "gitea",
                            "active",
                            true,
                            "events",
                            List.of("push", "pull_request", "issue_comment"),
                            "config",
                            Map.of(
                                    "url",
                                    plumbline.server().url() + "/webhooks/work",
                                    "content_type",
                                    "json",
                                    "secret",
                                    GiteaSite.SECRET)));
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");

            long first = site.comments(pull).get(0).path("id").asLong();
            ada.does("DELETE", site.at("issues/comments/" + first), Map.of());
            site.repo().stack("stacks/network", "10.2").commit("Wider still").push("wider");

            site.awaitsComment(pull, "\"10.0\" -> \"10.2\"");
            assertThat(site.comments(pull)).hasSize(1);
        }
    }
}
