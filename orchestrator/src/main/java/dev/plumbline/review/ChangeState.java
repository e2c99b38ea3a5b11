package dev.plumbline.review;

import java.util.Arrays;

/** Where a change stands. */
public enum ChangeState {
    /** There is no main branch yet that it could be merged into. */
    WAITING("waiting"),
    PLANNING("planning"),
    PLANNED("planned"),
    NO_CHANGES("no-changes"),
    FAILED("failed"),
    CONFLICT("conflict"),
    MERGED("merged"),
    CLOSED("closed");

    private final String word;

    ChangeState(String word) {
        this.word = word;
    }

    /** As it stands in JSON, in the database and on terminals. */
    public String word() {
        return word;
    }

    /** Whether it still waits to be merged. */
    public boolean open() {
        return this != MERGED && this != CLOSED;
    }

    static ChangeState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no state of a change: '" + word + "'"));
    }
}
