package dev.plumbline.policy;

/** Whether something is so, as far as a plan tells. */
enum Truth {
    NO,
    /** It depends on what is known only after the apply. */
    UNKNOWN,
    YES;

    static Truth of(boolean so) {
        return so ? YES : NO;
    }

    Truth and(Truth other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Truth or(Truth other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
