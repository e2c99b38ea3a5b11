package dev.plumbline.forge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.Trouble.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever a forge, or something before it, answers: a value comes of it that says what to do, and never the token. */
class BadAnswersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TOKEN = "known-to-the-forge-8842";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final ForgeApi api;

    BadAnswersTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        Endpoint endpoint = new Endpoint("work", api(), Map.of("Accept", "text/x-test"));
        api = new ForgeApi(endpoint, Authorization.fixed("token " + TOKEN, TOKEN), Clock.systemUTC(), left -> {});
    }

    private String api() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api";
    }

    @AfterEach
    void end() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** @param length what it says of its length; less than 0 for the truth */
    private void answers(int status, String body, long length, Map<String, String> headers) {
        HttpHandler answer = exchange -> {
            headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, length < 0 ? bytes.length : length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
        server.createContext("/api/thing", answer);
        server.createContext("/api/user", answer);
    }

    private static Trouble trouble(Answer<?> answer) {
        return answer.failure().orElseThrow(() -> new AssertionError("it was given"));
    }

    @ParameterizedTest
    @CsvSource({
        "401, CREDENTIALS",
        "403, CREDENTIALS",
        "404, GONE",
        "301, REFUSED",
        "409, REFUSED",
        "422, REFUSED",
        "429, LIMITED",
        "500, UNREACHABLE",
        "502, UNREACHABLE",
        "503, UNREACHABLE"
    })
    void each_status_says_whose_it_is_to_mend(int status, Kind kind) {
        answers(
                status,
                "{\"message\": \"no, " + TOKEN + "\\u001b[31m\"}",
                -1,
                Map.of("Location", "https://a.example/"));

        Trouble trouble = trouble(api.get("/thing"));
        assertThat(trouble.kind()).isEqualTo(kind);
        assertThat(trouble.sentence())
                .contains("/api/thing")
                .doesNotContain(TOKEN)
                .doesNotContain("\u001b");
        assertThat(trouble.notBefore().isPresent()).isEqualTo(kind == Kind.LIMITED);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 403, 404})
    void a_page_in_place_of_an_answer_is_taken_for_something_that_stands_before_the_forge(int status) {
        answers(status, "<html><title>Log in</title></html>", -1, Map.of());

        Trouble trouble = trouble(api.find("/thing"));
        assertThat(trouble.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(trouble.sentence()).contains("did not answer in JSON", "Log in");
    }

    @ParameterizedTest
    @CsvSource({"/user,correct url or kind of the forge work", "/thing,or the token of the forge work may not see it"})
    void that_a_forge_does_not_know_who_we_are_is_nothing_that_a_token_would_mend(String path, String said) {
        answers(404, "{\"message\": \"Not found\"}", -1, Map.of());

        assertThat(trouble(api.get(path)).sentence()).contains(said, "(Not found)");
    }

    @Test
    void an_error_page_keeps_its_status() {
        answers(502, "<html>Bad gateway</html>", -1, Map.of());

        assertThat(trouble(api.get("/thing")).sentence()).contains("status 502");
    }

    @Test
    void an_answer_that_is_cut_off_is_no_answer() {
        answers(200, "[{\"id\": 1}, {\"i", 1_000, Map.of());

        assertThat(trouble(api.list("/thing", 50)).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void a_forge_that_says_nothing_or_does_not_go_on_is_given_up_after_a_while() {
        CountDownLatch over = new CountDownLatch(1);
        server.createContext("/api/silent", exchange -> awaited(over));
        server.createContext("/api/stuck", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaited(over);
        });
        ForgeApi hurried = new ForgeApi(
                new Endpoint("work", api(), Map.of(), Duration.ofMillis(300)),
                Authorization.fixed("token " + TOKEN, TOKEN),
                Clock.systemUTC(),
                left -> {});

        Trouble silent = assertTimeoutPreemptively(PATIENCE, () -> trouble(hurried.get("/silent")));
        Trouble stuck = assertTimeoutPreemptively(PATIENCE, () -> trouble(hurried.get("/stuck")));
        over.countDown();

        assertThat(silent.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(silent.sentence()).contains("timed out");
        assertThat(stuck.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(stuck.sentence()).contains("its answer did not end in time");
    }

    private static void awaited(CountDownLatch over) {
        try {
            assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void something_else_than_a_list_is_refused() {
        answers(200, "{\"id\": 1}", -1, Map.of());

        assertThat(trouble(api.list("/thing", 50)).sentence()).contains("gave no list");
        assertThat(trouble(api.linked("/thing", 50)).sentence()).contains("gave no list");
    }

    @Test
    void a_list_that_never_ends_is_given_up() {
        server.createContext("/api/endless", exchange -> {
            String link = "<" + exchange.getRequestURI().getPath() + "?page=2>; rel=\"next\"";
            exchange.getResponseHeaders().set("Link", link);
            write(exchange, "[{\"id\": 1}]");
        });

        assertThat(trouble(api.linked("/endless", 1)).sentence()).contains("more than 200 pages");
    }

    @Test
    void the_next_page_is_asked_of_the_same_host_whatever_the_link_says() {
        List<Optional<String>> queries = new ArrayList<>();
        server.createContext("/api/things", exchange -> {
            queries.add(Optional.ofNullable(exchange.getRequestURI().getRawQuery()));
            if (queries.size() == 1) {
                exchange.getResponseHeaders()
                        .set("Link", "<https://elsewhere.example/api/things?page=2>; rel=\"next\", <x>; rel=\"last\"");
            }
            write(exchange, "[{\"id\": " + queries.size() + "}]");
        });

        Answer<List<JsonNode>> all = api.linked("/things?state=open", 1);
        assertThat(all.failure()).isEmpty();
        assertThat(queries).containsExactly(Optional.of("state=open&per_page=1"), Optional.of("page=2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example/forge/api/strays?page=2",
                "https://git.example/apis/strays?page=2",
                "https://git.example/api/%zz?page=2",
                "mailto:ada@example.com",
                "http://[1/api/strays",
                ""
            })
    void a_next_page_elsewhere_is_no_end_of_a_list(String link) {
        server.createContext("/api/strays", exchange -> {
            exchange.getResponseHeaders().set("Link", "<" + link + ">; rel=\"next\"");
            write(exchange, "[{\"id\": 1}]");
        });

        assertThat(trouble(api.linked("/strays", 1)).sentence())
                .contains("/api/strays names a next page that is not below http://", link, "url of the forge work");
    }

    @Test
    void what_is_known_already_is_not_sent_again() {
        List<Integer> statuses = new ArrayList<>();
        server.createContext("/api/known", exchange -> {
            boolean known = "\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            statuses.add(known ? 304 : 200);
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            if (known) {
                exchange.sendResponseHeaders(304, -1);
                exchange.close();
            } else {
                write(exchange, "{\"id\": 7}");
            }
        });

        assertThat(api.get("/known")).isEqualTo(api.get("/known"));
        assertThat(statuses).containsExactly(200, 304);
    }

    private static void write(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
