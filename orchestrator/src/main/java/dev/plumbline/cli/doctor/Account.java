package dev.plumbline.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The user, their limits and the clock. */
final class Account {
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files +(\\d+|unlimited)");
    private static final Pattern USER = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)");
    private static final long FILES = 4096;
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final Path root;
    private final Clock clock;

    /** @param root where the system's files are looked for */
    Account(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    List<Finding> look(Path home) {
        List<Finding> found = new ArrayList<>();
        field("proc/self/status", USER).ifPresent(id -> found.add(user(id)));
        field("proc/self/limits", OPEN_FILES).ifPresent(most -> found.add(openFiles(most)));
        found.add(clock(home));
        return found;
    }

    private static Finding user(String id) {
        return id.equals("0")
                ? Finding.warning(
                        "user",
                        "root: whoever can push can do anything on this machine",
                        "Run the server as a user of its own; docs/install.md has a unit for it.")
                : Finding.ok("user", "number " + id + ", not root");
    }

    private static Finding openFiles(String most) {
        boolean enough = most.equals("unlimited") || Long.parseLong(most) >= FILES;
        return enough
                ? Finding.ok("open files", "up to " + most)
                : Finding.warning(
                        "open files",
                        "no more than " + most + ", which many runs at once can use up",
                        "Start the server with 'ulimit -n " + FILES + "', or LimitNOFILE in its unit.");
    }

    /** Nobody can tell whether a clock is right; that it stands before what was already written is wrong for sure. */
    private Finding clock(Path home) {
        Instant now = clock.instant();
        Optional<Instant> newest = modified(home.resolve("plumbline.db"));
        return newest.filter(time -> time.isAfter(now.plus(TOLERANCE))).isPresent()
                ? Finding.warning(
                        "clock",
                        now + ", which is before home's database was last written (" + newest.get() + ")",
                        "Set the clock; schedules and the expiry of tokens go by it.")
                : Finding.ok("clock", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static Optional<Instant> modified(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private Optional<String> field(String file, Pattern field) {
        try {
            Matcher match = field.matcher(Files.readString(root.resolve(file)));
            return match.find() ? Optional.of(match.group(1)) : Optional.empty();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}
