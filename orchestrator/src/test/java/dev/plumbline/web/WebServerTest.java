package dev.plumbline.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP side over real sockets: who gets in, what comes back, and what errors look like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebServerTest {
    private static final AccessToken TOKEN = new AccessToken("the-right-token-0123456789");
    private static final String RIGHT = "Authorization: Bearer " + TOKEN.value();
    private static final String ASK = "{\"names\": [\"app\"]}";
    private static final String COMMIT = "/api/v1/commits/0123456789012345678901234567890123456789";

    private final InMemoryOperations operations = new InMemoryOperations();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final WebServer server =
            operations.server(WebSettings.onLoopback(0), TOKEN, ready::get, Map.of("/git/*", new OpenServlet()));

    /** Stands where the built-in forge does: it answers anyone who gets as far. */
    private static final class OpenServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("git " + request.getPathInfo());
        }
    }

    @BeforeAll
    void start() {
        server.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Arguments> routes() {
        return Stream.of(
                Arguments.of("GET", "/api/v1/status"),
                Arguments.of("GET", "/api/v1/stacks"),
                Arguments.of("GET", "/api/v1/changes"),
                Arguments.of("GET", "/api/v1/changes?all=true"),
                Arguments.of("GET", "/api/v1/changes/12"),
                Arguments.of("GET", COMMIT + "?repository=main&pull=12"),
                Arguments.of("GET", "/api/v1/runs"),
                Arguments.of("GET", "/api/v1/runs?stack=stacks/app&limit=5"),
                Arguments.of("GET", "/api/v1/runs/r7"),
                Arguments.of("GET", "/api/v1/runs/7/log?offset=0"),
                Arguments.of("GET", "/api/v1/why?stack=app"),
                Arguments.of("GET", "/api/v1/outcomes?handle=h"),
                Arguments.of("GET", "/"),
                Arguments.of("GET", "/metrics"),
                Arguments.of("POST", "/api/v1/login-links"),
                Arguments.of("POST", "/api/v1/approve"),
                Arguments.of("POST", "/api/v1/apply"),
                Arguments.of("POST", "/api/v1/cancel"),
                Arguments.of("POST", "/api/v1/retry"),
                Arguments.of("POST", "/api/v1/drift/check"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("routes")
    void every_route_opens_to_the_right_token_from_the_right_place_only(String method, String path) throws IOException {
        operations.log.add(new Views.LogChunk("hello\n", 6, true));
        operations.later.add(List.of());
        String body = method.equals("POST") ? ASK : "";
        String host = "Host: 127.0.0.1:" + server.port();
        String basic = Base64.getEncoder().encodeToString(("x:" + TOKEN.value()).getBytes(StandardCharsets.UTF_8));

        assertThat(status(method, path, body, host)).as("no token").isEqualTo(401);
        assertThat(status(method, path, body, host, "Authorization: Bearer wrong-token-0123456789"))
                .isEqualTo(401);
        assertThat(status(method, path, body, host, "Authorization: Bearer")).isEqualTo(401);
        assertThat(status(method, path, body, host, "Authorization: Basic !!")).isEqualTo(401);
        assertThat(status(method, path, body, host, RIGHT, RIGHT))
                .as("two tokens")
                .isEqualTo(401);
        assertThat(status(method, path, body, "Host: evil.example:" + server.port(), RIGHT))
                .isEqualTo(421);
        assertThat(status(method, path, body, "Host: 127.0.0.1:1", RIGHT)).isEqualTo(421);
        assertThat(status(method, path, body, host, RIGHT, "Origin: https://evil.example"))
                .isEqualTo(403);
        assertThat(status(method, path, body, host, RIGHT, "Origin: null")).isEqualTo(403);
        assertThat(operations.asked)
                .as("nothing was done for those turned away")
                .isEmpty();

        assertThat(status(method, path, body, host, RIGHT)).isEqualTo(200);
        operations.log.add(new Views.LogChunk("hello\n", 6, true));
        operations.later.add(List.of());
        String origin = "Origin: http://localhost:" + server.port();
        assertThat(status(method, path, body, host, "Authorization: basic " + basic, origin))
                .isEqualTo(200);
        operations.asked.clear();
        operations.log.clear();
        operations.later.clear();
    }

    @Test
    void health_needs_no_token_and_tells_nothing_else() throws IOException {
        assertThat(RawHttp.send(server.port(), "GET", "/healthz", List.of("Host: 10.0.0.9"), "")
                        .body())
                .isEqualTo("ok\n");
        assertThat(status("GET", "/readyz", "", "Host: 10.0.0.9")).isEqualTo(200);
        ready.set(false);
        assertThat(status("GET", "/readyz", "", "Host: 10.0.0.9")).isEqualTo(503);
        ready.set(true);
    }

    @Test
    void why_it_is_not_ready_is_told_to_those_with_a_token_only() throws IOException {
        ready.set(false);
        List<String> nobody = List.of("Host: 10.0.0.9");
        List<String> wrong = List.of("Host: 10.0.0.9", "Authorization: Bearer wrong-token-0123456789");
        List<String> somebody = List.of("Host: 10.0.0.9", RIGHT);

        assertThat(RawHttp.send(server.port(), "GET", "/readyz", nobody, "").body())
                .isEqualTo("not ready\n");
        assertThat(RawHttp.send(server.port(), "GET", "/readyz", wrong, "").body())
                .isEqualTo("not ready\n");
        assertThat(RawHttp.send(server.port(), "GET", "/readyz", somebody, "").body())
                .isEqualTo("not ready: The disk is full.\n");
        ready.set(true);
    }

    @Test
    void what_fails_while_the_server_is_not_ready_says_why_it_is_not_on_pages_too() throws IOException {
        ready.set(false);
        List<String> program = List.of("Host: 127.0.0.1:" + server.port(), RIGHT);
        List<String> browser = List.of("Host: 127.0.0.1:" + server.port(), RIGHT, "Accept: text/html");

        RawHttp.Answer told = RawHttp.send(server.port(), "GET", "/api/v1/why?stack=explode", program, "");
        RawHttp.Answer page = RawHttp.send(server.port(), "GET", "/stack?id=explode", browser, "");

        assertThat(told.status()).isEqualTo(503);
        assertThat(told.body()).contains("The server can't do this now.", "The disk is full.");
        assertThat(page.status()).isEqualTo(503);
        assertThat(page.body()).contains("<h1 id=\"heading\">The server can't do this now.</h1>", "The disk is full.");
        ready.set(true);
    }

    @Test
    void every_answer_is_counted_with_its_status() throws IOException {
        operations.answers.clear();

        status("GET", "/healthz", "", "Host: 10.0.0.9");
        status("GET", "/api/v1/status", "", "Host: 127.0.0.1:" + server.port());
        status("GET", "/api/v1/nothing", "", "Host: 127.0.0.1:" + server.port(), RIGHT);

        Awaitility.await().until(() -> operations.answers.size() == 3);
        assertThat(operations.answers).containsExactlyInAnyOrder(200, 401, 404);
    }

    @ParameterizedTest
    @CsvSource({
        "/healthz/../api/v1/status",
        "/healthz;x/../api/v1/status",
        "/api/v1/status;/../../../healthz",
        "/api/v1/..;/../healthz",
        "//healthz",
        "/%68ealthz",
        "/healthz/",
        "/git/../api/v1/status",
        "/git/..;/api/v1/status",
        "/git/%2e%2e/api/v1/status"
    })
    void no_way_of_writing_a_path_gets_around_the_token(String path) throws IOException {
        RawHttp.Answer answer = RawHttp.send(server.port(), "GET", path, List.of(here()), "");

        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain("stacks/app");
    }

    @Test
    void a_mounted_servlet_checks_the_token_itself_but_not_host_and_origin() throws IOException {
        assertThat(RawHttp.send(server.port(), "GET", "/git/main.git/info", List.of(here()), "")
                        .body())
                .endsWith("git /main.git/info");
        assertThat(status("GET", "/git/main.git", "", "Host: evil.example")).isEqualTo(421);
        assertThat(status("GET", "/git/main.git", "", here(), "Origin: https://evil.example"))
                .isEqualTo(403);
    }

    @ParameterizedTest(name = "{0} {1} -> {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET  | /api/v1/nothing             | ``                             | 404
            GET  | /nothing                    | ``                             | 404
            POST | /api/v1/status              | {}                             | 405
            GET  | /api/v1/approve             | ``                             | 405
            GET  | /api/v1/changes/99          | ``                             | 404
            GET  | /api/v1/changes/x           | ``                             | 400
            GET  | /api/v1/changes?all=maybe   | ``                             | 400
            GET  | /api/v1/commits/head?repository=main&pull=12 | ``            | 400
            GET  | /api/v1/commits/0123456789012345678901234567890123456789?pull=12 | `` | 400
            GET  | /api/v1/commits/0123456789012345678901234567890123456789?repository=main | `` | 400
            GET  | /api/v1/commits/0123456789012345678901234567890123456789?repository=main&pull=0 | `` | 400
            GET  | /api/v1/commits/0123456789012345678901234567890123456789?repository=main&pull=99 | `` | 409
            GET  | /api/v1/runs/r99            | ``                             | 404
            GET  | /api/v1/runs/r-1            | ``                             | 400
            GET  | /api/v1/runs?limit=0        | ``                             | 400
            GET  | /api/v1/runs?limit=1001     | ``                             | 400
            GET  | /api/v1/runs?stack=gone     | ``                             | 404
            GET  | /api/v1/runs/7/log?offset=x | ``                             | 400
            GET  | /api/v1/why                 | ``                             | 400
            GET  | /api/v1/why?stack=gone      | ``                             | 404
            POST | /api/v1/approve             | {"names":                      | 400
            POST | /api/v1/approve             | null                           | 400
            POST | /api/v1/approve             | []                             | 400
            POST | /api/v1/approve             | {}                             | 400
            POST | /api/v1/approve             | {"names": []}                  | 400
            POST | /api/v1/approve             | {"names": [" "]}               | 400
            POST | /api/v1/approve             | {"names": [null]}              | 400
            POST | /api/v1/approve             | {"names": ["a"], "all": true}  | 400
            POST | /api/v1/approve             | {"all": "x"}                    | 400
            POST | /api/v1/approve             | {"all": true} {}                | 400
            POST | /api/v1/approve             | ``                             | 400
            GET  | /api/v1/why?stack=explode   | ``                             | 500
            """)
    void what_cannot_be_answered_says_why_and_what_next_in_json(String method, String path, String body, int status)
            throws IOException {
        RawHttp.Answer answer = RawHttp.send(server.port(), method, path, List.of(here(), RIGHT), body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        Views.Problem problem = new ApiJson().read(answer.body().getBytes(StandardCharsets.UTF_8), Views.Problem.class);
        assertThat(problem.error()).isNotBlank().doesNotContain("the inside", "Exception");
        assertThat(problem.next()).isNotBlank();
        assertThat(operations.asked).isEmpty();
    }

    @Test
    void a_body_too_large_is_refused_whether_it_says_so_or_not() throws IOException {
        String large = "{\"names\": [\"" + "x".repeat(1 << 20) + "\"]}";
        assertThat(status("POST", "/api/v1/approve", large, here(), RIGHT)).isEqualTo(413);

        String chunked = "POST /api/v1/approve HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n" + here()
                + "\r\n" + RIGHT + "\r\n\r\n" + Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n";
        assertThat(RawHttp.send(server.port(), chunked).status()).isEqualTo(413);
    }

    @Test
    void a_request_that_is_no_http_gets_no_page_of_the_server_inside() throws IOException {
        RawHttp.Answer answer = RawHttp.send(
                server.port(), "GET /api/v1/a/..%2f HTTP/1.1\r\nConnection: close\r\n" + here() + "\r\n\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error\"").doesNotContain("jetty", "at org.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%zz", "/../../etc/passwd", "/..", "/%2e%2e/", "/%00", "/%"})
    void an_address_that_cannot_even_be_read_is_told_on_a_page(String path) throws IOException {
        RawHttp.Answer answer =
                RawHttp.send(server.port(), "GET " + path + " HTTP/1.1\r\n" + here() + "\r\nAccept: text/html\r\n\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers()).anyMatch(header -> header.startsWith("Content-Type: text/html"));
        assertThat(answer.body()).contains("can't be understood").doesNotContain("jetty", "at org.", "passwd");
    }

    @Test
    void every_answer_forbids_browsers_to_guess_keep_or_run_anything() throws IOException {
        for (String path : List.of("/healthz", "/api/v1/status", "/api/v1/nothing", "/git/x")) {
            List<String> headers = new ArrayList<>(RawHttp.send(server.port(), "GET", path, List.of(here(), RIGHT), "")
                    .headers());
            assertThat(headers)
                    .as(path)
                    .contains(
                            "X-Content-Type-Options: nosniff",
                            "Cache-Control: no-store",
                            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'")
                    .noneMatch(header -> header.startsWith("Server:"));
        }
    }

    @Test
    void a_commit_of_which_nobody_can_tell_yet_is_to_be_asked_about_again() throws IOException {
        RawHttp.Answer waiting =
                RawHttp.send(server.port(), "GET", COMMIT + "?repository=main&pull=13", List.of(here(), RIGHT), "");

        assertThat(waiting.status()).isEqualTo(202);
        assertThat(waiting.body()).contains("\"verdict\":\"waiting\"", "\"reason\":\"planning\"");
    }

    @Test
    void acting_passes_on_the_targets_and_who_asked() throws IOException {
        operations.answer = new Views.Acted(
                List.of(InMemoryOperations.outcome("stacks/app", "queued", false, false, false)), List.of("No."));
        String body = "{\"names\": [\"app\", \"#12\"], \"later\": \"unknown\"}";
        RawHttp.Answer answer =
                RawHttp.send(server.port(), "POST", "/api/v1/drift/check", List.of(here(), RIGHT), body);
        RawHttp.send(server.port(), "POST", "/api/v1/retry", List.of(here(), RIGHT), "{\"all\": true}");

        assertThat(operations.asked).containsExactly("DRIFT_CHECK [app, #12] false owner", "RETRY [] true owner");
        assertThat(answer.body())
                .isEqualTo("{\"started\":[{\"handle\":\"h:stacks/app\",\"subject\":\"stacks/app\",\"state\":\"queued\","
                        + "\"settled\":false,\"succeeded\":false,\"changesPresent\":false,\"message\":\"It is queued.\"}],"
                        + "\"refused\":[\"No.\"]}");
        operations.asked.clear();
    }

    @Test
    void a_port_already_taken_is_named_with_what_to_do() {
        WebServer second = operations.server(WebSettings.onLoopback(server.port()), TOKEN, () -> true, Map.of());

        assertThatThrownBy(second::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(":" + server.port())
                .hasMessageContaining("--port");
    }

    @ParameterizedTest(name = "{0} host {2} origin {3}: {4}")
    @CsvSource({
        "127.0.0.1, , localhost:8080, , true",
        "127.0.0.1, , LOCALHOST:8080, , true",
        "127.0.0.1, , [::1]:8080, , true",
        "127.0.0.1, , localhost, , false",
        "127.0.0.1, , localhost.evil.example:8080, , false",
        "127.0.0.1, , 192.168.1.5:8080, , false",
        "127.0.0.1, , user@localhost:8080, , false",
        "127.0.0.1, , localhost:8080/x, , false",
        "127.0.0.1, , , , false",
        "0.0.0.0, , 192.168.1.5:8080, , true",
        "0.0.0.0, , intranet:8080, , false",
        "0.0.0.0, https://plumb.example.com, plumb.example.com, , true",
        "0.0.0.0, https://plumb.example.com, PLUMB.example.com:443, , true",
        "0.0.0.0, https://plumb.example.com, plumb.example.com:8081, , false",
        "0.0.0.0, https://plumb.example.com, plumb.example.com, https://plumb.example.com, true",
        "0.0.0.0, https://plumb.example.com, plumb.example.com, http://plumb.example.com, false",
        "0.0.0.0, https://plumb.example.com, plumb.example.com, https://evil.example, false",
        "127.0.0.1, , localhost:8080, http://localhost:8080, true",
        "127.0.0.1, , localhost:8080, http://localhost:9090, false",
        "127.0.0.1, , localhost:8080, https://localhost:8080, false",
    })
    void host_and_origin_are_ours_or_turned_away(
            String listen, String publicUrl, String host, String origin, boolean accepted) {
        HostRule rule = new HostRule(
                new WebSettings(new InetSocketAddress(listen, 8080), publicUrl == null ? null : URI.create(publicUrl)));

        assertThat(rule.acceptsHost(host, 8080) && rule.acceptsOrigin(origin, 8080))
                .isEqualTo(accepted);
    }

    private int status(String method, String path, String body, String... headers) throws IOException {
        return RawHttp.send(server.port(), method, path, List.of(headers), body).status();
    }

    private String here() {
        return "Host: localhost:" + server.port();
    }
}
