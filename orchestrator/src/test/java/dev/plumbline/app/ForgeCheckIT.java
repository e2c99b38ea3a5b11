package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealGitea;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code plumbline forge check} against a real Gitea, beside a server that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgeCheckIT {
    private static final String TOKEN = "${env:FORGE_TOKEN}";
    private static final List<String> EVENTS = List.of(
            "push", "create", "delete", "issue_comment", "pull_request", "pull_request_sync", "pull_request_review");

    private RealGitea gitea;
    private RealGitea.Person ada;
    private RealGitea.Person bot;
    private int repositories;

    @TempDir
    private Path folder;

    private GiteaSite site;
    private ServerFixture plumbline;
    private CheckDesk desk;

    @BeforeAll
    void begin(@TempDir Path home) {
        gitea = RealGitea.started(home);
        ada = gitea.person("ada");
        bot = gitea.person("bot");
    }

    @AfterAll
    void end() {
        gitea.close();
    }

    @BeforeEach
    void serve() {
        site = new GiteaSite(gitea, ada, folder, "infra-" + ++repositories);
        pushed(gitea, site);
        plumbline = site.plumbline("1h");
        desk = new CheckDesk(plumbline);
    }

    /** It takes a moment until Gitea no longer takes it for empty. */
    private static void pushed(RealGitea gitea, GiteaSite site) {
        site.repo().stack("stacks/network", "10.0").commit("First").push("main");
        Awaitility.await("Gitea saw the push")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !gitea.get(site.at("").replaceFirst("/$", ""))
                        .path("empty")
                        .asBoolean(true));
    }

    @AfterEach
    void stop() {
        plumbline.close();
    }

    @Test
    void a_token_that_may_do_everything_passes_and_the_missing_webhook_is_made_only_where_that_is_asked_for() {
        assertThat(desk.checked(1))
                .containsOnlyOnce("missing")
                .contains("webhook", "there is none that sends to", "--fix");
        assertThat(hooks()).isEmpty();

        assertThat(desk.checked(0, "--fix"))
                .contains("it is that of boss", "it was made, and sends to " + desk.target(), "it arrived")
                .doesNotContain("missing", "warning");

        assertThat(hooks()).hasSize(1);
        assertThat(desk.checked(0)).contains("it sends to " + desk.target(), "it arrived");
    }

    @Test
    void a_webhook_that_is_off_or_tells_too_little_is_put_right() {
        hook(desk.target(), GiteaSite.SECRET, false, List.of("push"));

        assertThat(desk.checked(1))
                .contains(
                        "it is switched off, and doesn't tell of create, delete, issue_comment, pull_request,",
                        "--fix");
        assertThat(hooks().get(0).path("active").asBoolean()).isFalse();

        assertThat(desk.checked(0, "--fix")).contains("that was put right", "it arrived");
        assertThat(hooks()).hasSize(1);
        assertThat(hooks().get(0).path("active").asBoolean()).isTrue();
        assertThat(desk.checked(0)).doesNotContain("put right");
    }

    @Test
    void a_webhook_that_signs_with_another_secret_is_found_by_its_delivery_and_put_right_and_others_are_left_alone() {
        hook("http://127.0.0.1:9/of/others", "x", true, List.of("push"));
        hook(desk.target(), "another-secret", true, EVENTS);

        assertThat(desk.checked(1)).contains("signed with another secret", "--fix");

        assertThat(desk.checked(0, "--fix"))
                .contains("it signed with another secret than webhook_secret: that was put right", "it arrived");
        assertThat(hooks())
                .hasSize(2)
                .anyMatch(hook -> address(hook).endsWith("/of/others"))
                .anyMatch(hook -> address(hook).equals(desk.target()));
    }

    @Test
    void what_else_somebody_chose_for_a_webhook_stays_when_it_is_put_right() {
        ada.does(
                "POST",
                site.at("hooks"),
                Map.of(
                        "type",
                        "gitea",
                        "active",
                        false,
                        "events",
                        List.of("push", "release"),
                        "authorization_header",
                        "Bearer of-the-proxy",
                        "branch_filter",
                        "{main,release/*}",
                        "config",
                        Map.of("url", desk.target(), "content_type", "json", "secret", GiteaSite.SECRET)));

        desk.checked(0, "--fix");

        assertThat(hooks().get(0).path("events").toString()).contains("release", "issue_comment");
        assertThat(hooks().get(0).path("authorization_header").asString()).isEqualTo("Bearer of-the-proxy");
        assertThat(hooks().get(0).path("branch_filter").asString()).isEqualTo("{main,release/*}");
    }

    @Test
    void a_user_who_is_no_administrator_is_told_what_does_not_work_and_where_that_is_granted() {
        collaborates("write");

        assertThat(desk.checkedWith(TOKEN, bot.token(), 1))
                .contains("it is that of bot", "they can be listed", "it may write them", "it may set them")
                .contains("the token's user is no administrator of the repository", "commands in comments")
                .contains("administrator access in the repository's Settings → Collaborators");
    }

    @Test
    void a_user_who_may_only_read_is_told_that_there_are_no_statuses() {
        collaborates("read");

        assertThat(desk.checkedWith(TOKEN, bot.token(), 1))
                .contains("may not write to the repository, so that commits get no statuses")
                .contains("may not merge into main");
    }

    @Test
    void each_scope_that_a_token_lacks_is_named_and_nothing_is_written_to_find_that_out() {
        collaborates("admin");

        assertThat(desk.checkedWith(TOKEN, bot.token("read:repository"), 1))
                .contains("the token lacks the scope read:user")
                .contains("the token lacks the scope write:issue: plans can't be told on pull requests")
                .contains("the token lacks the scope write:repository: commits get no statuses")
                .contains("Settings → Applications → Generate token");
        assertThat(desk.checkedWith(TOKEN, bot.token("read:user"), 1))
                .contains("the token lacks the scope write:repository: Plumbline can do nothing there");

        assertThat(desk.checkedWith(TOKEN, bot.token("read:user", "write:repository", "write:issue"), 1))
                .containsOnlyOnce("missing")
                .contains("there is none that sends to");
        assertThat(gitea.get(site.at("issues/comments"))).isEmpty();
    }

    @Test
    void a_token_that_nobody_knows_and_a_repository_that_nobody_may_see_are_told_once() {
        assertThat(desk.checkedWith(TOKEN, "0123456789012345678901234567890123456789", 1))
                .contains("refuses the token; correct token of the forge work in server.yaml")
                .doesNotContain("webhook");
        ada.does("PATCH", site.at("").replaceFirst("/$", ""), Map.of("private", true));

        assertThat(desk.checkedWith(TOKEN, bot.token(), 1))
                .contains("it is that of bot", "or the token of the forge work may not see it")
                .doesNotContain("webhook");
    }

    @ParameterizedTest
    @CsvSource({"'kind: gitea','kind: gitlab'", "'kind: gitea','kind: github'", "'\", token: ','/api/v1\", token: '"})
    void a_wrong_kind_or_address_is_not_told_as_a_token_that_is_refused(String right, String wrong) {
        assertThat(desk.checkedWith(right, wrong, 1))
                .contains("missing  address", "did not answer in JSON, as a forge does, but with status 404")
                .contains("correct url or kind of the forge work in server.yaml")
                .doesNotContain("token");
    }

    @Test
    void a_repository_that_is_not_there_is_named_with_where_that_stands() {
        assertThat(desk.checkedWith(site.path(), "ada/elsewhere", 1))
                .contains("missing  repository", "there is no " + gitea.url() + "/api/v1/repos/ada/elsewhere")
                .contains("correct ada/elsewhere in 'repositories' of server.yaml");
    }

    @Test
    void what_the_forge_does_not_answer_is_told_as_that_and_not_as_a_missing_right() {
        try (LyingProxy proxy = new LyingProxy(gitea.url())) {
            proxy.says(new LyingProxy.Lie("GET", ".*/branches/.*", 502, Map.of(), "", -1));

            String told = desk.checkedWith(gitea.url().toString(), proxy.url(), 1);

            assertThat(proxy.told()).isPositive();
            assertThat(told)
                    .contains("missing  merging")
                    .contains("answers with status 502")
                    .doesNotContain("may not merge");
        }
    }

    @Test
    void where_no_server_runs_the_credentials_are_proven_all_the_same() {
        String target = desk.target();
        hook(target, GiteaSite.SECRET, true, EVENTS);
        plumbline.stop();

        assertThat(desk.checked(0, "--url", target.replaceFirst("/webhooks/.*", "")))
                .contains("it is that of boss", "nobody can tell from here whether it arrived", "plumbline serve");
    }

    @Test
    void what_others_send_meanwhile_is_not_taken_for_the_delivery_of_the_repository() throws Exception {
        hook(desk.target(), GiteaSite.SECRET, true, EVENTS);

        try (Noise noise = Noise.at(desk.target())) {
            assertThat(desk.checked(0)).contains("it arrived").doesNotContain("another secret");
            assertThat(noise.answers()).containsOnly(401);
        }
    }

    @Test
    void as_json_each_finding_names_its_forge_repository_and_state() {
        ServerFixture.Ended ended = plumbline.cli("forge", "check", "work", "--config", desk.config(), "--json");

        JsonNode all = JsonMapper.shared().readTree(ended.out());
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(all.get(0).path("forge").asString()).isEqualTo("work");
        assertThat(all.get(0).path("about").asString()).isEqualTo("token");
        assertThat(all)
                .filteredOn(finding -> finding.path("state").asString().equals("missing"))
                .singleElement()
                .matches(finding -> finding.path("about").asString().equals("webhook"));
        assertThat(plumbline
                        .fails("forge", "check", "home", "--config", desk.config())
                        .err())
                .contains("There is no forge 'home' with pull requests.", "server.yaml has work.");
    }

    @Test
    void a_gitea_that_may_not_send_there_is_found_out_and_its_setting_named() {
        Path home = folder.resolve("strict");
        try (RealGitea strict = RealGitea.started(home.resolve("gitea"), "external")) {
            GiteaSite shut = new GiteaSite(strict, strict.person("ada"), home, "infra");
            pushed(strict, shut);
            try (ServerFixture server = shut.plumbline("1h")) {
                ServerFixture.Ended ended = server.cli(
                        "forge",
                        "check",
                        "--fix",
                        "--config",
                        home.resolve("server.yaml").toString());

                assertThat(ended.exit()).as(ended.all()).isEqualTo(1);
                assertThat(ended.out())
                        .contains("nothing arrived at " + server.server().url() + "/webhooks/work")
                        .contains("[webhook] ALLOWED_HOST_LIST = external,127.0.0.1");
            }
        }
    }

    private void collaborates(String permission) {
        ada.does("PUT", site.at("collaborators/bot"), Map.of("permission", permission));
    }

    private void hook(String url, String secret, boolean active, List<String> events) {
        ada.does(
                "POST",
                site.at("hooks"),
                Map.of(
                        "type",
                        "gitea",
                        "active",
                        active,
                        "events",
                        events,
                        "config",
                        Map.of("url", url, "content_type", "json", "secret", secret)));
    }

    private List<JsonNode> hooks() {
        return gitea.get(site.at("hooks")).valueStream().toList();
    }

    private static String address(JsonNode hook) {
        return hook.path("config").path("url").asString();
    }
}
