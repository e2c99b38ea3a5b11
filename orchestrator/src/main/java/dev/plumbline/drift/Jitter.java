package dev.plumbline.drift;

import dev.plumbline.config.CronSchedule;
import dev.plumbline.stack.StackId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Spreads the stacks of one schedule: each has its own delay, always the same. */
final class Jitter {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** The delay's greatest part of the time between two checks. */
    private static final int PART = 10;

    private Jitter() {}

    /** When a stack is checked next after that moment; empty where its schedule never fits again. */
    static Optional<Instant> next(CronSchedule schedule, StackId stack, Instant after) {
        return schedule.next(after.atZone(ZoneOffset.UTC))
                .map(at -> at.toInstant().plus(delay(stack, interval(schedule, at))));
    }

    private static Duration interval(CronSchedule schedule, ZonedDateTime at) {
        return schedule.next(at)
                .map(following -> Duration.between(at, following))
                .orElse(LONGEST);
    }

    /** Between nothing and a tenth of the interval, but never more than ten minutes. */
    static Duration delay(StackId stack, Duration interval) {
        Duration part = interval.dividedBy(PART);
        long most = (part.compareTo(LONGEST) > 0 ? LONGEST : part).toMillis();
        return Duration.ofMillis((long) (most * share(stack)));
    }

    /** Evenly spread over stacks, from zero up to one. */
    private static double share(StackId stack) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(stack.qualified().getBytes(StandardCharsets.UTF_8));
            return ((digest[0] & 0xff) << 8 | (digest[1] & 0xff)) / 65_536.0;
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
