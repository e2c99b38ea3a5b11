package dev.plumbline.app.metrics;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What stands in the ledger at one moment.
 *
 * @param queued phase → runs that wait for their lane or for a place
 * @param laneTaken phase → those of them whose stack's lane another run holds
 * @param live phase → runs that hold their lane
 * @param oldestQueued since when the oldest of them waits, in milliseconds since 1970; 0 where none does
 * @param oldestApproval since when the oldest plan waits for a person
 * @param oldestDriftCheck when the stack was checked whose check is the oldest of all stacks with a schedule
 */
record LedgerReading(
        Map<String, Long> queued,
        Map<String, Long> laneTaken,
        Map<String, Long> live,
        long oldestQueued,
        long approvals,
        long oldestApproval,
        long blocked,
        long openChanges,
        long stacks,
        long quarantined,
        long oldestDriftCheck,
        long divergences,
        long diverged) {

    static LedgerReading of(Handle handle) {
        Map<String, long[]> waiting = waiting(handle);
        return new LedgerReading(
                column(waiting, 0),
                column(waiting, 1),
                live(handle),
                waiting.values().stream().mapToLong(row -> row[2]).min().orElse(0),
                number(handle, "SELECT COUNT(*) FROM intent WHERE state = 'awaiting-approval'"),
                number(handle, "SELECT MIN(at) FROM intent WHERE state = 'awaiting-approval'"),
                number(handle, "SELECT COUNT(*) FROM intent WHERE state = 'blocked'"),
                number(handle, "SELECT COUNT(*) FROM change WHERE state NOT IN ('merged', 'closed')"),
                number(handle, "SELECT COUNT(*) FROM stack WHERE applied_at IS NOT NULL"),
                number(handle, "SELECT COUNT(*) FROM stack WHERE quarantine IS NOT NULL"),
                number(handle, """
                        SELECT MIN(COALESCE(drift_checked_at, applied_at)) FROM stack
                         WHERE applied_at IS NOT NULL AND drift_next_at IS NOT NULL
                        """),
                number(handle, "SELECT COUNT(*) FROM divergence WHERE resolved_at IS NULL"),
                number(handle, """
                        SELECT COUNT(*) FROM (SELECT DISTINCT repository, folder FROM divergence
                                               WHERE resolved_at IS NULL) AS diverged
                        """));
    }

    /** Seconds from such a moment till now; 0 where there is none. */
    static double age(long since, Instant now) {
        return since == 0 ? 0 : Math.max(0, now.toEpochMilli() - since) / 1000.0;
    }

    /** Phase → how many wait, how many of them for their lane, since when the oldest. */
    private static Map<String, long[]> waiting(Handle handle) {
        return handle.createQuery("""
                        SELECT r.phase, COUNT(*) AS waiting, COUNT(l.holder) AS taken, MIN(r.queued_at) AS oldest
                          FROM run r LEFT JOIN lane l ON l.repository = r.repository AND l.folder = r.folder
                         WHERE r.state = 'queued' GROUP BY r.phase
                        """).reduceRows(new HashMap<String, long[]>(), (all, row) -> {
            all.put(row.getColumn("phase", String.class), new long[] {
                row.getColumn("waiting", Long.class),
                row.getColumn("taken", Long.class),
                row.getColumn("oldest", Long.class)
            });
            return all;
        });
    }

    private static Map<String, Long> live(Handle handle) {
        return handle.createQuery("""
                        SELECT phase, COUNT(*) AS live FROM run
                         WHERE state IN ('preparing', 'planning', 'applying') GROUP BY phase
                        """).reduceRows(new HashMap<String, Long>(), (all, row) -> {
            all.put(row.getColumn("phase", String.class), row.getColumn("live", Long.class));
            return all;
        });
    }

    private static Map<String, Long> column(Map<String, long[]> rows, int column) {
        return rows.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, row -> row.getValue()[column]));
    }

    private static long number(Handle handle, String query) {
        Long found = handle.createQuery(query).mapTo(Long.class).findOne().orElse(null);
        return found == null ? 0 : found;
    }
}
