package dev.plumbline.review;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Where the promise to apply one stack at one merge commit stands. Every intent ends. */
public enum IntentState {
    WAITING("waiting"),
    PLANNING("planning"),
    AWAITING_APPROVAL("awaiting-approval"),
    APPLYING("applying"),
    BLOCKED("blocked"),
    APPLIED("applied"),
    NO_CHANGES("no-changes"),
    FAILED("failed"),
    SUPERSEDED("superseded"),
    CANCELLED("cancelled");

    private static final Set<IntentState> MOVING = EnumSet.of(WAITING, PLANNING, APPLYING);

    private static final Map<String, IntentState> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(IntentState::word, state -> state));

    private final String word;

    IntentState(String word) {
        this.word = word;
    }

    /** As it stands in JSON, in the database and on terminals. */
    public String word() {
        return word;
    }

    /** Whether nothing moves it on any more, except that a person retries it. */
    public boolean ended() {
        return !MOVING.contains(this) && this != AWAITING_APPROVAL && this != BLOCKED;
    }

    /** Whether it has ended or waits for a person: whoever watches may go. */
    public boolean settled() {
        return !MOVING.contains(this);
    }

    /** Whether it ended with the stack as its commit wants it. */
    public boolean fulfilled() {
        return this == APPLIED || this == NO_CHANGES;
    }

    static IntentState of(String word) {
        IntentState state = BY_WORD.get(word);
        if (state == null) {
            throw new IllegalArgumentException("no state of an intent: '" + word + "'");
        }
        return state;
    }
}
