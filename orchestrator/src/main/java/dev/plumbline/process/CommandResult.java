package dev.plumbline.process;

/** How a command ended; none of its session is alive when this is returned. */
public sealed interface CommandResult {

    /**
     * The program ended by itself.
     *
     * @param code its exit status; 128 and more is a signal's number added to 128
     * @param errorTail the last few kilobytes of its standard error
     */
    record Exited(int code, String errorTail) implements CommandResult {}

    /** The time limit was reached. */
    record TimedOut(String errorTail) implements CommandResult {}

    /** Cancelled by its signal, or by an interrupt of the waiting thread. */
    record Cancelled() implements CommandResult {}

    /** Nothing was run; the reason says what was missing and where. */
    record NotStarted(String reason) implements CommandResult {}
}
