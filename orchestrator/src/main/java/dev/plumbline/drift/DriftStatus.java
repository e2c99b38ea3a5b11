package dev.plumbline.drift;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stack's drift.
 *
 * @param open what diverges, by address and path
 * @param checkedAt when it was last compared; null where it never was
 * @param nextDue when it is checked next; null where it is not checked on a schedule
 * @param latest the newest check, be it skipped or not over yet; null where there was none
 */
public record DriftStatus(
        List<Divergence> open,
        @Nullable Instant checkedAt,
        @Nullable Instant nextDue,
        @Nullable DriftCheck latest) {
    public DriftStatus {
        open = List.copyOf(open);
    }
}
