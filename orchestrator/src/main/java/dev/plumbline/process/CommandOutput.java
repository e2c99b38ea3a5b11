package dev.plumbline.process;

import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * Where a command's two streams go. Each is written by one thread of its own; the two run at the same time.
 *
 * @param out receives standard output
 * @param err receives standard error
 */
public record CommandOutput(OutputStream out, OutputStream err) {

    /** Both streams line by line, as UTF-8, without line ends; see {@link LineStream} for the length of a line. */
    public static CommandOutput lines(Consumer<String> onLine, Consumer<String> onErrorLine) {
        return new CommandOutput(new LineStream(onLine), new LineStream(onErrorLine));
    }

    /** Standard output byte for byte; standard error is kept only as the result's tail. */
    public static CommandOutput bytes(OutputStream out) {
        return new CommandOutput(out, OutputStream.nullOutputStream());
    }

    /** Standard output line by line; standard error is kept only as the result's tail. */
    public static CommandOutput lines(Consumer<String> onLine) {
        return new CommandOutput(new LineStream(onLine), OutputStream.nullOutputStream());
    }
}
