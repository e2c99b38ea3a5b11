package dev.plumbline.localgithub;

import java.time.Instant;

/**
 * A branch was pushed, made, deleted or merged into.
 *
 * @param before all zeros for a new branch
 * @param after all zeros for one that is gone
 */
record Movement(long id, Account by, String branch, String before, String after, String kind, Instant at) {
    static final String NOTHING = "0".repeat(40);
}
