package dev.plumbline.localgithub;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How many calls each caller has left in the hour, and who is asked to wait a while. */
final class Budgets {
    private static final int HOURLY = 5_000;

    private final Clock clock;
    private final Map<String, Budget> budgets = new HashMap<>();
    private final Map<String, Instant> slow = new HashMap<>();
    private int limit = HOURLY;

    private static final class Budget {
        private final Instant reset;
        private int used;

        Budget(Instant reset) {
            this.reset = reset;
        }
    }

    Budgets(Clock clock) {
        this.clock = clock;
    }

    /** From now on so many calls an hour. */
    void limit(int calls) {
        limit = calls;
        budgets.clear();
    }

    /** Whoever calls under that login before then is told to come later. */
    void slowFor(String login, Duration pause) {
        slow.put(login, clock.instant().plus(pause));
    }

    /** How long to wait because of too many calls at once; zero for not at all. */
    Duration pause(Caller caller) {
        Instant now = clock.instant();
        Instant until = slow.getOrDefault(caller.account().login(), now);
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }

    boolean spent(Caller caller) {
        return of(caller).used >= limit;
    }

    void count(Caller caller) {
        of(caller).used++;
    }

    private Budget of(Caller caller) {
        Budget known = budgets.get(caller.budget());
        if (known == null || !clock.instant().isBefore(known.reset)) {
            known = new Budget(clock.instant().plus(Duration.ofHours(1)));
            budgets.put(caller.budget(), known);
        }
        return known;
    }

    Map<String, String> headers(Caller caller) {
        Budget budget = of(caller);
        return Map.of(
                "X-RateLimit-Limit", String.valueOf(limit),
                "X-RateLimit-Remaining", String.valueOf(Math.max(0, limit - budget.used)),
                "X-RateLimit-Used", String.valueOf(budget.used),
                "X-RateLimit-Reset", String.valueOf(budget.reset.getEpochSecond()),
                "X-RateLimit-Resource", "core");
    }
}
