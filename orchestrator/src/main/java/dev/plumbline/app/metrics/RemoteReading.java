package dev.plumbline.app.metrics;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * How a repository that lives elsewhere stood at one moment.
 *
 * @param seenAt when the last look began that succeeded, in milliseconds since 1970; 0 where none did
 * @param troubled whether the last one failed, or found what a person must look at
 */
record RemoteReading(long seenAt, boolean troubled) {
    private static final RemoteReading UNSEEN = new RemoteReading(0, false);

    /** By repository; of one that is not looked at any more there may still be an entry. */
    static Map<String, RemoteReading> all(Handle handle) {
        return handle.createQuery("""
                        SELECT repository, COALESCE(seen_at, 0) AS seen,
                               CASE WHEN trouble IS NULL THEN 0 ELSE 1 END AS troubled FROM remote
                        """).reduceRows(new HashMap<>(), (all, row) -> {
            all.put(
                    row.getColumn("repository", String.class),
                    new RemoteReading(row.getColumn("seen", Long.class), row.getColumn("troubled", Integer.class) > 0));
            return all;
        });
    }

    static RemoteReading of(Map<String, RemoteReading> all, String repository) {
        return all.getOrDefault(repository, UNSEEN);
    }

    /** Seconds since it was seen; not a number before the first time, as 0 would say that all is well. */
    double age(Instant now) {
        return seenAt == 0 ? Double.NaN : LedgerReading.age(seenAt, now);
    }
}
