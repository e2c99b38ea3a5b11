package dev.plumbline.localgitlab;

import dev.plumbline.localforge.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many calls each account has in a minute; what has not changed counts as well. */
final class Throttle {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<Account, Integer> used = new HashMap<>();
    private int limit = 100_000;
    private Instant reset = Instant.MIN;
    private int calls;

    Throttle(Clock clock) {
        this.clock = clock;
    }

    /** From now on so many calls a minute. */
    void limit(int calls) {
        limit = calls;
        used.clear();
    }

    /** How many there were at all. */
    int calls() {
        return calls;
    }

    void pass(Account account) {
        calls++;
        Instant now = clock.instant();
        if (!now.isBefore(reset)) {
            used.clear();
            reset = now.plus(WINDOW);
        }
        if (used.merge(account, 1, Integer::sum) > limit) {
            long wait = Duration.between(now, reset).toSeconds() + 1;
            throw new Refusal(429, "Retry later", Map.of("Retry-After", String.valueOf(wait)));
        }
    }

    Map<String, String> headers(Account account) {
        int observed = Optional.ofNullable(used.get(account)).orElse(0);
        return Map.of(
                "RateLimit-Limit", String.valueOf(limit),
                "RateLimit-Name", "throttle_authenticated_api",
                "RateLimit-Observed", String.valueOf(observed),
                "RateLimit-Remaining", String.valueOf(Math.max(0, limit - observed)),
                "RateLimit-Reset", String.valueOf(reset.getEpochSecond()));
    }
}
