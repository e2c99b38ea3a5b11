package dev.plumbline.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as people say them: one number, one unit. */
public final class RelativeTime {
    private static final int SECONDS_SHOWN_BELOW = 60;

    private final Clock clock;

    public RelativeTime(Clock clock) {
        this.clock = clock;
    }

    /** {@code 5 min ago}; {@code just now} for less than a second, or where clocks disagree; {@code -} for never. */
    public String ago(@Nullable Instant then) {
        if (then == null) {
            return "-";
        }
        Duration since = Duration.between(then, clock.instant());
        return since.toSeconds() < 1 ? "just now" : span(since) + " ago";
    }

    /** {@code in 5 min}; {@code now} where that has come. */
    public String until(Instant then) {
        Duration left = Duration.between(clock.instant(), then);
        return left.toSeconds() < 1 ? "now" : "in " + span(left);
    }

    /** How long it has been, without "ago". */
    public String since(Instant then) {
        return span(Duration.between(then, clock.instant()));
    }

    /** {@code 12 s}, {@code 5 min}, {@code 3 h}, {@code 2 d}: rounded down. */
    public static String span(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < SECONDS_SHOWN_BELOW) {
            return seconds + " s";
        }
        if (length.toMinutes() < 60) {
            return length.toMinutes() + " min";
        }
        return length.toHours() < 48 ? length.toHours() + " h" : length.toDays() + " d";
    }
}
