package dev.plumbline.run;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where a run stands. A run moves forward only, except that one whose process died before it changed anything is queued
 * again.
 */
public enum RunState {
    QUEUED("queued"),
    PREPARING("preparing"),
    PLANNING("planning"),
    APPLYING("applying"),
    PLANNED("planned"),
    NO_CHANGES("no-changes"),
    APPLIED("applied"),
    FAILED("failed"),
    SUPERSEDED("superseded"),
    CANCELLED("cancelled"),
    LOST("lost");

    private static final Set<RunState> LIVE = EnumSet.of(PREPARING, PLANNING, APPLYING);

    private final String word;

    RunState(String word) {
        this.word = word;
    }

    /** As it stands in JSON, in the database and on terminals. */
    public String word() {
        return word;
    }

    /** Whether it holds its stack's lane. */
    public boolean live() {
        return LIVE.contains(this);
    }

    /** Whether nothing will ever change about it. */
    public boolean ended() {
        return this != QUEUED && !live();
    }

    /** Whether a run may go on to that state. */
    public boolean mayBecome(RunState next) {
        return switch (this) {
            case QUEUED -> next == PREPARING || next == SUPERSEDED || next == CANCELLED || next == FAILED;
            // Work on the state alone is done in one step.
            case PREPARING ->
                next == QUEUED || next == PLANNING || next == APPLYING || next == APPLIED || next.badEnd();
            case PLANNING -> next == QUEUED || next == PLANNED || next == NO_CHANGES || next.badEnd();
            case APPLYING -> next == APPLIED || next == LOST || next == FAILED || next == CANCELLED;
            default -> false;
        };
    }

    private boolean badEnd() {
        return this == FAILED || this == SUPERSEDED || this == CANCELLED;
    }

    static RunState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no state of a run: '" + word + "'"));
    }
}
