package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.git.GitClient;
import dev.plumbline.localforge.LocalPerson;
import dev.plumbline.localgithub.LocalGitHub;
import dev.plumbline.localgithub.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code plumbline forge check} against a GitHub, with tokens and with Apps, beside a server that runs. */
class GitHubCheckIT {
    private static final String REPOSITORY = "team/infra";
    private static final String SECRET = "known-to-github-7741";

    @TempDir
    private Path folder;

    private LocalGitHub github;
    private LocalPerson bot;
    private LocalPerson ada;

    @BeforeEach
    void begin() {
        github = LocalGitHub.started(folder.resolve("github"));
        bot = github.person("plumbline-ci");
        ada = github.person("ada");
        github.repository("team", "infra");
        github.role(REPOSITORY, "ada", Role.ADMIN);
        github.role(REPOSITORY, "plumbline-ci", Role.ADMIN);
    }

    @AfterEach
    void end() {
        github.close();
    }

    @Test
    void a_token_that_may_do_everything_passes_and_its_webhook_is_made_and_pinged() {
        try (ServerFixture plumbline = withToken(bot.token())) {
            CheckDesk desk = new CheckDesk(plumbline);

            assertThat(desk.checked(1)).containsOnlyOnce("missing").contains("there is none that sends to");
            assertThat(desk.checked(0, "--fix"))
                    .contains("it is that of plumbline-ci", "it was made, and sends to " + desk.target(), "it arrived")
                    .doesNotContain("missing", "warning");
            assertThat(desk.checked(0)).contains("it sends to " + desk.target(), "it arrived");
            assertThat(hooks()).hasSize(1);
        }
    }

    @Test
    void a_webhook_of_a_repository_that_is_off_or_signs_with_another_secret_is_put_right() {
        try (ServerFixture plumbline = withToken(bot.token())) {
            CheckDesk desk = new CheckDesk(plumbline);
            Map<String, ?> wrong = Map.of(
                    "name",
                    "web",
                    "active",
                    true,
                    "events",
                    List.of("push", "pull_request", "issue_comment", "pull_request_review"),
                    "config",
                    Map.of("url", desk.target(), "content_type", "json", "secret", "another-secret"));
            long hook = ada.does("POST", "/repos/team/infra/hooks", wrong)
                    .path("id")
                    .asLong();

            assertThat(desk.checked(1)).contains("signed with another secret", "--fix");
            assertThat(desk.checked(0, "--fix")).contains("webhook_secret: that was put right", "it arrived");

            ada.does(
                    "PATCH",
                    "/repos/team/infra/hooks/" + hook,
                    Map.of("active", false, "events", List.of("push", "merge_group")));
            assertThat(desk.checked(1))
                    .contains(
                            "it is switched off, and doesn't tell of issue_comment, pull_request, pull_request_review");
            assertThat(desk.checked(0, "--fix")).contains("that was put right", "it arrived");
            assertThat(hooks())
                    .singleElement()
                    .matches(one -> one.path("active").asBoolean());
        }
    }

    @Test
    void each_permission_that_a_token_lacks_is_named_with_what_stops_working() {
        String weak = github.token(
                "plumbline-ci",
                Map.of(
                        "pull_requests",
                        "read",
                        "issues",
                        "none",
                        "statuses",
                        "read",
                        "contents",
                        "read",
                        "members",
                        "none",
                        "deployments",
                        "none",
                        "repository_hooks",
                        "none"));
        try (ServerFixture plumbline = withToken(weak)) {
            assertThat(new CheckDesk(plumbline).checked(1))
                    .contains(
                            "lacks the permission Pull requests: read and write: plans can't be told on pull requests")
                    .contains("lacks the permission Commit statuses: read and write: commits get no statuses")
                    .contains("Contents: read and write: 'apply: before_merge' and 'plumbline revert' can't be used")
                    .contains("Deployments: read and write: applies don't stand on the repository's page")
                    .contains("rules and CODEOWNERS that name teams can't be judged")
                    .contains("give it the permission repository_hooks=read");
            assertThat(ada.get("/repos/team/infra/issues/comments")).isEmpty();
        }
    }

    @Test
    void a_user_who_may_only_read_and_a_token_that_nobody_knows_are_told_so() {
        github.role(REPOSITORY, "plumbline-ci", Role.READ);
        try (ServerFixture plumbline = withToken(bot.token())) {
            CheckDesk desk = new CheckDesk(plumbline);

            assertThat(desk.checked(1))
                    .contains("may not write to the repository: commits get no statuses")
                    .contains("commands in comments, and approvals, are refused");
            assertThat(desk.checkedWith(bot.token(), "guessed", 1))
                    .contains("refuses the token; correct token of the forge work in server.yaml")
                    .doesNotContain("webhook");
        }
    }

    @Test
    void a_listener_that_nobody_reaches_is_found_in_the_record_of_github() {
        try (ServerFixture plumbline = withToken(bot.token())) {
            assertThat(new CheckDesk(plumbline).checked(1, "--fix", "--url", "http://127.0.0.1:9"))
                    .contains("the forge could not deliver it: failed to connect to host", "Recent Deliveries");
        }
    }

    @Test
    void what_answers_before_plumbline_is_not_taken_for_a_wrong_secret() throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        proxy.start();
        try (ServerFixture plumbline = withToken(bot.token())) {
            String url = "http://127.0.0.1:" + proxy.getAddress().getPort();

            assertThat(new CheckDesk(plumbline).checked(1, "--fix", "--url", url))
                    .contains("answers with status 401, and it is not the server that runs here", "public_url is right")
                    .doesNotContain("another secret");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void an_app_passes_and_its_webhook_is_set_and_tried_with_what_was_sent_before() {
        LocalGitHub.LocalApp app = github.app("plumbline", "team", Map.of());
        try (ServerFixture plumbline = withApp(app.id(), app.privateKey())) {
            CheckDesk desk = new CheckDesk(plumbline);

            assertThat(desk.checked(1))
                    .contains("it is plumbline", "there is none that sends to")
                    .containsOnlyOnce("missing");
            assertThat(desk.checked(0, "--fix"))
                    .contains("it was made", "GitHub sends again only what it sent before, and that is nothing so far");

            new Repo(GitClient.init(folder.resolve("checkout")), () -> ada.remote(REPOSITORY))
                    .stack("stacks/network", "10.0")
                    .commit("First")
                    .push("main");
            Awaitility.await("what was sent is sent again")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> desk.checked(0), said -> said.contains("it arrived"));

            github.tells("plumbline", desk.target(), "another-secret");
            assertThat(desk.checked(0)).contains("nothing so far");
            github.tells("plumbline", "http://127.0.0.1:9/elsewhere", SECRET);
            assertThat(desk.checked(1))
                    .contains("it sends to http://127.0.0.1:9/elsewhere instead of " + desk.target());
        }
    }

    @Test
    void what_an_app_may_not_do_is_told_with_the_page_where_it_is_granted() {
        LocalGitHub.LocalApp app = github.app(
                "plumbline",
                "team",
                Map.of("statuses", "read", "contents", "read", "members", "none", "checks", "none"));
        try (ServerFixture plumbline = withApp(app.id(), app.privateKey())) {
            assertThat(new CheckDesk(plumbline).checked(1))
                    .contains("lacks the permission Commit statuses: read and write: commits get no statuses")
                    .contains("lacks the permission Contents: read and write: 'apply: before_merge'")
                    .contains("lacks the permission Checks: read and write: errors in the code don't stand")
                    .contains("lacks the permission Organization permissions: Members: read")
                    .contains("Permissions & events");
        }
    }

    @Test
    void an_app_that_is_not_installed_there_and_a_key_of_another_are_told_so() {
        LocalGitHub.LocalApp app = github.app("plumbline", "others", Map.of());
        try (ServerFixture plumbline = withApp(app.id(), app.privateKey())) {
            CheckDesk desk = new CheckDesk(plumbline);

            assertThat(desk.checked(1))
                    .contains("the App plumbline is not installed on team/infra", "Install App")
                    .doesNotContain("webhook");
            assertThat(desk.checkedWith(quoted(app.privateKey()), quoted(LocalGitHub.strangersKey()), 1))
                    .contains("refuses the app");
        }
    }

    private List<JsonNode> hooks() {
        return ada.get("/repos/team/infra/hooks").valueStream().toList();
    }

    private ServerFixture withToken(String token) {
        return serving("token: " + token);
    }

    private ServerFixture withApp(long id, String key) {
        return serving("app: { id: " + id + ", private_key: \"" + quoted(key) + "\" }");
    }

    private static String quoted(String key) {
        return key.replace("\n", "\\n");
    }

    private ServerFixture serving(String credentials) {
        return ServerFixture.started(folder, """
                forges:
                  - { name: work, kind: github, url: "%s", %s, webhook_secret: %s, poll: 1h }
                repositories: [{ forge: work, name: %s }]
                """.formatted(github.url(), credentials, SECRET, REPOSITORY));
    }
}
