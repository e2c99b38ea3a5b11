package dev.plumbline.access;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How people write when a token ends: {@code 30d}, {@code 12h}, or the last day on which it works, in UTC. */
final class Expiry {
    private static final Pattern SPAN = Pattern.compile("([1-9]\\d{0,4})([dh])");

    private Expiry() {}

    /** The first moment at which it doesn't work any more, in whole seconds as it is shown; empty where the text is neither. */
    static Optional<Instant> parse(String text, Instant now) {
        Matcher span = SPAN.matcher(text);
        if (span.matches()) {
            long number = Long.parseLong(span.group(1));
            return Optional.of(now.truncatedTo(ChronoUnit.SECONDS)
                    .plus(span.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number)));
        }
        try {
            return Optional.of(LocalDate.parse(text)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant());
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }

    /** A day that would do. */
    static String example(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).plusMonths(3).toString();
    }
}
