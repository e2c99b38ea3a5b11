package dev.plumbline.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files of one durable command. */
record RunFolder(Path path) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    RunFolder {
        path = path.toAbsolutePath();
    }

    /** The wrapper's own line of /proc/PID/stat. */
    Path pid() {
        return path.resolve("pid");
    }

    Path output() {
        return path.resolve("output");
    }

    /** The command's exit status in decimal; there is never a part of it. */
    Path exit() {
        return path.resolve("exit");
    }

    /** The boot during which the command was started: pids and start times count from it. */
    Path boot() {
        return path.resolve("boot");
    }

    /** The path of the command's working folder. */
    Path workingFolder() {
        return path.resolve("folder");
    }

    static String currentBoot() {
        return read(BOOT_ID).orElse("unknown").strip();
    }

    /** Empty where the file can't be read. */
    static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
