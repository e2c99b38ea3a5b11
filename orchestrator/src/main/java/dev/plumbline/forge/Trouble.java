package dev.plumbline.forge;

/**
 * What keeps a forge from being read, or written.
 *
 * @param sentence what is wrong, where, and what to do; secrets masked, control characters removed
 */
public record Trouble(Kind kind, String sentence) {

    /** Whose it is to mend. */
    public enum Kind {
        /** The forge doesn't let us in. */
        CREDENTIALS("credentials"),
        /** Nothing answers, or not to the end: it is likely to pass. */
        UNREACHABLE("unreachable"),
        /** There is no such repository or branch. */
        GONE("gone"),
        /** What came is not taken: too large, broken, or not where it should come from. */
        REFUSED("refused"),
        /** This machine lacks something. */
        HERE("here");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it stands in JSON and in the database. */
        public String word() {
            return word;
        }

        static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of trouble: '" + word + "'");
        }
    }
}
