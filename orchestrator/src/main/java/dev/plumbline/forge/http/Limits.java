package dev.plumbline.forge.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * How much a forge lets us ask. Once it says that it is too much, nothing is sent before the time that it names: who calls earlier
 * is told so at once, and holds no thread.
 */
final class Limits {
    /** Where a forge names no time. */
    private static final Duration USUAL = Duration.ofMinutes(1);
    /** Limits are counted by the hour; whatever a forge names beyond is taken for a fault of its clock. */
    private static final Duration LONGEST = Duration.ofMinutes(65);

    private final Clock clock;
    private final LongConsumer budget;
    private volatile Instant until = Instant.MIN;

    /** @param budget is told how many calls are left */
    Limits(Clock clock, LongConsumer budget) {
        this.clock = clock;
        this.budget = budget;
    }

    /** Till when nothing is sent; empty where calls are welcome. */
    Optional<Instant> pause() {
        return Optional.of(until).filter(time -> time.isAfter(clock.instant()));
    }

    /** Notes what an answer says of it, and gives the time to come again where the answer is that we ask too much. */
    Optional<Instant> heard(Reply reply) {
        HttpHeaders headers = reply.headers();
        OptionalLong left = number(headers, "X-RateLimit-Remaining", "RateLimit-Remaining");
        left.ifPresent(budget);
        boolean meansLimit = headers.firstValue("Retry-After").isPresent()
                || left.orElse(1) == 0
                || reply.words().contains("rate limit");
        // A 403 mostly is about rights; so it must say that it is not.
        boolean tooMuch = reply.status() == 429 || (reply.status() == 403 && meansLimit);
        if (!tooMuch) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant named = retryAfter(headers, now)
                .or(() -> reset(headers).filter(time -> left.orElse(1) == 0))
                .orElse(now.plus(USUAL));
        Instant latest = now.plus(LONGEST);
        until = named.isAfter(latest) ? latest : named;
        return Optional.of(until);
    }

    /** In seconds, or as a date. */
    private static Optional<Instant> retryAfter(HttpHeaders headers, Instant now) {
        return headers.firstValue("Retry-After").flatMap(value -> {
            try {
                return Optional.of(
                        value.matches("\\d{1,9}")
                                ? now.plusSeconds(Long.parseLong(value))
                                : ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                        .toInstant());
            } catch (DateTimeException neither) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Instant> reset(HttpHeaders headers) {
        OptionalLong seconds = number(headers, "X-RateLimit-Reset", "RateLimit-Reset");
        return seconds.isPresent() ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong())) : Optional.empty();
    }

    private static OptionalLong number(HttpHeaders headers, String... names) {
        return Stream.of(names)
                .flatMap(name -> headers.firstValue(name).stream())
                .filter(value -> value.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
