package dev.plumbline.git.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The way back to a client. JGit writes whole packets into it, so a keep-alive from another thread fits between
 * two of them. Once {@link #forgiving} it swallows what can't be sent, since a client that went away must stop nothing.
 */
final class ClientStream extends OutputStream {
    /** An empty packet on the progress channel: four digits of length, then the channel's number. Clients show nothing. */
    private static final byte[] KEEP_ALIVE = "0005\2".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream response;
    private boolean forgiving;
    private boolean used;
    private volatile boolean gone;

    ClientStream(OutputStream response) {
        this.response = response;
    }

    /** From here on nothing is thrown. */
    synchronized void forgiving() {
        forgiving = true;
    }

    /** Whether something could not be sent. */
    boolean gone() {
        return gone;
    }

    /** Whether nothing was ever said. */
    synchronized boolean unused() {
        return !used;
    }

    synchronized void keepAlive() throws IOException {
        send(() -> {
            response.write(KEEP_ALIVE);
            response.flush();
        });
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        used |= length > 0;
        send(() -> response.write(bytes, from, length));
    }

    @Override
    public synchronized void write(int oneByte) throws IOException {
        used = true;
        send(() -> response.write(oneByte));
    }

    @Override
    public synchronized void flush() throws IOException {
        // JGit flushes also where it said nothing, which would commit the status
        if (used) {
            send(response::flush);
        }
    }

    private void send(Sending sending) throws IOException {
        if (gone && forgiving) {
            return;
        }
        try {
            sending.send();
        } catch (IOException | IllegalStateException e) {
            gone = true;
            if (!forgiving) {
                throw e;
            }
        }
    }

    private interface Sending {
        void send() throws IOException;
    }
}
