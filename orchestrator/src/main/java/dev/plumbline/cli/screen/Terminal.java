package dev.plumbline.cli.screen;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

/**
 * Where a command's words go.
 *
 * @param out results, and nothing else
 * @param err errors and progress
 * @param columns the width of the terminal that {@code out} is; unlimited where it is none, so that what is piped stays whole
 * @param colour whether {@code out} takes colours
 * @param live whether {@code err} is a terminal, on which a line may be written over
 */
public record Terminal(PrintWriter out, PrintWriter err, int columns, boolean colour, boolean live) {
    /** The system property in which the launcher passes on which of the streams 1 and 2 are terminals, for example {@code 12}. */
    public static final String TTY_PROPERTY = "plumbline.tty";
    /** The system property in which the launcher passes on the terminal's width. */
    public static final String COLUMNS_PROPERTY = "plumbline.columns";

    public static final int UNLIMITED = Integer.MAX_VALUE;
    private static final int USUAL_COLUMNS = 80;
    private static final int LEAST_COLUMNS = 40;

    /** No terminal: no colours, no progress, unlimited lines. */
    public static Terminal plain(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, UNLIMITED, false, false);
    }

    /** This process's own streams, as UTF-8. Java can't tell what each of them is, so the launcher says. */
    public static Terminal ofProcess(Map<String, String> environment, Properties properties) {
        String terminals = properties.getProperty(TTY_PROPERTY, "");
        boolean outIsTerminal = terminals.contains("1");
        boolean dumb = "dumb".equals(environment.get("TERM"));
        // https://no-color.org: present and not empty, whatever its value
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                outIsTerminal ? columns(properties.getProperty(COLUMNS_PROPERTY, "")) : UNLIMITED,
                outIsTerminal && !dumb && !noColour,
                terminals.contains("2") && !dumb);
    }

    public void print(String text) {
        out.print(text);
        out.flush();
    }

    public void line(String text) {
        out.print(text + "\n");
        out.flush();
    }

    public void error(String text) {
        err.print(text + "\n");
        err.flush();
    }

    /** The text in that style where {@code out} takes colours, else as it is. */
    public String styled(Style style, String text) {
        return colour ? style.paint(text) : text;
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    private static int columns(String typed) {
        try {
            int columns = Integer.parseInt(typed);
            return columns == 0 ? USUAL_COLUMNS : Math.max(LEAST_COLUMNS, columns);
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }
}
