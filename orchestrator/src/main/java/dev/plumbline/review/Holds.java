package dev.plumbline.review;

import dev.plumbline.forge.PullRequest;
import dev.plumbline.git.CommitSha;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads what holds stacks' lanes although nothing runs. */
public final class Holds {
    private final Database database;

    Holds(Database database) {
        this.database = database;
    }

    /** Those of all stacks. */
    public List<Hold> all() {
        return of(null, null);
    }

    /** What holds that stack; empty where nothing does, or only what runs or awaits approval on main. */
    public Optional<Hold> of(StackId stack) {
        return of(stack.repository(), stack.folder()).stream().findFirst();
    }

    private List<Hold> of(@Nullable String repository, @Nullable String folder) {
        return database.read(handle -> handle.createQuery("""
                        SELECT i.repository, i.folder, i.commit_sha, i.state IN ('failed', 'cancelled') AS failed,
                               m.state = 'proposed' AS early,
                               m.state = 'proposed' AND c.head = i.commit_sha AND c.state <> 'closed' AS keeps,
                               c.number AS change, c.title, c.state AS change_state, p.number AS pull, p.url
                          FROM intent i
                          JOIN merge m ON m.id = i.merge_id
                          LEFT JOIN change c ON c.number = i.change
                          LEFT JOIN pull p ON p.repository = i.repository
                                          AND p.number = (SELECT MAX(number) FROM pull WHERE change = c.number)
                         WHERE i.id IN (SELECT MAX(id) FROM intent
                                         WHERE :folder IS NULL OR (repository = :repository AND folder = :folder)
                                         GROUP BY repository, folder)
                           AND (i.state = 'failed' OR (m.state = 'proposed' AND c.state <> 'merged'
                                                         AND i.state IN ('applied', 'no-changes', 'cancelled')))
                         ORDER BY i.repository, i.folder
                        """)
                .bind("repository", repository)
                .bind("folder", folder)
                .map(Holds::row)
                .list());
    }

    private static Hold row(ResultSet row, StatementContext context) throws SQLException {
        long number = row.getLong("change");
        Optional<Hold.Origin> origin = row.wasNull() ? Optional.empty() : Optional.of(origin(row, number));
        return new Hold(
                new StackId(row.getString("repository"), row.getString("folder")),
                new CommitSha(row.getString("commit_sha")),
                row.getBoolean("failed"),
                row.getBoolean("early"),
                row.getBoolean("keeps"),
                origin);
    }

    private static Hold.Origin origin(ResultSet row, long number) throws SQLException {
        long pull = row.getLong("pull");
        boolean none = row.wasNull();
        return new Hold.Origin(
                Change.id(row.getString("repository"), number, none ? null : pull),
                row.getString("title"),
                ChangeState.of(row.getString("change_state")),
                none ? Optional.empty() : PullRequest.linked(row.getString("url")));
    }
}
