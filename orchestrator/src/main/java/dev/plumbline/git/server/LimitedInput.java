package dev.plumbline.git.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops a request that unpacks to more than it may. */
final class LimitedInput extends FilterInputStream {
    private final long limit;
    private long seen;

    LimitedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    /** The request is larger than the server takes. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(long limit) {
            super("the request is larger than the " + limit + " bytes that this server takes");
        }
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int more) throws TooLarge {
        seen += more;
        if (seen > limit) {
            throw new TooLarge(limit);
        }
    }
}
