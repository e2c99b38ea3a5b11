package dev.plumbline.drift;

import java.time.Instant;

/**
 * How far a stack has drifted, as a listing shows it.
 *
 * @param open how many things diverge
 * @param checkedAt when it was last compared
 */
public record DriftCount(int open, Instant checkedAt) {}
