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

    private static final Map<Class<?>, Scalar> KNOWN = Map.of(
            String.class, new Scalar("text", text -> text),
            Glob.class, new Scalar("a glob such as stacks/**", Glob::parse),
            Path.class, new Scalar("an absolute path", Scalars::path),
            URI.class, new Scalar("an http or https address", Scalars::address),
            Duration.class, new Scalar("a duration such as 30s, 10m, 6h or 1d", Scalars::duration),
            DataSize.class, new Scalar("a size such as 512MiB", DataSize::parse),
            CronSchedule.class, new Scalar("a cron expression such as \"0 */6 * * *\"", CronSchedule::parse),
            ListenAddress.class, new Scalar("host:port such as 127.0.0.1:8080", ListenAddress::parse),
            Grantee.class, new Scalar("read, write, admin, codeowners, \"@login\" or \"@org/team\"", Grantee::parse),
            TerraformChoice.class,
                    new Scalar("a version such as 1.11.4, \"~> 1.11\" or tofu:1.10.10", TerraformChoice::parse));

    private Scalars() {}

    /**
     * @param expected what a message says was expected
     * @param parse throws IllegalArgumentException with the reason
     */
    record Scalar(String expected, Function<String, Object> parse) {}

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
