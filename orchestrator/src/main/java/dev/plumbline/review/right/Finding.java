package dev.plumbline.review.right;

/**
 * What was found out about somebody.
 *
 * @param words how it is, as a part of a sentence
 */
record Finding(Kind kind, String words) {

    /** Whether it is what was asked for. */
    enum Kind {
        HOLDS,
        LACKS,
        /** The forge didn't say, which counts as lacking. */
        UNREAD
    }

    static Finding of(boolean holds, String words) {
        return new Finding(holds ? Kind.HOLDS : Kind.LACKS, words);
    }

    static Finding lacks(String words) {
        return new Finding(Kind.LACKS, words);
    }

    static Finding unread(String words) {
        return new Finding(Kind.UNREAD, words);
    }

    boolean holds() {
        return kind == Kind.HOLDS;
    }
}
