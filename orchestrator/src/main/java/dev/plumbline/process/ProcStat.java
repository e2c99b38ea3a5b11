package dev.plumbline.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * What Linux says of one process in {@code /proc/PID/stat} (proc(5)).
 *
 * @param state one letter; Z and X are dead
 * @param startTime clock ticks since boot (field 22): with the pid it names one process of this boot
 */
record ProcStat(long pid, char state, long parent, long session, long startTime) {
    private static final Path PROC = Path.of("/proc");
    private static final int FIELDS_BEFORE_START_TIME = 19;

    static Optional<ProcStat> of(long pid) {
        try {
            return parse(Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** The second field is the program's name in parentheses and may hold any character, so counting starts after the last one. */
    static Optional<ProcStat> parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 2 || close < open) {
            return Optional.empty();
        }
        String[] rest = line.substring(close + 1).trim().split(" ");
        if (rest.length <= FIELDS_BEFORE_START_TIME) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcStat(
                    Long.parseLong(line.substring(0, open).trim()),
                    rest[0].charAt(0),
                    Long.parseLong(rest[1]),
                    Long.parseLong(rest[3]),
                    Long.parseLong(rest[FIELDS_BEFORE_START_TIME])));
        } catch (NumberFormatException notAStatLine) {
            return Optional.empty();
        }
    }

    static List<ProcStat> all() {
        return all(pid -> true);
    }

    /** Those whose pid is wanted; the others' files are not even opened. */
    static List<ProcStat> all(LongPredicate wanted) {
        List<ProcStat> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (wanted.test(pid)) {
                    of(pid).ifPresent(found::add);
                }
            }
        } catch (IOException noProc) {
            return List.of();
        }
        return found;
    }

    boolean alive() {
        return state != 'Z' && state != 'X';
    }

    boolean is(ProcStat other) {
        return pid == other.pid && startTime == other.startTime;
    }
}
