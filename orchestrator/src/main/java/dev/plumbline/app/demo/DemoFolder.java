package dev.plumbline.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The temporary folder that holds everything a demo makes.
 *
 * @param root mode 700
 */
record DemoFolder(Path root) {
    /** How often it is swept while something may still write to it. */
    private static final int SWEEPS = 50;

    /** Makes a new one in {@code $TMPDIR}, else where Java keeps temporary files. */
    static DemoFolder make(Map<String, String> environment) {
        String named = environment.getOrDefault("TMPDIR", "");
        Path place = Path.of(named.isBlank() ? System.getProperty("java.io.tmpdir", "/tmp") : named);
        try {
            DemoFolder made = new DemoFolder(Files.createTempDirectory(place.toRealPath(), "plumbline-demo-"));
            Files.createDirectories(made.user());
            Files.createDirectories(made.dnsProvider().getParent());
            return made;
        } catch (IOException cause) {
            throw new StepFailed("No folder can be made in " + place + ": " + cause, cause);
        }
    }

    /** The server's home. */
    Path home() {
        return root.resolve("home");
    }

    /** The user's checkout. */
    Path repository() {
        return root.resolve("infrastructure");
    }

    /** What {@code git} takes for the user's home, so that the real one is neither read nor changed. */
    Path user() {
        return root.resolve("user");
    }

    /** The file outside Git that one stack reads. */
    Path dnsProvider() {
        return root.resolve("dns-provider/example.com");
    }

    /** What the server logs. */
    Path log() {
        return root.resolve("server.log");
    }

    /** Removes everything. */
    void delete() {
        sweep(root.resolve("nothing"));
    }

    /** Removes everything but the server's log. */
    void deleteAllButLog() {
        sweep(log());
    }

    private void sweep(Path kept) {
        for (int i = 0; i < SWEEPS && Files.exists(root); i++) {
            try {
                Files.walkFileTree(root, new Remove(kept));
                return;
            } catch (DirectoryNotEmptyException | NoSuchFileException stillInUse) {
                // A process of the server that is just ending wrote or removed something: once more.
            } catch (IOException cause) {
                throw new UncheckedIOException("The demo's folder " + root + " can't be removed", cause);
            }
        }
    }

    private static final class Remove extends SimpleFileVisitor<Path> {
        private final Path kept;

        Remove(Path kept) {
            this.kept = kept;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!file.equals(kept)) {
                Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (!folder.equals(kept.getParent()) || !Files.exists(kept)) {
                Files.delete(folder);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
