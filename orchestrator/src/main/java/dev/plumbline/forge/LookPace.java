package dev.plumbline.forge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * When a remote is looked at again. Where something moved a short while ago, more is likely to: then it is looked at sooner than the
 * configuration asks for, and ever less often while nothing moves.
 */
final class LookPace {
    private static final Duration LONGEST_AFTER_FAILURES = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 10;
    /** The shortest pause, as a part of the longest. */
    private static final int SOONEST = 6;
    /** A pause is so much shorter than the time for which nothing has moved. */
    private static final int OF_THE_QUIET = 4;

    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, Instant> moved = new ConcurrentHashMap<>();

    LookPace(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * After a look that was taken in.
     *
     * @param movement whether it found that something had moved
     */
    Duration pause(Remote remote, boolean movement) {
        Duration longest = remote.forge().poll();
        if (movement) {
            moved.put(remote.repository(), clock.instant());
        }
        Instant last = moved.getOrDefault(remote.repository(), Instant.EPOCH);
        Duration wanted = Duration.between(last, clock.instant()).dividedBy(OF_THE_QUIET);
        Duration soonest = longest.dividedBy(SOONEST);
        return jittered(wanted.compareTo(longest) > 0 ? longest : wanted.compareTo(soonest) < 0 ? soonest : wanted);
    }

    /** After so many looks in a row that failed, this one included: twice as long after each, up to five minutes. */
    Duration pauseAfterFailures(Remote remote, int failures) {
        Duration poll = remote.forge().poll();
        Duration doubled = poll.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        Duration most = poll.compareTo(LONGEST_AFTER_FAILURES) > 0 ? poll : LONGEST_AFTER_FAILURES;
        return jittered(doubled.compareTo(most) > 0 ? most : doubled);
    }

    /** Up to a fifth shorter, so that many remotes of one server are not asked in the same instant. */
    private Duration jittered(Duration pause) {
        return Duration.ofMillis((long) (pause.toMillis() * (0.8 + 0.2 * random.nextDouble())));
    }
}
