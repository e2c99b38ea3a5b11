package dev.plumbline.review.right;

/** Whether somebody may do what they asked for. */
public sealed interface Verdict {

    /**
     * They may.
     *
     * @param why by what, for the history: {@code ada has write permission}
     */
    record Allowed(String why) implements Verdict {}

    /**
     * They may not.
     *
     * @param sentence which rule says so, where it is written, what is lacking and what would allow it
     */
    record Refused(String sentence) implements Verdict {}
}
