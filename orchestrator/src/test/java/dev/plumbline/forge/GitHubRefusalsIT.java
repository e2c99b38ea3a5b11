package dev.plumbline.forge;

import static dev.plumbline.forge.Spoken.given;
import static dev.plumbline.forge.Spoken.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.MovedClock;
import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitClient;
import dev.plumbline.localforge.LocalPerson;
import dev.plumbline.localgithub.LocalGitHub;
import dev.plumbline.localgithub.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What becomes here of what a GitHub refuses, or would. */
class GitHubRefusalsIT {
    private static final String INFRA = "/repos/" + ForgeGround.REPOSITORY;

    private final MovedClock time = new MovedClock();
    private final Budgets budgets = new Budgets();
    private LocalGitHub github;
    private LocalPerson ada;
    private CommitSha head;
    private long pull;

    @BeforeEach
    void begin(@TempDir Path folder) {
        github = LocalGitHub.started(folder.resolve("github"), time);
        ada = github.person("ada");
        github.repository("team", "infra");
        github.role(ForgeGround.REPOSITORY, "ada", Role.ADMIN);
        GitClient checkout = GitClient.init(folder.resolve("checkout"));
        checkout.write("main.tf", "# 1\n").commit("First");
        checkout.run("push", "-q", ada.remote(ForgeGround.REPOSITORY), "HEAD:refs/heads/main");
        head = checkout.write("main.tf", "# 2\n").commit("Second");
        checkout.run("push", "-q", ada.remote(ForgeGround.REPOSITORY), "HEAD:refs/heads/wider");
        pull = ada.does("POST", INFRA + "/pulls", Map.of("head", "wider", "base", "main", "title", "Wider"))
                .path("number")
                .asLong();
    }

    @AfterEach
    void end() {
        github.close();
    }

    /** The server's own entry, its forge and its repository. */
    private record Client(PullForge forge, Remote remote) {}

    private Client client(String credentials) {
        return client(credentials, ForgeGround.REPOSITORY, time);
    }

    private Client client(String credentials, String repository, MovedClock clock) {
        String entry = "{ name: work, kind: github, url: \"" + github.url() + "\", " + credentials + " }";
        return new Client(Spoken.forge(entry, clock, budgets), Spoken.remote(entry, repository));
    }

    private static String app(LocalGitHub.LocalApp app) {
        return "app: { id: " + app.id() + ", private_key: \"" + app.privateKey().replace("\n", "\\n") + "\" }";
    }

    private Client installed(Map<String, String> less) {
        return client(app(github.app("plumbline", "team", less)));
    }

    private CommitStatus status(String description) {
        return new CommitStatus(head, "plumbline/plan", CommitStatus.State.SUCCESS, description, "");
    }

    @Test
    void a_token_that_lacks_a_permission_is_told_which() {
        Client client = client("token: " + github.token("ada", Map.of("statuses", "read")));

        Trouble trouble = trouble(client.forge().status(client.remote(), status("planned")));
        assertThat(trouble.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(trouble.sentence()).contains("the token of the forge work", "statuses=write");
    }

    @Test
    void an_app_that_lacks_a_permission_is_told_which() {
        Client client = installed(Map.of("issues", "read", "pull_requests", "none"));

        Trouble trouble = trouble(client.forge().comment(client.remote(), pull, "planned"));
        assertThat(trouble.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(trouble.sentence()).contains("the app of the forge work", "issues=write or pull_requests=write");
    }

    @Test
    void an_app_that_is_not_installed_where_the_repository_is_says_so() {
        LocalGitHub.LocalApp elsewhere = github.app("plumbline", "others", Map.of());
        Client client = client(app(elsewhere));

        Trouble trouble = trouble(client.forge().open(client.remote()));
        assertThat(trouble.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(trouble.sentence()).contains("is not installed on team/infra");
    }

    @Test
    void a_repository_that_the_app_can_not_see_keeps_none_of_its_owners_others_out() {
        String credentials = app(github.app("plumbline", "team", Map.of()));
        Client gone = client(credentials, "team/gone", time);
        Client here = client(credentials);

        assertThat(trouble(gone.forge().open(gone.remote())).sentence()).contains("is not installed on team/gone");
        assertThat(given(gone.forge().open(here.remote()))).hasSize(1);
        assertThat(trouble(gone.forge().open(gone.remote())).sentence()).contains("repos/team/gone");
    }

    @Test
    void an_app_is_not_let_in_by_another_key_or_by_a_clock_that_is_wrong() {
        LocalGitHub.LocalApp app = github.app("plumbline", "team", Map.of());
        Client stranger =
                client(app(new LocalGitHub.LocalApp(app.id(), app.installation(), LocalGitHub.strangersKey())));
        assertThat(trouble(stranger.forge().open(stranger.remote())).sentence())
                .contains("refuses the app", "correct app of the forge work");

        MovedClock fast = new MovedClock();
        fast.moveBy(Duration.ofHours(1));
        Client hasty = client(app(app), ForgeGround.REPOSITORY, fast);
        assertThat(trouble(hasty.forge().open(hasty.remote())).kind()).isEqualTo(Kind.CREDENTIALS);
    }

    @Test
    void what_is_no_key_is_said_so_before_anything_is_asked() {
        int before = github.calls();
        Client client = client("app: { id: 7, private_key: \"-----BEGIN PRIVATE KEY----- x\" }");

        assertThat(trouble(client.forge().open(client.remote())).sentence())
                .contains("app.private_key of the forge work", "no RSA key in PEM");
        assertThat(github.calls()).isEqualTo(before);
    }

    @Test
    void the_token_of_an_installation_is_replaced_before_it_ends_after_an_hour() {
        Client client = installed(Map.of());
        GitLogin first = given(client.forge().login(client.remote())).orElseThrow();
        time.moveBy(Duration.ofMinutes(54));
        assertThat(given(client.forge().login(client.remote()))).contains(first);

        time.moveBy(Duration.ofMinutes(2));
        GitLogin second = given(client.forge().login(client.remote())).orElseThrow();
        assertThat(second.password()).isNotEqualTo(first.password());
    }

    @Test
    void a_token_that_ends_too_early_is_replaced_once_within_the_call() {
        Client client = installed(Map.of());
        given(client.forge().open(client.remote()));
        github.revokeTokens();

        assertThat(given(client.forge().open(client.remote()))).hasSize(1);
    }

    @Test
    void whoever_asks_too_often_asks_nothing_more_before_the_time_that_is_named() {
        github.limit(2);
        Client client = client("token: " + ada.token());
        given(client.forge().find(client.remote(), pull));
        given(client.forge().reviews(client.remote(), request()));

        Trouble trouble = trouble(client.forge().permission(client.remote(), "ada"));
        assertThat(trouble.kind()).isEqualTo(Kind.LIMITED);
        assertThat(trouble.notBefore().orElseThrow()).isAfter(time.instant().plus(Duration.ofMinutes(50)));
        int calls = github.calls();
        assertThat(trouble(client.forge().open(client.remote())).kind()).isEqualTo(Kind.LIMITED);
        assertThat(github.calls()).isEqualTo(calls);

        time.moveBy(Duration.ofMinutes(61));
        assertThat(given(client.forge().open(client.remote()))).hasSize(1);
    }

    @Test
    void whoever_asks_too_much_at_once_waits_as_long_as_is_asked_for() {
        Client client = installed(Map.of());
        given(client.forge().open(client.remote()));
        github.slowFor("plumbline[bot]", Duration.ofSeconds(90));

        Trouble trouble = trouble(client.forge().comment(client.remote(), pull, "planned"));
        assertThat(trouble.kind()).isEqualTo(Kind.LIMITED);
        assertThat(Duration.between(time.instant(), trouble.notBefore().orElseThrow()))
                .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(95));
        time.moveBy(Duration.ofSeconds(95));
        given(client.forge().comment(client.remote(), pull, "planned"));
    }

    @Test
    void what_has_not_changed_costs_nothing_of_the_budget() {
        Client client = client("token: " + ada.token());
        given(client.forge().open(client.remote()));
        double before = left();
        for (int i = 0; i < 3; i++) {
            assertThat(given(client.forge().open(client.remote()))).hasSize(1);
        }
        assertThat(left()).isEqualTo(before);

        ada.does("PATCH", INFRA + "/pulls/" + pull, Map.of("state", "closed"));
        assertThat(given(client.forge().open(client.remote()))).isEmpty();
        assertThat(left()).isLessThan(before);
    }

    @Test
    void a_status_that_is_too_long_is_cut() {
        Client client = client("token: " + ada.token());

        given(client.forge().status(client.remote(), status("x".repeat(141))));
    }

    @Test
    void the_permissions_of_people_are_those_of_four_levels() {
        Client client = installed(Map.of());
        Map<Role, Permission> levels = Map.of(
                Role.READ, Permission.READ,
                Role.TRIAGE, Permission.READ,
                Role.WRITE, Permission.WRITE,
                Role.MAINTAIN, Permission.WRITE,
                Role.ADMIN, Permission.ADMIN);
        github.person("eve");
        levels.forEach((role, permission) -> {
            github.role(ForgeGround.REPOSITORY, "eve", role);
            assertThat(given(client.forge().permission(client.remote(), "eve"))).isEqualTo(permission);
        });
    }

    @Test
    void more_than_fifty_remarks_come_in_several_requests() {
        Client client = installed(Map.of());
        List<Diagnosis.Remark> remarks = IntStream.rangeClosed(1, 120)
                .mapToObj(line -> new Diagnosis.Remark("main.tf", line, line % 2 == 0, "Odd", "Look at it"))
                .toList();

        given(client.forge().diagnose(client.remote(), new Diagnosis(head, false, "120 remarks", "So", remarks)));
        JsonNode check = ada.get(INFRA + "/commits/" + head.hex() + "/check-runs")
                .path("check_runs")
                .path(0);
        assertThat(check.path("output").path("annotations_count").asInt()).isEqualTo(120);
        assertThat(check.path("conclusion").asString()).isEqualTo("failure");
    }

    @Test
    void with_a_token_no_check_is_tried() {
        Client client = client("token: " + ada.token());
        int before = github.calls();
        assertThat(given(client.forge().diagnose(client.remote(), new Diagnosis(head, true, "Fine", "So", List.of()))))
                .isFalse();
        assertThat(github.calls()).isEqualTo(before);
    }

    @Test
    void a_deployment_is_recorded_once_whatever_other_statuses_say_and_however_often_it_is_tried() {
        Client client = installed(Map.of());
        given(client.forge()
                .status(
                        client.remote(),
                        new CommitStatus(head, "tests", CommitStatus.State.PENDING, "being tested", "")));
        given(client.forge().deploy(client.remote(), new Deployment(head, "stacks/a", false, "failed", "")));
        given(client.forge()
                .deploy(client.remote(), new Deployment(head, "stacks/a", true, "applied", "https://p.example/1")));

        JsonNode all = ada.get(INFRA + "/deployments?environment=stacks/a");
        assertThat(all).hasSize(1);
        assertThat(ada.get(INFRA + "/deployments/" + all.path(0).path("id").asLong() + "/statuses")
                        .valueStream()
                        .map(status -> status.path("state").asString()))
                .containsExactly("success", "failure");
    }

    private PullRequest request() {
        return new PullRequest(pull, "wider", false, head, "main", "Wider", "ada", "", false, List.of(), Instant.EPOCH);
    }

    private double left() {
        return budgets.left().values().iterator().next();
    }
}
