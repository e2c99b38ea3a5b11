package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages asked for by addresses that nobody meant, and stacks whose names are hard on addresses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddAddressesIT {
    private static final List<String> NAMES = List.of(
            "a b", "it's", "q\"uote", "🚀", "a#b", "what?", "100%25", "<b>", "a&b=c", "back\\slash", "-rf", "a+b");
    private static final Pattern LINK = Pattern.compile("(?:href|action|hx-get)=\"(/[^\"]*)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private ServerFixture plumbline;
    private Repo repo;

    @BeforeAll
    void push_odd_names(@TempDir Path folder) {
        plumbline = ServerFixture.started(folder);
        repo = plumbline.repo("main");
        NAMES.forEach(name -> repo.stack("stacks/" + name, "one"));
        repo.commit("Odd").pushing("main").succeeds();
    }

    @AfterAll
    void stop() {
        plumbline.close();
    }

    @Test
    void every_link_of_stacks_with_odd_names_leads_somewhere_and_head_answers_as_get() throws Exception {
        SortedMap<String, Integer> statuses = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(List.of("/", "/graph", "/queue", "/drift", "/runs", "/changes"));
        while (!open.isEmpty()) {
            String path = open.remove();
            if (statuses.containsKey(path) || path.startsWith("/assets/") || path.equals("/act")) {
                continue;
            }
            HttpResponse<String> page = get("GET", path);
            statuses.put(path, page.statusCode());
            if (page.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                assertThat(page.body()).as(path).doesNotContain("stacks/<b>");
            }
            LINK.matcher(page.body())
                    .results()
                    .map(found -> unescaped(found.group(1)).replaceFirst("#.*", ""))
                    .forEach(open::add);
            HttpResponse<String> head = get("HEAD", path);
            assertThat(head.statusCode()).as("HEAD %s", path).isEqualTo(page.statusCode());
            assertThat(head.body()).isEmpty();
        }
        assertThat(statuses)
                .allSatisfy((path, status) -> assertThat(status).as(path).isEqualTo(200));
        assertThat(statuses.keySet().stream().filter(path -> path.startsWith("/stack?id=")))
                .hasSizeGreaterThanOrEqualTo(NAMES.size());
        for (String name : NAMES) {
            String id = URLEncoder.encode("stacks/" + name, StandardCharsets.UTF_8);
            HttpResponse<String> asked = get("GET", "/confirm?action=approve&target=" + id + "&back=/");
            assertThat(asked.statusCode()).as(name).isEqualTo(200);
            assertThat(unescaped(asked.body())).contains("stacks/" + name);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /runs/r999999999999999999999                | 404 | There is nothing of the number r999999999999999999999.
            /runs/r99999                                | 404 | There is no run r99999.
            /runs/x                                     | 400 | &#39;x&#39; is not a number.
            /changes/-1                                 | 404 | There is no change #-1.
            /changes/999999999999999999999              | 404 | There is nothing of the number
            /stack                                      | 400 | The address names no stack.
            /stack?id=%20                               | 400 | The address names no stack.
            /stack?id=%00                               | 404 | no stack is called
            /stack?id=%3Cscript%3E                      | 404 | no stack is called
            /runs/%2e%2e/changes                        | 400 | The request can&#39;t be understood.
            /runs//r1                                   | 400 | The request can&#39;t be understood.
            /nothing                                    | 404 | There is nothing at that address.
            /confirm?action=destroy&target=a            | 400 | There is no such action.
            /confirm?action=approve&target=none         | 404 | no stack is called
            /act                                        | 405 | That address does not take this method.
            """)
    void what_is_not_there_is_told_on_a_page_with_a_way_on(String path, int status, String told) throws Exception {
        HttpResponse<String> page = get("GET", path);

        assertThat(page.statusCode()).as(page.body()).isEqualTo(status);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.body()).contains("Go to the stacks").doesNotContain("<script>", "Exception");
        assertThat(unescaped(page.body())).contains(unescaped(told)).doesNotContain("did you mean ''");
        assertThat(get("HEAD", path).statusCode()).isEqualTo(status);
    }

    @Test
    void the_command_that_goes_back_to_a_former_state_can_be_pasted_whatever_the_stack_is_called() throws Exception {
        String stack = "stacks/it's";
        plumbline.does("approve", stack);
        repo.stack(stack, "two").commit("Again").pushing("main").succeeds();
        plumbline.does("approve", stack);

        String page = unescaped(get("GET", "/stack?id=" + URLEncoder.encode(stack, StandardCharsets.UTF_8))
                .body());

        assertThat(page).contains("plumbline state rollback 'main:stacks/it'\\''s' 1</pre>");
        assertThat(plumbline.fails("state", "rollback", stack, "77").all())
                .contains("plumbline state versions 'main:stacks/it'\\''s' lists them");
        assertThat(plumbline.fails("state", "show", stack, "a.none").all())
                .contains("plumbline state list 'main:stacks/it'\\''s' prints");
        assertThat(plumbline.does("state", "rollback", "main:" + stack, "1").out())
                .contains("rollback to version 1");
    }

    private HttpResponse<String> get(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(plumbline.server().url() + path))
                .header("Authorization", "Bearer " + plumbline.server().token().value())
                .header("Accept", "text/html")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String unescaped(String html) {
        return html.replace("&#39;", "'")
                .replace("&#34;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
