package dev.plumbline.forge;

import java.time.Instant;
import java.util.Optional;

/**
 * What keeps a forge from being read, or written.
 *
 * @param sentence what is wrong, where, and what to do; secrets masked, control characters removed
 * @param notBefore when it is worth another try, where that is known
 */
public record Trouble(Kind kind, String sentence, Optional<Instant> notBefore) {

    /** One of which nobody knows when it ends. */
    public Trouble(Kind kind, String sentence) {
        this(kind, sentence, Optional.empty());
    }

    /** Whether it is likely to be gone when it is tried again. */
    public boolean passes() {
        return kind == Kind.UNREACHABLE || kind == Kind.LIMITED || kind == Kind.HERE;
    }

    /** Whose it is to mend. */
    public enum Kind {
        /** The forge doesn't let us in. */
        CREDENTIALS("credentials"),
        /** Nothing answers, or not to the end: it is likely to pass. */
        UNREACHABLE("unreachable"),
        /** The forge asks for a pause, since it is asked too much: it passes by itself. */
        LIMITED("limited"),
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
