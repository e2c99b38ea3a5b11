package dev.plumbline;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The real programs and providers that tests run against. Where one is missing, its tests are skipped aloud, by name, and
 * counted at the end of the build; where {@code PLUMBLINE_TEST_REQUIRE} names it (a list with commas, or {@code all}), they
 * fail instead.
 */
public final class RealParts {
    private static final String REQUIRED = "PLUMBLINE_TEST_REQUIRE";

    /** What the message of each skip begins with. */
    static final String MISSING = "real part missing: ";

    private RealParts() {}

    /** The real {@code git}. */
    public static Path git() {
        return program("git");
    }

    /** The real Terraform. */
    public static Path terraform() {
        return program("terraform");
    }

    /** A real OpenTofu of that version, as {@code .ci/build-tool tofu VERSION} leaves it. */
    public static Path tofu(String version) {
        return built("tofu", version);
    }

    /** A real Terraform of another version, as {@code .ci/build-tool terraform VERSION} leaves it. */
    public static Path terraform(String version) {
        return built("terraform", version);
    }

    /** A real Gitea, as {@code .ci/build-tool gitea VERSION} leaves it; its templates lie beside it. */
    public static Path gitea(String version) {
        return built("gitea", version);
    }

    /** One that was built into the user's cache; called {@code tofu-1.10.10} by {@code PLUMBLINE_TEST_REQUIRE}. */
    private static Path built(String product, String version) {
        return require(
                product + "-" + version,
                Optional.of(cached(product, version, product)).filter(Files::isExecutable),
                "'.ci/build-tool " + product + " " + version + "' builds it");
    }

    /**
     * What GitHub publishes about its API, as {@code .ci/fetch-description NAME VERSION} leaves it; called
     * {@code octokit-NAME-VERSION} by {@code PLUMBLINE_TEST_REQUIRE}.
     *
     * @param name {@code openapi} for its HTTP API, {@code openapi-webhooks} for what it sends
     */
    public static Path gitHubDescription(String name, String version) {
        return require(
                "octokit-" + name + "-" + version,
                Optional.of(cached("octokit-" + name, version, "api.github.com.json"))
                        .filter(Files::isRegularFile),
                "'.ci/fetch-description " + name + " " + version + "' fetches it");
    }

    private static Path cached(String product, String version, String file) {
        String home = System.getenv().getOrDefault("HOME", "/");
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", home + "/.cache");
        return Path.of(cache, "plumbline-test", product, version, file);
    }

    /** A program on PATH. */
    public static Path program(String name) {
        return require(name, onPath(name), name + " is not on PATH");
    }

    /**
     * A part, or the end of the test.
     *
     * @param name what {@code PLUMBLINE_TEST_REQUIRE} calls it
     * @param why one sentence about its absence
     */
    public static <T> T require(String name, Optional<T> part, String why) {
        if (part.isEmpty()) {
            String message = MISSING + name + " (" + why + ")";
            if (required(name)) {
                Assertions.fail(message + "; " + REQUIRED + " requires it");
            }
            Assumptions.abort(message);
        }
        return part.orElseThrow();
    }

    /** The first executable file of that name on PATH. */
    public static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static boolean required(String name) {
        List<String> named = Arrays.asList(System.getenv()
                .getOrDefault(REQUIRED, "")
                .toLowerCase(Locale.ROOT)
                .split("[,\\s]+"));
        return named.contains("all") || named.contains(name);
    }
}
