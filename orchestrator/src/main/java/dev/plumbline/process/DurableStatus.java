package dev.plumbline.process;

/** What is known of a durable command. */
public sealed interface DurableStatus {

    record Running() implements DurableStatus {}

    /** @param code the command's exit status; 128 and more is a signal's number added to 128 */
    record Exited(int code) implements DurableStatus {}

    /** It is not running and nobody knows how it ended: the outcome must be inspected, never assumed. */
    record Lost(String reason) implements DurableStatus {}
}
