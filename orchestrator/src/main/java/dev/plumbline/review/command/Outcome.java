package dev.plumbline.review.command;

/** What came of a command. */
sealed interface Outcome {

    /**
     * It was done, or begun.
     *
     * @param words Markdown for its author; empty where a sign says enough
     */
    record Done(String words) implements Outcome {
        static Done silently() {
            return new Done("");
        }
    }

    /**
     * It is not done.
     *
     * @param why plain text for its author: what stands against it, and what to do
     */
    record Refused(String why) implements Outcome {}

    /**
     * It can't be decided yet.
     *
     * @param passing whether the forge could not be asked, so that asking again at once is of no use
     */
    record Later(String why, boolean passing) implements Outcome {}
}
