package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.app.LyingProxy.Lie;
import dev.plumbline.forge.GitHubGround;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A forge, or what stands before it, that answers what it should not: nobody sees a stack trace, and nothing is lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LyingForgeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ALL = "GET|POST|PATCH|PUT";
    private static final String WRITES = "POST|PATCH|PUT";
    private static final String MESSAGE = "{\"message\": \"so it says\"}";
    private static final String PAGE = "<html><body>Bad gateway</body></html>";

    private GitHubGround ground;
    private LyingProxy proxy;
    private StorySite site;
    private Traces traces;
    private long pull;
    private int values = 10;

    @BeforeAll
    void begin(@TempDir Path folder) {
        traces = Traces.begun();
        ground = GitHubGround.withToken(folder.resolve("github"));
        proxy = new LyingProxy(ground.github().url());
        site = new StorySite(
                ground,
                folder,
                "1s",
                entry -> entry.replace(ground.github().url().toString(), proxy.url()));
        site.applied();
        pull = site.opened("wider", "10.1");
        site.awaitsComment(pull, "\"10.0\" -> \"10.1\"");
    }

    @AfterAll
    void end() {
        site.close();
        proxy.close();
        ground.close();
        traces.close();
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of(Lie.of(ALL, 401, MESSAGE), "credentials"),
                Arguments.of(Lie.of(ALL, 403, MESSAGE), "credentials"),
                Arguments.of(Lie.of(ALL, 404, MESSAGE), "gone"),
                Arguments.of(Lie.of(ALL, 301, ""), "refused"),
                Arguments.of(Lie.of(ALL, 409, MESSAGE), "refused"),
                Arguments.of(Lie.of(ALL, 422, MESSAGE), "refused"),
                Arguments.of(new Lie(ALL, Lie.ALL, 429, Map.of("Retry-After", "2"), MESSAGE, -1), "limited"),
                Arguments.of(Lie.of(ALL, 500, MESSAGE), "unreachable"),
                Arguments.of(Lie.of(ALL, 503, PAGE), "unreachable"),
                Arguments.of(Lie.of(ALL, 200, PAGE), "unreachable"),
                Arguments.of(Lie.of(ALL, 404, PAGE), "unreachable"),
                Arguments.of(new Lie(ALL, Lie.ALL, 200, Map.of(), "[{\"number\": 1", 500), "unreachable"),
                Arguments.of(Lie.of(ALL, 200, "{}"), "refused"),
                Arguments.of(Lie.of(ALL, 200, "null"), "refused"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void what_keeps_a_forge_from_being_read_is_told_by_status_and_all_is_made_good_afterwards(Lie lie, String state) {
        proxy.says(lie);
        String value = pushed();

        Awaitility.await("plumbline status says " + state)
                .atMost(PATIENCE)
                .until(() -> remote().path("state").asString(), state::equals);
        assertThat(remote().path("reason").asString()).contains(proxy.url());
        assertThat(site.plumbline().cli("status").out()).contains("team/infra");

        madeGood(value);
    }

    static Stream<Lie> refusals() {
        return Stream.of(
                Lie.of(WRITES, 401, MESSAGE),
                Lie.of(WRITES, 403, MESSAGE),
                Lie.of(WRITES, 404, MESSAGE),
                Lie.of(WRITES, 404, PAGE),
                Lie.of(WRITES, 409, MESSAGE),
                Lie.of(WRITES, 422, MESSAGE),
                Lie.of(WRITES, 500, MESSAGE),
                Lie.of(WRITES, 200, PAGE),
                Lie.of(WRITES, 200, "{}"),
                Lie.of(WRITES, 200, "null"),
                Lie.of(WRITES, 204, ""));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_a_forge_takes_nothing_for_is_told_once_it_takes_it_again(Lie lie) {
        proxy.says(lie);
        String value = pushed();

        awaitsRefusal();

        madeGood(value);
    }

    @Test
    void what_is_forbidden_on_one_pull_request_holds_up_no_other() {
        proxy.says(Lie.of("POST", "/api/.*/issues/\\d+/comments", 403, MESSAGE));
        long locked = site.opened("locked", "10.90");
        Awaitility.await("it is told by status")
                .atMost(PATIENCE)
                .until(() -> remote().path("state").asString(), "credentials"::equals);

        site.repo().checkout("wider");
        String value = pushed();
        site.awaitsComment(pull, "\"10.0\" -> \"" + value + "\"");
        site.awaitsStatus(site.repo().head(), "plumbline/plan", "success");
        assertThat(site.comment(locked)).isEmpty();
        assertThat(remote().path("state").asString()).isEqualTo("credentials");
        assertThat(traces.logged("can't be told yet: ")).isPositive();

        proxy.says(Lie.NONE);
        site.plumbline().cli("fetch");
        site.awaitsComment(locked, "\"10.0\" -> \"10.90\"");
        Awaitility.await("nothing is left")
                .atMost(PATIENCE)
                .until(() -> remote().path("state").asString(), "fine"::equals);
        ground.closes(locked);
        Awaitility.await("it is closed here, too")
                .atMost(PATIENCE)
                .until(() -> site.comment(locked).contains("pull request was closed"));
    }

    @Test
    void what_a_forge_fails_on_again_and_again_holds_up_no_other() {
        long comment = site.plumbline().number("SELECT comment FROM pull WHERE number = " + pull);
        proxy.says(Lie.of("PATCH", "/api/.*/issues/comments/" + comment, 500, MESSAGE));
        String value = pushed();
        Awaitility.await("it is told by status")
                .atMost(PATIENCE)
                .until(() -> remote().path("state").asString(), "unreachable"::equals);

        long other = site.opened("other", "10.91");
        site.awaitsComment(other, "\"10.0\" -> \"10.91\"");
        assertThat(remote().path("state").asString()).isEqualTo("unreachable");
        assertThat(remote().path("reason").asString()).contains("status 500");

        ground.closes(other);
        site.repo().checkout("wider");
        madeGood(value);
    }

    @Test
    void a_command_and_its_answer_wait_while_the_token_has_ended() {
        long asking = site.opened("asking", "10.92");
        site.awaitsComment(asking, "\"10.0\" -> \"10.92\"");
        proxy.says(Lie.of("GET", "/api/.*/pulls/" + asking, 401, MESSAGE));
        long asked = ground.says("ada", asking, "plumbline plan\nplumbline help");
        site.awaitsReaction(asked, "eyes");
        Awaitility.await("it is tried").atMost(PATIENCE).until(() -> proxy.told() > 0);

        proxy.says(Lie.of("POST", "/api/.*/(comments|reactions)", 401, MESSAGE));
        site.plumbline().clockMoves(Duration.ofMinutes(1));
        Awaitility.await("it is to be answered").atMost(PATIENCE).until(() -> proxy.told() > 0);

        proxy.says(Lie.NONE);
        site.plumbline().clockMoves(Duration.ofMinutes(3));
        site.awaitsReaction(asked, "+1");
        site.awaitsAnswer(asking, "> plumbline help");
        assertThat(ground.reactions(asked)).doesNotContain("-1");

        ground.closes(asking);
        site.repo().checkout("wider");
    }

    @Test
    void what_is_refused_for_an_hour_is_let_go_so_that_the_rest_goes_on() {
        proxy.says(Lie.of(WRITES, 422, MESSAGE));
        pushed();
        awaitsRefusal();

        site.plumbline().clockMoves(Duration.ofHours(2));
        Awaitility.await("it is let go")
                .atMost(PATIENCE)
                .until(() -> site.plumbline().cli("fetch").exit() == 0);

        assertThat(traces.logged("change/1 is not told: ")).isPositive();
        madeGood(pushed());
    }

    @Test
    void a_plan_that_the_forge_let_nobody_read_does_not_count_as_seen() {
        proxy.says(Lie.of("POST", "/api/.*/issues/\\d+/comments", 403, MESSAGE));
        site.repo().checkout("main").branch("unread").stack("stacks/unread", "one");
        site.repo().commit("Unread").push("unread");
        long unread = ground.opens("ada", "unread", "Unread", false);
        Awaitility.await("it is told by status")
                .atMost(PATIENCE)
                .until(() -> remote().path("state").asString(), "credentials"::equals);

        ground.merges("bob", unread);

        site.plumbline().awaits("stacks/unread", "awaiting-approval");
        proxy.says(Lie.NONE);
        site.plumbline().cli("fetch");
        site.awaitsComment(unread, "waiting for approval");
        site.plumbline().does("approve", "unread");
        site.awaitsComment(unread, "Plumbline: applied");
        site.repo().checkout("wider");
    }

    private void awaitsRefusal() {
        Awaitility.await("what came of it was refused")
                .atMost(PATIENCE)
                .until(() -> change().path("head").asString().equals(site.repo().head())
                        && change().path("state").asString().equals("planned")
                        && !remote().path("state").asString().equals("fine"));
    }

    private String pushed() {
        String value = "10." + ++values;
        site.repo().stack("stacks/network", value).commit("Network " + value).push("wider");
        return value;
    }

    private void madeGood(String value) {
        proxy.says(Lie.NONE);
        Awaitility.await("it is looked at again")
                .atMost(PATIENCE)
                .until(() -> site.plumbline().cli("fetch").exit() == 0);
        site.awaitsComment(pull, "\"10.0\" -> \"" + value + "\"");
        site.awaitsStatus(site.repo().head(), "plumbline/plan", "success");
        assertThat(site.comments(pull)).hasSize(1);
        assertThat(traces.log()).noneMatch(line -> line.contains("Exception") || line.contains("ThrowableProxy"));
    }

    private JsonNode change() {
        return site.plumbline().json("changes").path(0);
    }

    private JsonNode remote() {
        return site.plumbline().json("status").path("remotes").path(0);
    }
}
