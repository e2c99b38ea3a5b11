package dev.plumbline.cli.local;

import dev.plumbline.cli.AtInterrupt;
import dev.plumbline.cli.CliException;
import dev.plumbline.process.CancelSignal;
import dev.plumbline.terraform.WorkspaceFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A temporary home for plans, of mode 700. Its close deletes it; so does Ctrl-C, after Terraform, which runs in a session of
 * its own and doesn't see that key, has been asked to stop and has given back its locks.
 */
final class PlanFolder implements AutoCloseable {
    private static final long LONGEST_STOP_SECONDS = 60;

    private final Path path;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtInterrupt atInterrupt;

    private PlanFolder(Path path, CancelSignal cancel) {
        this.path = path;
        this.atInterrupt = new AtInterrupt(() -> stop(cancel));
    }

    static PlanFolder create(CancelSignal cancel) {
        try {
            return new PlanFolder(Files.createTempDirectory("plumbline-plan").toRealPath(), cancel);
        } catch (IOException e) {
            throw new CliException(1, "No temporary folder can be made.", "Check the free space of TMPDIR.", e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            new WorkspaceFolders(path).sweep(folder -> false);
            Files.deleteIfExists(path.resolve("workspaces"));
            Files.delete(path);
        } catch (IOException e) {
            throw new CliException(1, "The temporary folder " + path + " can't be deleted.", "Delete it by hand.", e);
        } finally {
            closed.countDown();
            atInterrupt.close();
        }
    }

    private void stop(CancelSignal cancel) {
        cancel.cancel();
        try {
            boolean inTime = closed.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("plumbline: Terraform did not stop in time; " + path + " is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
