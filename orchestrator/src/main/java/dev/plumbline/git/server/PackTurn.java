package dev.plumbline.git.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A push's request, at whose end the push waits for its turn in the repository. JGit refuses a pack that another push is just
 * putting in place, and the same commit pushed to several branches at once comes as the same pack. Only what follows the upload
 * waits, so that nobody's slow line holds up others.
 */
final class PackTurn extends FilterInputStream {
    private final ReentrantLock turn;

    PackTurn(InputStream in, ReentrantLock turn) {
        super(in);
        this.turn = turn;
    }

    /** The pack is in place, or never will be. By the thread that read. */
    void over() {
        if (turn.isHeldByCurrentThread()) {
            turn.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        return waiting(super.read());
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        return waiting(super.read(into, from, length));
    }

    private int waiting(int read) {
        if (read < 0 && !turn.isHeldByCurrentThread()) {
            turn.lock();
        }
        return read;
    }
}
