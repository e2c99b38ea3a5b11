package dev.plumbline.cli.screen;

import dev.plumbline.web.RelativeTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * One line that says what is being waited for, written over and over on a terminal once the wait has lasted two seconds;
 * nothing anywhere else. Closing it wipes the line.
 */
public final class Progress implements AutoCloseable {
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final String WIPE = "\r\u001b[K";
    private static final int USUAL_COLUMNS = 80;

    private final Terminal terminal;
    private final Clock clock;
    private final Instant started;
    private boolean shown;

    public Progress(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.started = clock.instant();
    }

    /** Says that the wait goes on; call it as often as there is something to say, or about once a second. */
    public void waitingFor(String what) {
        Duration waited = Duration.between(started, clock.instant());
        if (!terminal.live() || waited.compareTo(QUIET) < 0) {
            return;
        }
        String time = " (" + RelativeTime.span(waited) + ")";
        int room = Math.min(terminal.columns(), USUAL_COLUMNS) - time.length() - 1;
        String line = what.replaceAll("\\s+", " ");
        // A line that wraps can't be written over.
        String fitting = line.length() <= room ? line : line.substring(0, room - 1) + "…";
        terminal.err().print(WIPE + fitting + time);
        terminal.err().flush();
        shown = true;
    }

    /** Wipes the line, so that something else can be printed; the next call shows it again. */
    public void wipe() {
        if (shown) {
            terminal.err().print(WIPE);
            terminal.err().flush();
            shown = false;
        }
    }

    @Override
    public void close() {
        wipe();
    }
}
