package dev.plumbline.review;

import dev.plumbline.stack.StackId;
import dev.plumbline.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads what {@link dev.plumbline.store.Transaction#record} wrote down, newest first. */
public final class History {
    private final Database database;

    public History(Database database) {
        this.database = database;
    }

    /**
     * Of everything.
     *
     * @param limit at most so many
     * @param before only what is older than the entry of that number
     */
    public List<HistoryEntry> latest(int limit, long before) {
        return database.read(
                handle -> handle.createQuery("SELECT * FROM history WHERE seq < :before ORDER BY seq DESC LIMIT :limit")
                        .bind("before", before)
                        .bind("limit", limit)
                        .map(History::entry)
                        .list());
    }

    /** {@link #latest(int, long)} of a stack, its runs, and the changes that touch it. */
    public List<HistoryEntry> latest(StackId stack, int limit, long before) {
        // A token or a repository may be called r12, too.
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM history
                         WHERE subject IN (
                                   SELECT :qualified
                                    UNION ALL
                                   SELECT 'r' || CAST(number AS TEXT) FROM run
                                    WHERE repository = :repository AND folder = :folder
                                    UNION ALL
                                   SELECT '#' || CAST(number AS TEXT) FROM change
                                     JOIN change_stack ON change_stack.change = number
                                    WHERE repository = :repository AND folder = :folder
                                    UNION ALL
                                   SELECT pull.repository || '#' || CAST(pull.number AS TEXT) FROM pull
                                     JOIN change_stack ON change_stack.change = pull.change
                                    WHERE pull.repository = :repository AND folder = :folder)
                           AND kind NOT IN ('token', 'main', 'fetch')
                           AND seq < :before
                         ORDER BY seq DESC LIMIT :limit
                        """)
                .bind("qualified", stack.qualified())
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .bind("before", before)
                .bind("limit", limit)
                .map(History::entry)
                .list());
    }

    private static HistoryEntry entry(ResultSet row, StatementContext context) throws SQLException {
        return new HistoryEntry(
                row.getLong("seq"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("actor"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("text"));
    }
}
