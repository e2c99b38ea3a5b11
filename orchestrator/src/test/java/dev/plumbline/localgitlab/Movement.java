package dev.plumbline.localgitlab;

import java.time.Instant;

/**
 * A branch was pushed, made or deleted.
 *
 * @param before all zeros for a new branch
 * @param after all zeros for one that is gone
 */
record Movement(long id, Account by, String branch, String before, String after, Instant at) {
    static final String NOTHING = "0".repeat(40);

    /** As an event's {@code push_data} has it. */
    String action() {
        return before.equals(NOTHING) ? "created" : after.equals(NOTHING) ? "removed" : "pushed";
    }
}
