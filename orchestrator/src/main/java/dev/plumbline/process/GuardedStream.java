package dev.plumbline.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a receiver's failure until the command has ended. If it reached the pumping thread, nobody would read the pipe
 * any more and the child would block on it.
 */
final class GuardedStream extends OutputStream {
    private final OutputStream receiver;
    private final Runnable onFailure;
    private @Nullable RuntimeException failure;

    GuardedStream(OutputStream receiver, Runnable onFailure) {
        this.receiver = receiver;
        this.onFailure = onFailure;
    }

    @Override
    public synchronized void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (failure != null) {
            return;
        }
        try {
            receiver.write(bytes, offset, length);
        } catch (IOException e) {
            fail(new UncheckedIOException("The output of a command could not be kept", e));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Ends the receiver's last line, and throws what it threw before. */
    synchronized void finish() {
        if (failure == null) {
            try {
                receiver.close();
            } catch (IOException e) {
                failure = new UncheckedIOException("The output of a command could not be kept", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void fail(RuntimeException why) {
        failure = why;
        onFailure.run();
    }
}
