package dev.plumbline.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request of which so many bytes are read and no more: whatever its length says, as that may be missing or a lie. */
final class LimitedBody extends HttpServletRequestWrapper {
    private final int most;
    private @Nullable ServletInputStream counted;

    LimitedBody(HttpServletRequest request, int most) {
        super(request);
        this.most = most;
    }

    /** @throws BadRequestException with status 413 from its reads, once there is more */
    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (getContentLengthLong() > most) {
            throw tooLarge(most);
        }
        if (counted == null) {
            counted = new Counted(super.getInputStream(), most);
        }
        return counted;
    }

    private static BadRequestException tooLarge(int most) {
        return new BadRequestException(413, "The request is too large.", "Send at most " + most + " bytes.");
    }

    private static final class Counted extends ServletInputStream {
        private final ServletInputStream in;
        private final int most;
        private int read;

        Counted(ServletInputStream in, int most) {
            this.in = in;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = in.read(into, offset, length);
            count(Math.max(0, got));
            return got;
        }

        private void count(int more) {
            read += more;
            if (read > most) {
                throw tooLarge(most);
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
