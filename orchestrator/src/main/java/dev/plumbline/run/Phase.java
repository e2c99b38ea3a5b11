package dev.plumbline.run;

import java.util.Locale;

/** What a run does with its stack. Lower {@link #priority} goes first. */
public enum Phase {
    APPLY(0),
    /** Something that a person does with the state alone. */
    STATE(5),
    PLAN(10),
    DRIFT(20);

    private final int priority;

    Phase(int priority) {
        this.priority = priority;
    }

    int priority() {
        return priority;
    }

    /** As it stands in JSON and on terminals. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Phase of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
