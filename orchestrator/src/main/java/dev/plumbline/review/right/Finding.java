package dev.plumbline.review.right;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Trouble;
import java.util.Optional;

/**
 * What was found out about somebody.
 *
 * @param words how it is, as a part of a sentence
 * @param trouble what kept the forge from saying it
 */
record Finding(Kind kind, String words, Optional<Trouble> trouble) {

    /** Whether it is what was asked for. */
    enum Kind {
        HOLDS,
        LACKS,
        /** The forge didn't say, which counts as lacking. */
        UNREAD
    }

    static Finding of(boolean holds, String words) {
        return new Finding(holds ? Kind.HOLDS : Kind.LACKS, words, Optional.empty());
    }

    static Finding lacks(String words) {
        return new Finding(Kind.LACKS, words, Optional.empty());
    }

    static Finding unread(String words) {
        return new Finding(Kind.UNREAD, words, Optional.empty());
    }

    /** @param answer one that failed */
    static Finding unread(String what, Answer<?> answer) {
        String why = answer.failure().map(Trouble::sentence).orElse("the forge gave no answer");
        return new Finding(Kind.UNREAD, what + " can't be read: " + why, answer.failure());
    }

    /** The same in other words. */
    Finding saying(String other) {
        return new Finding(kind, other, trouble);
    }

    /** What may be gone in a moment, so that asking again is better than refusing. */
    Optional<Trouble> passing() {
        return trouble.filter(Trouble::passes);
    }

    boolean holds() {
        return kind == Kind.HOLDS;
    }
}
