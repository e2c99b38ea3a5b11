package dev.plumbline.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pids a process and everything it started can have. Linux gives pids out in turn, so that what was started after
 * a process has a pid between its own and the one given out last, as long as they didn't go all the way round; how many
 * were given out is counted in {@code /proc/stat} (proc(5): {@code processes}). Looking only there saves reading hundreds of
 * other processes' files at the end of each command.
 */
final class PidRange {
    private static final Path STAT = Path.of("/proc/stat");
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final Path MAX = Path.of("/proc/sys/kernel/pid_max");
    private static final Pattern FORKS = Pattern.compile("(?m)^processes (\\d+)$");

    private final long first;
    private final Optional<Long> forksAtStart;

    private PidRange(long first, Optional<Long> forksAtStart) {
        this.first = first;
        this.forksAtStart = forksAtStart;
    }

    /** To be called soon after that process was started. */
    static PidRange from(long pid) {
        return new PidRange(pid, forks());
    }

    /** The pids from which nothing that was started since can be missing; all of them where the system doesn't say. */
    LongPredicate now() {
        Optional<Long> forks = forks();
        // Read after the count: whoever is started in between is in the range.
        Optional<Long> last = text(LOAD).flatMap(PidRange::lastField);
        Optional<Long> max = text(MAX).map(text -> Long.parseLong(text.strip()));
        if (forks.isEmpty() || forksAtStart.isEmpty() || last.isEmpty() || max.isEmpty()) {
            return pid -> true;
        }
        // Half of a round, since the count began a little after the process.
        if (forks.get() - forksAtStart.get() > max.get() / 2) {
            return pid -> true;
        }
        return between(first, last.get());
    }

    /** Round the end, too. */
    static LongPredicate between(long first, long last) {
        return first <= last ? pid -> pid >= first && pid <= last : pid -> pid >= first || pid <= last;
    }

    private static Optional<Long> forks() {
        return text(STAT).flatMap(text -> {
            Matcher found = FORKS.matcher(text);
            return found.find() ? Optional.of(Long.parseLong(found.group(1))) : Optional.empty();
        });
    }

    private static Optional<Long> lastField(String line) {
        String text = line.strip();
        String field = text.substring(text.lastIndexOf(' ') + 1);
        return field.matches("\\d{1,18}") ? Optional.of(Long.parseLong(field)) : Optional.empty();
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}
