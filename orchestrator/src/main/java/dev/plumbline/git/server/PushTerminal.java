package dev.plumbline.git.server;

/** The terminal that somebody pushes from. Writing to one that has gone away does nothing, and never fails. */
public interface PushTerminal {

    /**
     * Shows a line at once, as {@code remote: <line>}. Takes the text as it is: control characters are the caller's to
     * remove.
     */
    void println(String line);

    /** Whether the client is known to have gone; learned at the latest some keep-alives after it went. */
    boolean gone();
}
