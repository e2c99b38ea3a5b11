package dev.plumbline.forge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** When forges want to be asked again, in the words that they have for it. */
class LimitsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Limits limits = new Limits(Clock.fixed(NOW, ZoneOffset.UTC), left -> {});

    private static Reply reply(int status, String words, Map<String, String> headers) {
        Map<String, List<String>> all = headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
        return new Reply(status, JsonMapper.shared().nullNode(), words, HttpHeaders.of(all, (name, value) -> true));
    }

    @Test
    void a_pause_is_named_in_seconds_or_as_a_date() {
        assertThat(limits.heard(reply(429, "", Map.of("Retry-After", "30")))).contains(NOW.plusSeconds(30));
        assertThat(limits.heard(reply(403, "", Map.of("Retry-After", "Sun, 1 Mar 2026 12:02:00 GMT"))))
                .contains(NOW.plusSeconds(120));
        assertThat(limits.pause()).contains(NOW.plusSeconds(120));
    }

    @Test
    void a_spent_budget_is_given_anew_at_a_time_that_github_and_gitlab_name() {
        String reset = String.valueOf(NOW.plusSeconds(600).getEpochSecond());

        assertThat(limits.heard(reply(403, "", Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset))))
                .contains(NOW.plusSeconds(600));
        assertThat(limits.heard(reply(429, "", Map.of("RateLimit-Remaining", "0", "RateLimit-Reset", reset))))
                .contains(NOW.plusSeconds(600));
    }

    @Test
    void where_no_time_is_named_it_is_a_minute_and_never_more_than_about_an_hour() {
        assertThat(limits.heard(reply(403, "You have exceeded a secondary rate limit", Map.of())))
                .contains(NOW.plusSeconds(60));
        assertThat(limits.heard(reply(429, "", Map.of("Retry-After", "99999999"))))
                .contains(NOW.plusSeconds(65 * 60));
        assertThat(limits.heard(reply(429, "", Map.of("Retry-After", "soon")))).contains(NOW.plusSeconds(60));
    }

    @Test
    void a_lack_of_rights_is_no_pause() {
        assertThat(limits.heard(reply(403, "Forbidden", Map.of("X-RateLimit-Remaining", "12"))))
                .isEmpty();
        assertThat(limits.heard(reply(200, "", Map.of("X-RateLimit-Remaining", "0"))))
                .isEmpty();
        assertThat(limits.pause()).isEmpty();
    }
}
