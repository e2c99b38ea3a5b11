package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.access.Role;
import dev.plumbline.web.PublishedApi;
import dev.plumbline.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route of a real server, called by everybody: without a token, with a wrong, an expired and a revoked one, with one of each
 * role, and with the owner's. Nobody gets more than the role says, and each answer is as the API's document has it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTableIT {
    /**
     * One call a line: the route as it is registered, the least role that may make this call ({@code none}: everybody), the address
     * to call, the body, and the status for those who may. A route may have several lines.
     */
    private static final String TABLE = """
            GET /healthz                     | none    | /healthz                           |                                      | 200
            GET /readyz                      | none    | /readyz                            |                                      | 200
            GET /metrics                     | read    | /metrics                           |                                      | 200
            GET /api/v1/openapi.yaml         | read    | /api/v1/openapi.yaml               |                                      | 200
            GET /api/v1/whoami               | read    | /api/v1/whoami                     |                                      | 200
            GET /api/v1/status               | read    | /api/v1/status                     |                                      | 200
            GET /api/v1/stacks               | read    | /api/v1/stacks                     |                                      | 200
            GET /api/v1/changes              | read    | /api/v1/changes?all=true           |                                      | 200
            GET /api/v1/changes              | read    | /api/v1/changes?all=perhaps        |                                      | 400
            GET /api/v1/changes/{number}     | read    | /api/v1/changes/1                  |                                      | 200
            GET /api/v1/changes/{number}     | read    | /api/v1/changes/99                 |                                      | 404
            GET /api/v1/commits/{sha}        | read    | /api/v1/commits/head?repository=main&pull=1 |                             | 400
            GET /api/v1/commits/{sha}        | read    | /api/v1/commits/0123456789012345678901234567890123456789?repository=main&pull=1 | | 404
            GET /api/v1/runs                 | read    | /api/v1/runs?stack=a&limit=5       |                                      | 200
            GET /api/v1/runs                 | read    | /api/v1/runs?stack=gone            |                                      | 404
            GET /api/v1/runs/{number}        | read    | /api/v1/runs/r1                    |                                      | 200
            GET /api/v1/runs/{number}/log    | read    | /api/v1/runs/r1/log?offset=0       |                                      | 200
            GET /api/v1/history              | read    | /api/v1/history?limit=5&before=4   |                                      | 200
            GET /api/v1/history              | read    | /api/v1/history?stack=a            |                                      | 200
            GET /api/v1/history              | read    | /api/v1/history?stack=gone         |                                      | 404
            GET /api/v1/history              | read    | /api/v1/history?before=x           |                                      | 400
            GET /api/v1/applies              | read    | /api/v1/applies?limit=5&before=9   |                                      | 200
            GET /api/v1/applies              | read    | /api/v1/applies?stack=a            |                                      | 200
            GET /api/v1/applies              | read    | /api/v1/applies?stack=gone         |                                      | 404
            GET /api/v1/why                  | read    | /api/v1/why?stack=a                |                                      | 200
            GET /api/v1/outcomes             | read    | /api/v1/outcomes?handle=run/1      |                                      | 200
            GET /api/v1/outcomes             | read    | /api/v1/outcomes?handle=x          |                                      | 404
            POST /api/v1/approve             | approve | /api/v1/approve                    | {"names": ["a"]}                     | 200
            POST /api/v1/approve             | approve | /api/v1/approve                    | {"names": []}                        | 400
            POST /api/v1/apply               | approve | /api/v1/apply                      | {"names": ["#1"]}                    | 200
            POST /api/v1/cancel              | push    | /api/v1/cancel                     | {"names": ["#1"]}                    | 200
            POST /api/v1/retry               | push    | /api/v1/retry                      | {"names": ["#1"]}                    | 200
            POST /api/v1/revert              | push    | /api/v1/revert                     | {"names": ["#1"]}                    | 200
            POST /api/v1/drift/check         | push    | /api/v1/drift/check                | {"names": ["a"]}                     | 200
            POST /api/v1/fetch               | push    | /api/v1/fetch                      | {"all": true}                        | 200
            POST /api/v1/login-links         | read    | /api/v1/login-links                |                                      | 200
            GET /api/v1/tokens               | admin   | /api/v1/tokens?all=true            |                                      | 200
            POST /api/v1/tokens              | admin   | /api/v1/tokens                     | {"name": "by-CALLER", "role": "read"} | 201
            POST /api/v1/tokens              | admin   | /api/v1/tokens                     | {"name": "a b", "role": "read"}      | 409
            DELETE /api/v1/tokens/{name}     | admin   | /api/v1/tokens/nobody              |                                      | 404
            GET /api/v1/state                | read    | /api/v1/state?stack=a              |                                      | 200
            GET /api/v1/state                | read    | /api/v1/state                      |                                      | 400
            GET /api/v1/state/addresses      | read    | /api/v1/state/addresses?stack=a    |                                      | 200
            GET /api/v1/state/versions       | read    | /api/v1/state/versions?stack=a     |                                      | 200
            GET /api/v1/state/raw            | admin   | /api/v1/state/raw?stack=a          |                                      | 200
            POST /api/v1/state/push          | admin   | /api/v1/state/push?stack=a         | not a state                          | 200
            POST /api/v1/state/mv            | admin   | /api/v1/state/mv                   | {"stack": "gone", "words": ["x", "y"]} | 404
            POST /api/v1/state/rm            | admin   | /api/v1/state/rm                   | {"stack": "gone", "words": ["x"]}    | 404
            POST /api/v1/state/rollback      | admin   | /api/v1/state/rollback             | {"stack": "gone", "words": ["1"]}    | 404
            POST /api/v1/state/migrate       | admin   | /api/v1/state/migrate              | {"stack": "gone"}                    | 404
            GET /                            | read    | /                                  |                                      | 200
            GET /stack                       | read    | /stack?id=stacks/a                 |                                      | 200
            GET /changes                     | read    | /changes                           |                                      | 200
            GET /changes/{number}            | read    | /changes/1                         |                                      | 200
            GET /runs                        | read    | /runs                              |                                      | 200
            GET /runs/{run}                  | read    | /runs/r1                           |                                      | 200
            GET /runs/{run}/log              | read    | /runs/r1/log?offset=0              |                                      | 200
            GET /runs/{run}/log.txt          | read    | /runs/r1/log.txt                   |                                      | 200
            GET /queue                       | read    | /queue                             |                                      | 200
            GET /drift                       | read    | /drift                             |                                      | 200
            GET /graph                       | read    | /graph                             |                                      | 200
            GET /events                      | read    | /events                            |                                      | 200
            GET /confirm                     | read    | /confirm?action=nonsense&target=a  |                                      | 400
            GET /confirm                     | push    | /confirm?action=retry&target=%231  |                                      | 200
            GET /confirm                     | approve | /confirm?action=approve&target=a   |                                      | 200
            POST /act                        | read    | /act                               | action=retry&target=%231             | 403
            GET /badge/<address>             | read    | /badge/main/stacks/a.svg           |                                      | 200
            GET /badge/<address>             | read    | /badge/main/stacks/gone.svg        |                                      | 404
            GET /login                       | none    | /login                             |                                      | 200
            POST /login                      | none    | /login                             | token=wrong                          | 401
            GET /login/{code}                | none    | /login/used                        |                                      | 403
            POST /login/{code}               | none    | /login/used                        |                                      | 403
            POST /logout                     | read    | /logout                            |                                      | 403
            GET /assets/{version}/{name}     | none    | /assets/x/nothing.css              |                                      | 404
            GET /favicon.ico                 | none    | /favicon.ico                       |                                      | 302
            """;

    /** The built-in forge, in the same way. */
    private static final String GIT_TABLE = """
            GET git-clone   | read | /git/main.git/info/refs?service=git-upload-pack  |      | 200
            GET git-push    | push | /git/main.git/info/refs?service=git-receive-pack |      | 200
            GET git-new     | push | /git/new.git/info/refs?service=git-receive-pack  |      | 200
            GET git-none    | read | /git/none.git/info/refs?service=git-upload-pack  |      | 404
            GET git-dumb    | read | /git/main.git/info/refs                          |      | 403
            POST git-clone  | read | /git/main.git/git-upload-pack                    | 0000 | 400
            POST git-push   | push | /git/main.git/git-receive-pack                   | 0000 | 200
            """;

    private static final Pattern KEY = Pattern.compile("name=\"key\" value=\"([^\"]+)\"");
    private static final PublishedApi API = PublishedApi.own();
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Who calls, from the least to the mightiest: their token and role; no role for tokens that open nothing. */
    private final Map<String, Caller> callers = new LinkedHashMap<>();

    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable ServerFixture plumbline;

    private record Caller(Optional<String> token, Optional<Role> role) {}

    /** @param least empty: everybody may */
    record Line(String route, Optional<Role> least, String address, String body, int status) {
        static Stream<Line> of(String table) {
            return table.lines()
                    .map(line -> line.split("\\|", -1))
                    .map(cells -> new Line(
                            cells[0].strip(),
                            Role.of(cells[1].strip()),
                            cells[2].strip(),
                            cells[3].strip(),
                            Integer.parseInt(cells[4].strip())));
        }

        String method() {
            return route.substring(0, route.indexOf(' '));
        }

        /** The status for somebody of that role; empty: a token that opens nothing, or none. */
        int statusFor(Optional<Role> role) {
            if (least.isEmpty()) {
                return status;
            }
            return role.isEmpty() ? 401 : role.get().covers(least.get()) ? status : 403;
        }

        @Override
        public String toString() {
            return route + " as " + address + " " + body;
        }
    }

    private ServerFixture plumbline() {
        return Objects.requireNonNull(plumbline);
    }

    @BeforeAll
    void serve(@TempDir Path folder) {
        ServerFixture made = ServerFixture.started(folder);
        plumbline = made;
        Repo repo = made.repo("main").stack("stacks/a", "one").commit("First");
        repo.push("main");
        assertThat(made.cli("approve", "a").exit()).isZero();
        assertThat(repo.branch("next")
                        .stack("stacks/a", "two")
                        .commit("Next")
                        .push("next")
                        .exit())
                .isZero();
        made.cli("drift", "check");
        callers.put("nobody", new Caller(Optional.empty(), Optional.empty()));
        callers.put("wrong", new Caller(Optional.of("wrong-token-0123456789"), Optional.empty()));
        callers.put(
                "expired",
                opensNothing(made.holder(
                        "eve", Role.ADMIN, "token", "create", "eve", "--role", "admin", "--expires", "1h")));
        callers.put("revoked", opensNothing(made.holder("mallory", Role.ADMIN)));
        made.clockMoves(Duration.ofHours(2));
        made.cli("token", "revoke", "mallory");
        for (Role role : Role.values()) {
            callers.put(
                    role.word(),
                    new Caller(
                            Optional.of(made.holder("the-" + role.word(), role).token()), Optional.of(role)));
        }
        callers.put("owner", new Caller(Optional.of(made.server().token().value()), Optional.of(Role.ADMIN)));
    }

    private static Caller opensNothing(ServerFixture.Holder holder) {
        return new Caller(Optional.of(holder.token()), Optional.empty());
    }

    @AfterAll
    void stop() {
        if (plumbline != null) {
            plumbline.close();
        }
    }

    static Stream<Line> calls() {
        return Line.of(TABLE);
    }

    static Stream<Line> gitCalls() {
        return Line.of(GIT_TABLE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void everybody_gets_what_their_role_says_and_is_answered_as_documented(Line line) throws Exception {
        for (Map.Entry<String, Caller> caller : callers.entrySet()) {
            String who = caller.getKey() + ": " + line;
            HttpResponse<InputStream> answer = call(line.method(), line, caller.getKey(), "Bearer ");
            int expected = line.statusFor(caller.getValue().role());
            String body = read(answer);

            assertThat(answer.statusCode()).as(who + "\n" + body).isEqualTo(expected);
            if (line.least().isPresent()) {
                assertThat(body.contains("; this needs "))
                        .as(who + "\nis told that the role is too low")
                        .isEqualTo(caller.getValue().role().isPresent()
                                && !caller.getValue()
                                        .role()
                                        .get()
                                        .covers(line.least().get()));
            }
            if (documented(line.route())) {
                assertThat(API.faults(line.route(), expected, answer.headers().firstValue("Content-Type"), body))
                        .as(who)
                        .isEmpty();
            }
            if (line.method().equals("GET")) {
                int head = call("HEAD", line, caller.getKey(), "Bearer ").statusCode();
                assertThat(head).as(who + ", by HEAD").isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gitCalls")
    void git_is_let_in_as_the_role_says(Line line) throws Exception {
        for (Map.Entry<String, Caller> caller : callers.entrySet()) {
            HttpResponse<InputStream> answer = call(line.method(), line, caller.getKey(), "Basic ");
            int expected = line.statusFor(caller.getValue().role());
            String body = read(answer);

            assertThat(answer.statusCode())
                    .as(caller.getKey() + ": " + line + "\n" + body)
                    .isEqualTo(expected);
            if (expected == 401) {
                assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"Plumbline\"");
            }
        }
    }

    @Test
    void the_table_names_every_route_and_asks_for_no_less_than_it() {
        Map<String, Optional<Role>> registered =
                plumbline().server().routes().stream().collect(Collectors.toMap(Route::toString, Route::leastRole));
        Set<String> named = calls().map(Line::route).collect(Collectors.toCollection(TreeSet::new));

        assertThat(named)
                .as("each route that the server registers has a line in the table of this test, and no other is there")
                .isEqualTo(new TreeSet<>(registered.keySet()));
        calls().forEach(line -> {
            Optional<Role> asked = Objects.requireNonNull(registered.get(line.route()));
            assertThat(line.least().isPresent()).as(line.toString()).isEqualTo(asked.isPresent());
            asked.ifPresent(role -> assertThat(line.least().orElseThrow().covers(role))
                    .as(line.toString())
                    .isTrue());
        });
    }

    @Test
    void the_document_describes_every_route_of_the_api_and_its_role() {
        Map<String, String> registered = plumbline().server().routes().stream()
                .filter(route -> documented(route.toString()))
                .collect(Collectors.toMap(
                        Route::toString,
                        route -> route.leastRole().map(Role::word).orElse("none")));

        assertThat(API.operations())
                .as("openapi.yaml has under paths what the server registers, and nothing else: describe a new route"
                        + " there, with x-role, and its records under components.schemas")
                .isEqualTo(new TreeSet<>(registered.keySet()));
        registered.forEach((route, role) ->
                assertThat(API.role(route)).as("x-role of " + route).isEqualTo(role));
    }

    @Test
    void the_document_is_published_as_it_is() {
        assertThat(PublishedApi.read(plumbline()
                                .holder("reader-of-the-document", Role.READ)
                                .get("/api/v1/openapi.yaml")
                                .body())
                        .operations())
                .isEqualTo(API.operations());
    }

    @Test
    void whoever_was_turned_away_made_nothing() throws Exception {
        Line makes = new Line(
                "POST /api/v1/tokens",
                Optional.of(Role.ADMIN),
                "/api/v1/tokens",
                "{\"name\": \"wanted-by-CALLER\", \"role\": \"read\"}",
                201);
        for (Map.Entry<String, Caller> caller : callers.entrySet()) {
            assertThat(call("POST", makes, caller.getKey(), "Bearer ").statusCode())
                    .as(caller.getKey())
                    .isEqualTo(makes.statusFor(caller.getValue().role()));
        }

        assertThat(plumbline().history().stream()
                        .filter(line -> line.contains(" token wanted-by-"))
                        .map(line -> line.replaceFirst(":.*", "")))
                .containsExactlyInAnyOrder("the-admin token wanted-by-admin", "owner token wanted-by-owner");
        assertThat(plumbline().does("token", "list", "--all").all())
                .contains("wanted-by-admin", "wanted-by-owner")
                .doesNotContain("wanted-by-nobody", "wanted-by-read", "wanted-by-push", "wanted-by-approve");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "read,    403, 403, 403",
        "push,    200, 403, 403",
        "approve, 200, 200, 200",
        "admin,   200, 200, 200",
    })
    void a_session_acts_by_forms_with_its_key_as_far_as_its_role_goes(String role, int retry, int approve, int apply)
            throws Exception {
        Session session = logIn(role);
        Session keyless = new Session(session.cookie(), "");
        String other = logIn("admin").key();

        assertThat(form(session, "/act", "action=retry&target=%231")).isEqualTo(retry);
        assertThat(form(session, "/act", "action=approve&target=stacks/a")).isEqualTo(approve);
        assertThat(form(session, "/act", "action=apply&target=stacks/a")).isEqualTo(apply);
        assertThat(form(keyless, "/act", "action=retry&target=%231"))
                .as("without a key")
                .isEqualTo(403);
        assertThat(form(new Session(session.cookie(), other), "/act", "action=retry&target=%231"))
                .as("with the key of another session")
                .isEqualTo(403);
        assertThat(form(session, "/api/v1/retry", "{\"names\": [\"#1\"]}"))
                .as("the API, which no page acts by")
                .isEqualTo(403);
        assertThat(form(keyless, "/logout", "")).as("out without a key").isEqualTo(403);
        assertThat(status(session, "/")).isEqualTo(200);
        assertThat(form(session, "/logout", "")).isEqualTo(303);
        assertThat(status(session, "/")).as("once logged out").isEqualTo(401);
    }

    /** Somebody in a browser. */
    private record Session(String cookie, String key) {}

    private Session logIn(String who) throws Exception {
        String token = Objects.requireNonNull(callers.get(who)).token().orElseThrow();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(plumbline().server().url() + "/login"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("token=" + token))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(303);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        String page = http.send(asking(cookie, "/").GET().build(), BodyHandlers.ofString())
                .body();
        Matcher key = KEY.matcher(page);
        assertThat(key.find()).as(page).isTrue();
        return new Session(cookie, key.group(1));
    }

    private int form(Session session, String path, String body) throws Exception {
        HttpRequest request = asking(session.cookie(), path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(path.startsWith("/api/") ? body : body + "&key=" + session.key()))
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    private int status(Session session, String path) throws Exception {
        return http.send(asking(session.cookie(), path).GET().build(), BodyHandlers.ofString())
                .statusCode();
    }

    private HttpRequest.Builder asking(String cookie, String path) {
        return HttpRequest.newBuilder(URI.create(plumbline().server().url() + path))
                .timeout(LONGEST)
                .header("Cookie", cookie);
    }

    private static boolean documented(String route) {
        return route.contains(" /api/") || route.endsWith("z") && route.matches("GET /(health|ready)z");
    }

    private HttpResponse<InputStream> call(String method, Line line, String who, String scheme) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(plumbline().server().url() + line.address()))
                .timeout(LONGEST)
                .header("Content-Type", type(line))
                .method(
                        method,
                        line.body().isEmpty() || method.equals("HEAD")
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(line.body().replace("CALLER", who)));
        Objects.requireNonNull(callers.get(who))
                .token()
                .ifPresent(token ->
                        request.header("Authorization", scheme + (scheme.startsWith("Basic") ? basic(token) : token)));
        return http.send(request.build(), BodyHandlers.ofInputStream());
    }

    private static String type(Line line) {
        if (line.address().startsWith("/git/")) {
            return "application/x-" + line.address().replaceFirst(".*/", "") + "-request";
        }
        return line.address().startsWith("/api/") ? "application/json" : "application/x-www-form-urlencoded";
    }

    private static String basic(String token) {
        return Base64.getEncoder().encodeToString(("anybody:" + token).getBytes(StandardCharsets.UTF_8));
    }

    /** What came; of a stream that never ends nothing. */
    private static String read(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream in = answer.body()) {
            boolean endless = answer.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.startsWith("text/event-stream"))
                    .isPresent();
            return endless ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
