package dev.plumbline.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types whose values are written as one piece of text. */
final class Scalars {
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(s|m|h|d)");

    private static final Map<Class<?>, Scalar> KNOWN = Map.ofEntries(
            entry(String.class, "text", text -> text),
            entry(Glob.class, "a glob such as stacks/**", Glob::parse),
            entry(ResourcePattern.class, "a type or address such as aws_db_instance.*", ResourcePattern::parse),
            entry(Path.class, "an absolute path", Scalars::path),
            entry(URI.class, "an http or https address", Scalars::address),
            entry(Duration.class, "a duration such as 30s, 10m, 6h or 1d", Scalars::duration),
            entry(DataSize.class, "a size such as 512MiB", DataSize::parse),
            entry(CronSchedule.class, "a cron expression such as \"0 */6 * * *\"", CronSchedule::parse),
            entry(ListenAddress.class, "host:port such as 127.0.0.1:8080", ListenAddress::parse),
            entry(Grantee.class, "read, write, admin, codeowners, \"@login\" or \"@org/team\"", Grantee::parse),
            entry(
                    TerraformChoice.class,
                    "a version such as 1.11.4, \"~> 1.11\" or tofu:1.10.10",
                    TerraformChoice::parse));

    private Scalars() {}

    /**
     * @param expected what a message says was expected
     * @param parse throws IllegalArgumentException with the reason
     */
    record Scalar(String expected, Function<String, Object> parse) {}

    private static Map.Entry<Class<?>, Scalar> entry(Class<?> type, String expected, Function<String, Object> parse) {
        return Map.entry(type, new Scalar(expected, parse));
    }

    static @Nullable Scalar of(Class<?> type) {
        return KNOWN.get(type);
    }

    private static Path path(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("'" + text + "' is relative");
        }
        return path.normalize();
    }

    private static URI address(String text) {
        URI uri = URI.create(text);
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null) {
            throw new IllegalArgumentException("'" + text + "' is none");
        }
        return uri;
    }

    private static Duration duration(String text) {
        Matcher match = DURATION.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is none");
        }
        long amount = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
