package dev.plumbline.forge.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Which deliveries are taken for GitLab's. */
class GitLabHooksTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] BODY =
            "{\"project\": {\"path_with_namespace\": \"team/infra\"}}".getBytes(StandardCharsets.UTF_8);
    private static final String KEY = secret('k');

    private final GitLabHooks hooks = new GitLabHooks(InstantSource.fixed(NOW));

    private static String secret(char filled) {
        byte[] key = String.valueOf(filled).repeat(32).getBytes(StandardCharsets.US_ASCII);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    private static String signature(String secret, String id, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
            mac.update((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> signed(Instant at, String... signatures) {
        return new HashMap<>(Map.of(
                "webhook-id", "7",
                "webhook-timestamp", String.valueOf(at.getEpochSecond()),
                "webhook-signature", String.join(" ", signatures)));
    }

    private boolean genuine(Map<String, String> headers, String secret) {
        return hooks.genuine(name -> Optional.ofNullable(headers.get(name)), BODY, secret);
    }

    @Test
    void a_token_is_taken_as_a_whole_or_not_at_all() {
        assertThat(genuine(Map.of("X-Gitlab-Token", "known"), "known")).isTrue();
        assertThat(genuine(Map.of("X-Gitlab-Token", "know"), "known")).isFalse();
        assertThat(genuine(Map.of("X-Gitlab-Token", ""), "known")).isFalse();
        assertThat(genuine(Map.of(), "known")).isFalse();
    }

    @Test
    void one_right_signature_is_enough_among_several() {
        String right = signature(KEY, "7", NOW, BODY);
        String former = signature(secret('f'), "7", NOW, BODY);

        assertThat(genuine(signed(NOW, right), KEY)).isTrue();
        assertThat(genuine(signed(NOW, former, "v1a,AAAA", right), KEY)).isTrue();
        assertThat(genuine(signed(NOW, former), KEY)).isFalse();
        assertThat(genuine(signed(NOW, right.replace("v1,", "v2,")), KEY)).isFalse();
        assertThat(genuine(signed(NOW, ""), KEY)).isFalse();
    }

    @Test
    void a_signature_is_over_the_name_the_time_and_the_body() {
        assertThat(genuine(signed(NOW, signature(KEY, "8", NOW, BODY)), KEY)).isFalse();
        assertThat(genuine(signed(NOW, signature(KEY, "7", NOW.plusSeconds(1), BODY)), KEY))
                .isFalse();
        assertThat(genuine(signed(NOW, signature(KEY, "7", NOW, new byte[0])), KEY))
                .isFalse();
    }

    @Test
    void what_is_older_than_five_minutes_or_of_a_time_to_come_is_not_taken() {
        for (Duration apart : new Duration[] {Duration.ofMinutes(5), Duration.ofMinutes(-5), Duration.ZERO}) {
            Instant at = NOW.minus(apart);
            assertThat(genuine(signed(at, signature(KEY, "7", at, BODY)), KEY)).isTrue();
        }
        for (Duration apart : new Duration[] {Duration.ofSeconds(301), Duration.ofSeconds(-301)}) {
            Instant at = NOW.minus(apart);
            assertThat(genuine(signed(at, signature(KEY, "7", at, BODY)), KEY)).isFalse();
        }
        for (String time : new String[] {"", "soon", "9223372036854775807", "-9223372036854775808"}) {
            Map<String, String> headers = signed(NOW, signature(KEY, "7", NOW, BODY));
            headers.put("webhook-timestamp", time);
            assertThat(genuine(headers, KEY)).isFalse();
        }
    }

    @Test
    void where_a_signature_is_asked_for_nothing_else_will_do() {
        Map<String, String> headers = signed(NOW, signature(secret('f'), "7", NOW, BODY));
        headers.put("X-Gitlab-Token", KEY);
        assertThat(genuine(headers, KEY)).isFalse();

        for (String missing : new String[] {"webhook-id", "webhook-timestamp", "webhook-signature"}) {
            Map<String, String> fewer = signed(NOW, signature(KEY, "7", NOW, BODY));
            fewer.remove(missing);
            assertThat(genuine(fewer, KEY)).isFalse();
        }
        assertThat(genuine(signed(NOW, signature(KEY, "7", NOW, BODY)), "whsec_no key"))
                .isFalse();
    }

    @Test
    void a_delivery_says_what_it_is_about_and_where() {
        Map<String, String> headers = Map.of("Idempotency-Key", "7", "X-Gitlab-Event", "Note Hook");
        assertThat(hooks.delivery(name -> Optional.ofNullable(headers.get(name))))
                .contains("7");
        assertThat(hooks.ofInterest(name -> Optional.ofNullable(headers.get(name))))
                .isTrue();
        assertThat(hooks.ofInterest(name -> Optional.of("Wiki Page Hook"))).isFalse();
        assertThat(hooks.repository(JsonMapper.shared().readTree(BODY))).contains("team/infra");
        assertThat(hooks.repository(JsonMapper.shared().readTree("{}"))).isEmpty();
    }
}
