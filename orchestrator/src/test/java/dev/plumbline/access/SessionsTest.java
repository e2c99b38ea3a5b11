package dev.plumbline.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.HandClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long links and sessions are good, and whose they are. */
class SessionsTest {
    private static final Principal ADA = new Principal("ada", Role.PUSH);

    private final Map<String, Principal> holders = new HashMap<>(Map.of("token", ADA));
    private final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final LogIns logIns = LogIns.of(
            offered -> holders.containsKey(offered)
                    ? new TokenVerdict.Held(holders.get(offered))
                    : new TokenVerdict.Unknown(),
            clock,
            new SecureRandom());

    @Test
    void a_link_is_good_once() {
        String code = logIns.links().issue("token").code();

        assertThat(logIns.links().find(code)).as("a look doesn't use it up").contains("token");
        assertThat(logIns.links().redeem(code)).contains("token");
        assertThat(logIns.links().redeem(code)).isEmpty();
        assertThat(logIns.links().find(code)).isEmpty();
        assertThat(logIns.links().redeem("guessed")).isEmpty();
    }

    @Test
    void a_link_is_good_for_ten_minutes() {
        String code = logIns.links().issue("token").code();
        clock.pass(Duration.ofMinutes(10));

        assertThat(logIns.links().redeem(code)).isEmpty();
    }

    @Test
    void a_session_lasts_while_it_is_used_but_not_for_ever() {
        String secret = logIns.sessions().open("token").orElseThrow();
        for (int halfDays = 0; halfDays < 13; halfDays++) {
            clock.pass(Duration.ofHours(11));
            assertThat(logIns.sessions().use(secret)).isPresent();
        }
        clock.pass(Duration.ofDays(2));
        assertThat(logIns.sessions().use(secret)).isEmpty();

        String unused = logIns.sessions().open("token").orElseThrow();
        clock.pass(Sessions.IDLE);
        assertThat(logIns.sessions().use(unused)).isEmpty();
    }

    @Test
    void what_an_open_page_asks_by_itself_does_not_make_its_session_last() {
        String secret = logIns.sessions().open("token").orElseThrow();
        clock.pass(Sessions.IDLE.minusHours(1));

        assertThat(logIns.sessions().find(secret)).isPresent();
        clock.pass(Duration.ofHours(1));
        assertThat(logIns.sessions().find(secret)).isEmpty();
        assertThat(logIns.sessions().use(secret)).isEmpty();
    }

    @Test
    void a_session_follows_its_token_into_another_role_and_to_its_end() {
        String secret = logIns.sessions().open("token").orElseThrow();
        holders.put("token", new Principal("ada", Role.READ));
        Optional<Sessions.SignedIn> lowered = logIns.sessions().find(secret);
        assertThat(lowered.orElseThrow().principal().role()).isEqualTo(Role.READ);

        holders.clear();

        assertThat(logIns.sessions().find(secret)).isEmpty();
        holders.put("token", ADA);
        assertThat(logIns.sessions().find(secret)).as("what ended stays ended").isEmpty();
        assertThat(logIns.sessions().open("wrong")).isEmpty();
    }
}
