package dev.plumbline.process;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last bytes written to it. */
final class TailStream extends OutputStream {
    private final byte[] ring;
    private long written;

    TailStream(int size) {
        ring = new byte[size];
    }

    @Override
    public synchronized void write(int b) {
        ring[(int) (written % ring.length)] = (byte) b;
        written++;
    }

    synchronized String text() {
        int kept = (int) Math.min(written, ring.length);
        byte[] tail = new byte[kept];
        for (int i = 0; i < kept; i++) {
            tail[i] = ring[(int) ((written - kept + i) % ring.length)];
        }
        return new String(tail, StandardCharsets.UTF_8);
    }
}
