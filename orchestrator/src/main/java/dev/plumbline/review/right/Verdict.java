package dev.plumbline.review.right;

import dev.plumbline.forge.Trouble;

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

    /**
     * It can't be told at this moment: ask again.
     *
     * @param trouble what keeps the forge, or us, from it; likely to pass
     */
    record Later(Trouble trouble) implements Verdict {}
}
