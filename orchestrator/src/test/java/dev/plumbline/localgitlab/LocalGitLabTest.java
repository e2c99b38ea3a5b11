package dev.plumbline.localgitlab;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.git.GitClient;
import dev.plumbline.localforge.LocalPerson;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the local GitLab keeps, and that it refuses and notices what GitLab would not take. */
class LocalGitLabTest {
    private static final String INFRA = "/projects/team%2Finfra";

    private LocalGitLab gitlab;
    private LocalPerson ada;
    private LocalPerson bob;
    private GitClient checkout;

    @BeforeEach
    void begin(@TempDir Path folder) {
        gitlab = LocalGitLab.started(folder.resolve("gitlab"));
        ada = gitlab.person("ada");
        bob = gitlab.person("bob");
        gitlab.project("team/infra");
        gitlab.level("team/infra", "ada", Level.MAINTAINER);
        gitlab.level("team/infra", "bob", Level.DEVELOPER);
        checkout = GitClient.init(folder.resolve("checkout"));
        checkout.write("main.tf", "# 1\n").commit("First");
        push("main");
        checkout.run("checkout", "-q", "-b", "wider");
        checkout.write("main.tf", "# 2\n").commit("Second");
        push("wider");
    }

    @AfterEach
    void end() {
        gitlab.close();
    }

    private void push(String branch) {
        checkout.run("push", "-q", "-f", ada.remote("team/infra"), "HEAD:refs/heads/" + branch);
    }

    private String opened() {
        long iid = ada.does(
                        "POST",
                        INFRA + "/merge_requests",
                        Map.of("source_branch", "wider", "target_branch", "main", "title", "Wider"))
                .path("iid")
                .asLong();
        return INFRA + "/merge_requests/" + iid;
    }

    @Test
    void a_merge_request_follows_its_branch_and_is_merged_by_real_git() {
        String at = opened();
        checkout.write("main.tf", "# 3\n").commit("Third");
        push("wider");

        JsonNode followed = ada.get(at);
        assertThat(followed.path("sha").asString()).isEqualTo(checkout.head().hex());
        assertThat(followed.path("detailed_merge_status").asString()).isEqualTo("checking");
        assertThat(ada.get(at).path("detailed_merge_status").asString()).isEqualTo("mergeable");

        String merge = ada.does("PUT", at + "/merge", Map.of("squash", false))
                .path("merge_commit_sha")
                .asString();
        checkout.run("fetch", "-q", ada.remote("team/infra"), "main");
        assertThat(checkout.run("rev-parse", "FETCH_HEAD")).isEqualTo(merge);
        assertThat(ada.get(INFRA + "/merge_requests?state=opened")).isEmpty();
    }

    @Test
    void a_sign_makes_a_note_look_changed() {
        String at = opened();
        String note = at + "/notes/"
                + bob.does("POST", at + "/notes", Map.of("body", "Fine"))
                        .path("id")
                        .asLong();

        ada.does("POST", note + "/award_emoji", Map.of("name", "eyes"));
        assertThat(ada.get(note).path("updated_at")).isNotEqualTo(ada.get(note).path("created_at"));
        assertThat(ada.get(note + "/award_emoji").get(0).path("name").asString())
                .isEqualTo("eyes");
    }

    @Test
    void approvals_are_noted_by_itself() {
        String at = opened();

        bob.does("POST", at + "/approve", Map.of());
        JsonNode by = ada.get(at + "/approvals").path("approved_by");
        assertThat(by.get(0).path("user").path("username").asString()).isEqualTo("bob");
        assertThat(by.get(0).has("approved_at")).isTrue();
        assertThat(ada.get(at + "/notes").get(0).path("system").asBoolean()).isTrue();
    }

    @Test
    void what_has_not_changed_is_not_sent_again() throws Exception {
        String path = opened();
        // The first answer is that it is being checked.
        ada.get(path);
        String tag =
                ada.tries("GET", path, Map.of()).headers().firstValue("ETag").orElseThrow();
        URI at = URI.create(gitlab.url() + "/api/v4" + path);
        HttpClient http = HttpClient.newHttpClient();

        HttpRequest again = HttpRequest.newBuilder(at)
                .header("PRIVATE-TOKEN", ada.token())
                .header("If-None-Match", tag)
                .build();
        HttpResponse<String> known = http.send(again, HttpResponse.BodyHandlers.ofString());
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
    }

    @Test
    void whoever_listens_is_told_until_they_refuse_it_several_times() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            told.add(exchange.getRequestHeaders().getFirst("X-Gitlab-Event")
                    + exchange.getRequestHeaders().getFirst("webhook-signature").substring(0, 3));
            exchange.sendResponseHeaders(told.size() < 4 ? 200 : 404, -1);
            exchange.close();
        });
        listener.start();
        String url = "http://127.0.0.1:" + listener.getAddress().getPort() + "/";
        Map<String, Object> hook = Map.of(
                "url",
                url,
                "signing_token",
                "whsec_" + "A".repeat(43) + "=",
                "note_events",
                true,
                "merge_requests_events",
                true);
        ada.does("POST", INFRA + "/hooks", hook);

        String at = opened();
        for (int i = 0; i < 9; i++) {
            bob.does("POST", at + "/notes", Map.of("body", "Note " + i));
            int heard = Math.min(2 + i, 7);
            Awaitility.await().until(() -> told.size() == heard);
        }
        push("wider");
        assertThat(told).startsWith("Merge Request Hookv1,", "Note Hookv1,").hasSize(7);
        listener.stop(0);
        assertThat(ada.get(INFRA + "/hooks").get(0).path("alert_status").asString())
                .isEqualTo("temporarily_disabled");
    }

    @Test
    void what_another_client_can_not_read_is_noticed() {
        SecondOpinion opinion = new SecondOpinion();
        Class<?> member = org.gitlab4j.api.models.Member.class;
        assertThat(opinion.faults(member, "{\"id\":7,\"access_level\":40}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(opinion.faults(member, "{\"id\":7,\"access_level\":41}".getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty();
        assertThat(opinion.faults(member, "{\"id\":\"7\"}".getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty();
        assertThat(opinion.faults(member, "{\"user_name\":\"x\"}".getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty();
    }
}
