package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealGitea;
import dev.plumbline.git.GitClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The life of pull requests on a real Gitea. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GiteaIT {
    private static final String SECRET = "known-to-gitea-5513";

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
        Site site = new Site(folder, "infra");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");

            site.awaitsComment(pull, "1 stack planned");
            assertThat(site.comment(pull))
                    .contains("<code>stacks/network</code>", "\"10.0\" -> \"10.1\"", "**Next:** merge");
            site.awaitsStatus(site.repo.head(), "plumbline/plan", "success");

            site.repo.stack("stacks/network", "10.2").commit("Wider still").push("wider");
            site.awaitsComment(pull, "\"10.0\" -> \"10.2\"");
            site.awaitsStatus(site.repo.head(), "plumbline/plan", "success");

            site.merged(pull);
            site.awaitsComment(pull, "| applied | by r");
            site.awaitsStatus(site.main(), "plumbline/apply", "success");
            assertThat(site.comments(pull)).hasSize(1);
            assertThat(plumbline.json("changes", "--all").get(0).path("title").asString())
                    .isEqualTo("Network 10.1");
        }
    }

    @Test
    void branches_without_a_pull_request_are_left_alone_and_a_closed_one_is_let_go(@TempDir Path folder) {
        Site site = new Site(folder, "closing");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            site.repo
                    .branch("nobody-asks")
                    .stack("stacks/network", "10.7")
                    .commit("Alone")
                    .push("nobody-asks");
            site.repo.checkout("main");
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
        Site site = new Site(folder, "hooked");
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
                                    SECRET)));
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");

            long first = site.comments(pull).get(0).path("id").asLong();
            ada.does("DELETE", site.at("issues/comments/" + first), Map.of());
            site.repo.stack("stacks/network", "10.2").commit("Wider still").push("wider");

            site.awaitsComment(pull, "\"10.0\" -> \"10.2\"");
            assertThat(site.comments(pull)).hasSize(1);
        }
    }

    /** One repository, a checkout of it, and a server that watches it. */
    private final class Site {
        private final Path folder;
        private final String name;
        private final Repo repo;

        Site(Path folder, String name) {
            this.folder = folder;
            this.name = name;
            gitea.repository(ada, name);
            this.repo = new Repo(GitClient.init(folder.resolve("checkout")), () -> ada.remote("ada/" + name));
        }

        ServerFixture plumbline(String poll) {
            return ServerFixture.started(
                    folder,
                    """
                    forges:
                      - { name: work, kind: gitea, url: "%s", token: "${env:FORGE_TOKEN}", webhook_secret: %s, poll: %s }
                    repositories: [{ forge: work, name: ada/%s }]
                    """.formatted(gitea.url(), SECRET, poll, name),
                    "",
                    Map.of("FORGE_TOKEN", gitea.adminToken()));
        }

        /** Main's first commit, with one stack, is applied. */
        void applied(ServerFixture plumbline) {
            repo.stack("stacks/network", "10.0").commit("First").push("main");
            plumbline.looksAgain().awaits("stacks/network", "awaiting-approval").does("approve", "network");
            plumbline.awaits("stacks/network", "applied");
        }

        /** A pull request from a branch that gives the stack another value. */
        long opened(String branch, String value) {
            repo.branch(branch)
                    .stack("stacks/network", value)
                    .commit("Another network")
                    .push(branch);
            return ada.does("POST", at("pulls"), Map.of("head", branch, "base", "main", "title", "Network " + value))
                    .path("number")
                    .asLong();
        }

        String at(String path) {
            return "/repos/ada/" + name + "/" + path;
        }

        void merged(long pull) {
            // After a push, and after statuses, it finds out for a while whether it can be merged, and refuses
            // meanwhile.
            Awaitility.await(pull + " is merged")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> ada.does("POST", at("pulls/" + pull + "/merge"), Map.of("Do", "merge")));
        }

        String main() {
            return gitea.get(at("branches/main")).path("commit").path("id").asString();
        }

        JsonNode comments(long pull) {
            return gitea.get(at("issues/" + pull + "/comments"));
        }

        String comment(long pull) {
            JsonNode all = comments(pull);
            return all.isEmpty() ? "" : all.get(0).path("body").asString();
        }

        void awaitsComment(long pull, String text) {
            Awaitility.await("the comment on " + pull + " says " + text)
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> comment(pull), comment -> comment.contains(text));
        }

        void awaitsStatus(String commit, String context, String state) {
            Awaitility.await(context + " of " + commit + " is " + state)
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> status(commit, context), state::equals);
        }

        private String status(String commit, String context) {
            JsonNode all = gitea.get(at("commits/" + commit + "/statuses"));
            return StreamSupport.stream(all.spliterator(), false)
                    .filter(status -> status.path("context").asString().equals(context))
                    // Its times are of whole seconds.
                    .max(Comparator.comparingLong(status -> status.path("id").asLong()))
                    .map(status -> status.path("status").asString())
                    .orElse("none");
        }
    }
}
