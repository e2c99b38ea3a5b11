package dev.plumbline.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a stack's managed state.
 *
 * @param version counts over all stacks of the server
 * @param serial Terraform's own count of writes within a lineage
 * @param run what wrote it; null where that is not known
 */
public record StateVersion(
        long version,
        String lineage,
        long serial,
        String artifact,
        @Nullable RunId run,
        Instant at) {}
