package dev.plumbline.run;

import java.time.Instant;

/**
 * One version of a stack's managed state.
 *
 * @param version counts over all stacks of the server
 * @param serial Terraform's own count of writes within a lineage
 */
public record StateVersion(long version, String lineage, long serial, String artifact, Instant at) {}
