package dev.plumbline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A disk of its own that a test can fill up: asks for the right to mount one, the part {@code mount}. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * Mounts one; the test is skipped, aloud, where this user may not.
     *
     * @param folder made here, the disk's root
     * @param size as mount has it, for example {@code 24m}
     */
    public static SmallDisk mounted(Path folder, String size) {
        SmallDisk disk = new SmallDisk(folder);
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RealParts.require(
                "mount",
                Optional.of(disk)
                        .filter(made ->
                                run("mount", "-t", "tmpfs", "-o", "size=" + size, "plumbline-test", folder.toString())),
                "this user may not mount a small disk");
    }

    /** The disk's root. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        if (!run("umount", "-l", folder.toString())) {
            throw new IllegalStateException("umount of " + folder + " failed");
        }
    }

    private static boolean run(String... line) {
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
