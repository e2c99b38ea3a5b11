package dev.plumbline.process;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines of UTF-8. A line longer than {@value #LONGEST} bytes is delivered cut to that length, and the
 * rest of it is dropped, so that a program that never ends its line can't fill the memory.
 */
public final class LineStream extends OutputStream {
    /** Bytes of the longest line that is delivered whole. */
    public static final int LONGEST = 4 * 1024 * 1024;

    private final Consumer<String> onLine;
    private final int longest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    public LineStream(Consumer<String> onLine) {
        this(onLine, LONGEST);
    }

    LineStream(Consumer<String> onLine, int longest) {
        this.onLine = onLine;
        this.longest = longest;
    }

    @Override
    public void write(int b) {
        if (b == '\n') {
            deliver();
        } else if (line.size() < longest) {
            line.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    /** Delivers what stands after the last line end, if anything does. */
    @Override
    public void close() {
        if (line.size() > 0) {
            deliver();
        }
    }

    private void deliver() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        onLine.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
