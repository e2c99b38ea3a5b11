package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What forges, and those who would like to be taken for one, send to {@code /webhooks/NAME}. */
class WebhookIT {
    private static final String SECRET = "known-to-the-forge-2716";
    private static final String PUSH = "{\"repository\": {\"full_name\": \"team/infra\"}}";

    private final ServerFixture plumbline;
    private final HttpClient http = HttpClient.newHttpClient();

    WebhookIT(@TempDir Path folder) {
        this.plumbline = ServerFixture.started(folder, """
                forges:
                  - { name: work, kind: gitea, url: "http://127.0.0.1:9", token: t-2716, webhook_secret: %1$s, poll: 1h }
                  - { name: quiet, kind: gitea, url: "http://127.0.0.1:9", token: t-2716 }
                  - { name: hub, kind: github, url: "http://127.0.0.1:9", token: t-2716, webhook_secret: %1$s, poll: 1h }
                  - { name: lab, kind: gitlab, url: "http://127.0.0.1:9", token: t-2716, webhook_secret: %1$s, poll: 1h }
                repositories:
                  - { forge: work, name: team/infra }
                  - { forge: hub, name: team/site }
                  - { forge: lab, name: team/lab }
                """.formatted(SECRET));
    }

    @AfterEach
    void end() {
        plumbline.close();
    }

    @Test
    void a_signed_delivery_is_written_down_once_and_answered_well_each_time() {
        assertThat(send("work", "push", "1", PUSH, SECRET)).isEqualTo(202);
        assertThat(send("work", "push", "1", PUSH, SECRET)).isEqualTo(202);

        assertThat(deliveries()).isEqualTo(1);
        assertThat(counted("taken")).isEqualTo(1);
        assertThat(counted("repeated")).isEqualTo(1);
    }

    @Test
    void what_is_signed_wrongly_or_not_at_all_is_refused_and_leaves_nothing_but_a_count() {
        assertThat(send("work", "push", "1", PUSH, "guessed")).isEqualTo(401);
        assertThat(send("work", "push", "2", PUSH, null)).isEqualTo(401);
        assertThat(send("quiet", "push", "3", PUSH, SECRET))
                .as("it has no secret")
                .isEqualTo(404);
        assertThat(send("nobody", "push", "4", PUSH, SECRET)).isEqualTo(404);

        assertThat(deliveries()).isZero();
        assertThat(counted("not_genuine")).isEqualTo(2);
        assertThat(counted("no_such_forge")).isEqualTo(2);
    }

    @Test
    void that_all_of_a_forge_is_refused_stands_in_the_status_until_something_is_signed_well() {
        String refused = "webhooks of the forge work are refused (2 since the last good one)";
        send("work", "push", "1", PUSH, "guessed");
        send("work", "push", "2", PUSH, "guessed");
        assertThat(plumbline.does("status").out()).contains(refused, "plumbline forge check work");

        send("work", "push", "3", PUSH, SECRET);

        assertThat(plumbline.does("status").out()).doesNotContain("webhooks of the forge");
    }

    @Test
    void what_makes_no_sense_is_refused_and_what_does_not_matter_is_passed_over() {
        assertThat(send("work", "push", "1", "{ \"repository\": ", SECRET)).isEqualTo(400);
        assertThat(send("work", "push", "2", "[]", SECRET)).isEqualTo(400);
        assertThat(send("work", "wiki", "3", PUSH, SECRET)).isEqualTo(204);
        assertThat(send("work", "push", "4", PUSH.replace("infra", "other"), SECRET))
                .isEqualTo(202);

        assertThat(deliveries()).isZero();
        assertThat(counted("unknown_repository")).isEqualTo(1);
    }

    @Test
    void github_signs_in_its_own_words() {
        String site = PUSH.replace("infra", "site");
        assertThat(fromGitHub("push", "1", site, "sha256=" + signature(site, SECRET)))
                .isEqualTo(202);
        assertThat(fromGitHub("push", "1", site, "sha256=" + signature(site, SECRET)))
                .isEqualTo(202);
        assertThat(fromGitHub("push", "2", site, signature(site, SECRET))).isEqualTo(401);
        assertThat(fromGitHub("push", "3", site, "sha256=" + signature(site, "guessed")))
                .isEqualTo(401);
        assertThat(fromGitHub("star", "4", site, "sha256=" + signature(site, SECRET)))
                .isEqualTo(204);
        assertThat(send("hub", "push", "5", site, SECRET)).as("as Gitea signs").isEqualTo(401);

        assertThat(deliveries()).isEqualTo(1);
        assertThat(counted("taken")).isEqualTo(1);
        assertThat(counted("repeated")).isEqualTo(1);
    }

    @Test
    void gitlab_sends_its_secret_itself_and_is_never_answered_with_an_error_for_a_repository_that_is_unknown() {
        String push = "{\"project\": {\"path_with_namespace\": \"team/lab\"}}";
        assertThat(fromGitLab("Push Hook", "1", push, SECRET)).isEqualTo(202);
        assertThat(fromGitLab("Push Hook", "1", push, SECRET)).isEqualTo(202);
        assertThat(fromGitLab("Push Hook", "2", push, "guessed")).isEqualTo(401);
        assertThat(fromGitLab("Push Hook", "3", push.replace("lab", "other"), SECRET))
                .isEqualTo(202);
        assertThat(fromGitLab("Job Hook", "4", push, SECRET)).isEqualTo(204);
        assertThat(fromGitLab("Push Hook", "5", "{}", SECRET)).isEqualTo(400);

        assertThat(deliveries()).isEqualTo(1);
        assertThat(counted("taken")).isEqualTo(1);
        assertThat(counted("repeated")).isEqualTo(1);
        assertThat(counted("unknown_repository")).isEqualTo(1);
    }

    @Test
    void what_plumbline_wrote_itself_is_no_news_but_that_somebody_deleted_it_is() {
        String ours = "{\"action\": \"created\", \"comment\": {\"body\": \"<!-- plumbline change 1 -->\\nPlanned\"},"
                + " \"repository\": {\"full_name\": \"team/infra\"}}";
        assertThat(send("work", "issue_comment", "1", ours, SECRET)).isEqualTo(204);
        assertThat(send("work", "issue_comment", "2", ours.replace("created", "deleted"), SECRET))
                .isEqualTo(202);
        assertThat(send("work", "issue_comment", "3", ours.replace("<!-- plumbline change 1 -->", "plumbline"), SECRET))
                .isEqualTo(202);

        String site = ours.replace("infra", "site");
        assertThat(fromGitHub("issue_comment", "4", site, "sha256=" + signature(site, SECRET)))
                .isEqualTo(204);
        String note = "{\"object_attributes\": {\"note\": \"<!-- plumbline change 1 -->\\nPlanned\"},"
                + " \"project\": {\"path_with_namespace\": \"team/lab\"}}";
        assertThat(fromGitLab("Note Hook", "5", note, SECRET)).isEqualTo(204);

        assertThat(deliveries()).isEqualTo(2);
    }

    @Test
    void a_body_over_the_limit_is_refused_before_it_is_read() {
        // Whoever asks first is answered before anything is sent.
        HttpRequest request = request("work", "push", "1")
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[26 << 20]))
                .build();

        assertThat(status(request)).isEqualTo(413);
        assertThat(counted("too_large")).isEqualTo(1);
    }

    private long deliveries() {
        return plumbline.number("SELECT COUNT(*) FROM hook_delivery");
    }

    private double counted(String answer) {
        String series = "plumbline_webhooks_total{answer=\"" + answer + "\"";
        String metrics = plumbline.owner("/metrics").body();
        return metrics.lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private int send(String forge, String event, String delivery, String body, @Nullable String secret) {
        HttpRequest.Builder request = request(forge, event, delivery).POST(HttpRequest.BodyPublishers.ofString(body));
        if (secret != null) {
            request.header("X-Gitea-Signature", signature(body, secret));
        }
        return status(request.build());
    }

    private int fromGitHub(String event, String delivery, String body, String signature) {
        return status(request("hub", event, delivery)
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", delivery)
                .header("X-Hub-Signature-256", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private int fromGitLab(String event, String delivery, String body, String token) {
        return status(request("lab", event, delivery)
                .header("X-Gitlab-Event", event)
                .header("Idempotency-Key", delivery)
                .header("X-Gitlab-Token", token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String forge, String event, String delivery) {
        return HttpRequest.newBuilder(URI.create(plumbline.server().url() + "/webhooks/" + forge))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("X-Gitea-Event", event)
                .header("X-Gitea-Delivery", delivery);
    }

    private int status(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signature(String body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
