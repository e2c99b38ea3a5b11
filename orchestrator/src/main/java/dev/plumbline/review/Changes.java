package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.run.RunId;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The changes and the stacks they touch; the only writer of their tables. */
final class Changes {
    private static final String SELECT =
            "SELECT c.*, (SELECT MAX(number) FROM pull WHERE change = c.number) AS pull FROM change c ";

    private final Database database;

    Changes(Database database) {
        this.database = database;
    }

    /** Opens the change of a branch, or moves it to a new head. */
    long open(Transaction transaction, String repository, String branch, CommitSha head, String title, String author) {
        Optional<Change> existing = openOn(transaction.handle(), repository, branch);
        long number = existing.isPresent() ? existing.get().number() : transaction.next("change");
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO change (number, repository, branch, title, author, head, state, reason, report_due,
                                            opened_at, updated_at)
                        VALUES (:number, :repository, :branch, :title, :author, :head, :state, :reason, TRUE, :now, :now)
                        ON CONFLICT (number) DO UPDATE SET title = :title, author = :author, head = :head,
                            state = :state, reason = :reason, report_due = TRUE, reported = NULL, plans_digest = NULL,
                            updated_at = :now
                        """)
                .bind("number", number)
                .bind("repository", repository)
                .bind("branch", branch)
                .bind("title", title)
                .bind("author", author)
                .bind("head", head.hex())
                .bind("state", ChangeState.PLANNING.word())
                .bind("reason", "looking at what it changes")
                .bind("now", transaction.now().toEpochMilli())
                .execute();
        return number;
    }

    void move(Transaction transaction, long number, ChangeState state, String reason) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE change SET state = :state, reason = :reason, updated_at = :now
                         WHERE number = :number AND (state <> :state OR reason <> :reason)
                        """)
                .bind("state", state.word())
                .bind("reason", reason)
                .bind("now", transaction.now().toEpochMilli())
                .bind("number", number)
                .execute();
    }

    void entitle(Transaction transaction, long number, String title) {
        transaction.handle().execute("UPDATE change SET title = ? WHERE number = ?", title, number);
    }

    /** Which stacks it touches is found out anew. */
    void forgetPreview(Transaction transaction, long number) {
        transaction.handle().execute("UPDATE change SET previewed_head = NULL WHERE number = ?", number);
    }

    /** Records which movement of the default branch merged it. */
    void mergedBy(Transaction transaction, long number, long merge) {
        transaction.handle().execute("UPDATE change SET merge_id = ? WHERE number = ?", merge, number);
    }

    /** The movement of the default branch that merged it; empty where nothing did, or long ago. */
    Optional<Long> mergedBy(Handle handle, long number) {
        return handle.createQuery("SELECT merge_id FROM change WHERE number = :number AND merge_id IS NOT NULL")
                .bind("number", number)
                .mapTo(Long.class)
                .findOne();
    }

    /**
     * Those that were merged while the default branch could not be taken in, and that nothing was promised for yet, oldest first.
     *
     * @param merge the last movement that was taken in
     */
    List<Change> mergedSince(Handle handle, String repository, long merge) {
        return handle.createQuery(SELECT + """
                         WHERE c.repository = :repository AND c.state = 'merged' AND c.merge_id > :merge
                         ORDER BY c.number
                        """)
                .bind("repository", repository)
                .bind("merge", merge)
                .map(Changes::row)
                .list();
    }

    /** Those that a movement of the default branch merged. */
    List<Change> mergedWith(Handle handle, long merge) {
        return handle.createQuery(SELECT + " WHERE c.merge_id = :merge ORDER BY c.number")
                .bind("merge", merge)
                .map(Changes::row)
                .list();
    }

    /**
     * Those that touch a stack and that a movement of the default branch merged, or that were merged before it while the branch could not
     * be taken in: it brings all of them.
     */
    List<Change> mergedWith(Handle handle, long merge, String folder) {
        return handle.createQuery(SELECT + """
                          JOIN change_stack s ON s.change = c.number
                          JOIN merge m ON m.id = :merge AND m.repository = c.repository
                         WHERE s.folder = :folder
                           AND (c.merge_id = m.id
                                OR m.state = 'promised' AND c.merge_id < m.id
                                   AND c.merge_id > COALESCE((SELECT MAX(p.id) FROM merge p
                                                               WHERE p.repository = m.repository AND p.id < m.id
                                                                 AND p.state = 'promised'), 0))
                        """)
                .bind("merge", merge)
                .bind("folder", folder)
                .map(Changes::row)
                .list();
    }

    /** Heads of the other changes that the same movement of the default branch merged. */
    Set<CommitSha> mergedBeside(Handle handle, long number) {
        return handle.createQuery("""
                        SELECT other.head FROM change JOIN change other ON other.merge_id = change.merge_id
                         WHERE change.number = :number AND other.number <> :number
                        """)
                .bind("number", number)
                .mapTo(String.class)
                .map(CommitSha::new)
                .collect(Collectors.toSet());
    }

    /** Records what the merge of head and base gives, and which stacks that touches; runs of the same code are kept. */
    void previewed(Transaction transaction, long number, Change.Preview preview, List<ChangeStack> stacks) {
        Handle handle = transaction.handle();
        handle.createUpdate("""
                        UPDATE change SET base = :base, preview_tree = :tree, previewed_head = :head, report_due = TRUE
                         WHERE number = :number
                        """)
                .bind("base", preview.base().hex())
                .bind("tree", preview.tree())
                .bind("head", preview.head().hex())
                .bind("number", number)
                .execute();
        handle.execute("DELETE FROM change_stack WHERE change = ?", number);
        for (ChangeStack stack : stacks) {
            RunId run = stack.run();
            handle.createUpdate("""
                            INSERT INTO change_stack (change, folder, kind, origin, why, code, place, reader,
                                                      run)
                            VALUES (:change, :folder, :kind, :origin, :why, :code, :place, :reader, :run)
                            """)
                    .bind("change", number)
                    .bind("folder", stack.folder())
                    .bind("kind", stack.kind().name())
                    .bind("origin", stack.origin())
                    .bind("why", stack.why())
                    .bind("code", stack.code())
                    .bind("place", stack.place())
                    .bind("reader", stack.reader())
                    .bind("run", run == null ? null : run.number())
                    .execute();
        }
    }

    void planning(Transaction transaction, long number, String folder, @Nullable RunId run) {
        transaction
                .handle()
                .createUpdate("UPDATE change_stack SET run = :run WHERE change = :change AND folder = :folder")
                .bind("run", run == null ? null : run.number())
                .bind("change", number)
                .bind("folder", folder)
                .execute();
        transaction
                .handle()
                .execute("UPDATE change SET report_due = TRUE, plans_digest = NULL WHERE number = ?", number);
    }

    /** Records that the author was shown these plans; the digest of all of them is empty where some are missing. */
    void reported(Transaction transaction, long number, String plans, Optional<PlansDigest> digest) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE change SET reported_at = CASE WHEN reported = :plans THEN reported_at ELSE :now END,
                               reported = :plans, report_due = FALSE, plans_digest = :digest, updated_at = :now
                         WHERE number = :number
                        """)
                .bind("plans", plans)
                .bind("digest", digest.map(PlansDigest::hex).orElse(null))
                .bind("now", transaction.now().toEpochMilli())
                .bind("number", number)
                .execute();
    }

    Optional<Change> find(long number) {
        return database.read(handle -> find(handle, number));
    }

    Optional<Change> find(Handle handle, long number) {
        return handle.createQuery(SELECT + " WHERE c.number = :number")
                .bind("number", number)
                .map(Changes::row)
                .findOne();
    }

    /** All that people may mean by a number: a change's own, or that of its pull request. */
    List<Change> numbered(long number) {
        return database.read(handle -> handle.createQuery(SELECT + """
                         WHERE c.number = :number OR c.number IN (SELECT change FROM pull WHERE number = :number)
                         ORDER BY c.number
                        """)
                .bind("number", number)
                .map(Changes::row)
                .list());
    }

    /** Whether the last report that showed other plans than the one before it was made before a moment. */
    boolean reportedBefore(Handle handle, long number, Instant moment) {
        return handle.createQuery("SELECT reported_at FROM change WHERE number = :number AND reported_at IS NOT NULL")
                .bind("number", number)
                .mapTo(Long.class)
                .findOne()
                .map(at -> at <= moment.toEpochMilli())
                .orElse(false);
    }

    /** Whether a change still is as it was read before. */
    boolean stands(Transaction transaction, Change read) {
        return find(transaction.handle(), read.number()).equals(Optional.of(read));
    }

    Optional<Change> openOn(Handle handle, String repository, String branch) {
        return open(handle, repository).stream()
                .filter(change -> change.branch().equals(branch))
                .findFirst();
    }

    List<Change> open(Handle handle, String repository) {
        return handle.createQuery(SELECT + """
                         WHERE c.repository = :repository AND c.state NOT IN ('merged', 'closed')
                         ORDER BY c.number
                        """)
                .bind("repository", repository)
                .map(Changes::row)
                .list();
    }

    /** All that wait to be merged, newest first. */
    List<Change> open() {
        return latest(false, Integer.MAX_VALUE);
    }

    /** Those that wait to be merged and touch that stack, newest first. */
    List<Change> open(StackId stack) {
        return database.read(handle -> handle.createQuery(SELECT + """
                          JOIN change_stack s ON s.change = c.number
                         WHERE c.repository = :repository AND s.folder = :folder
                           AND c.state NOT IN ('merged', 'closed')
                         ORDER BY c.number DESC
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .map(Changes::row)
                .list());
    }

    /** Changes, newest first. */
    List<Change> latest(boolean all, int limit) {
        return database.read(handle -> handle.createQuery(SELECT + """
                         WHERE :all OR c.state NOT IN ('merged', 'closed')
                         ORDER BY c.number DESC LIMIT :limit
                        """)
                .bind("all", all)
                .bind("limit", limit)
                .map(Changes::row)
                .list());
    }

    /** The stacks a change touches, in dependency order. */
    List<ChangeStack> stacks(Handle handle, long number) {
        return handle.createQuery("SELECT * FROM change_stack WHERE change = :change ORDER BY place")
                .bind("change", number)
                .map((row, context) -> new ChangeStack(
                        row.getString("folder"),
                        Intent.Kind.valueOf(row.getString("kind")),
                        row.getString("origin"),
                        row.getString("why"),
                        row.getString("code"),
                        row.getInt("place"),
                        row.getBoolean("reader"),
                        run(row)))
                .list();
    }

    /** Whether a tree has exactly the code that a change gave to every stack it touches, though perhaps not its commits. */
    boolean allIn(Handle handle, Change change, StackCatalog tree) {
        return ChangeStack.allIn(tree, stacks(handle, change.number()));
    }

    /** See {@link ChangeStack#broughtIn}. */
    boolean broughtIn(Handle handle, Change change, Optional<StackCatalog> before, StackCatalog now) {
        return ChangeStack.broughtIn(before, now, stacks(handle, change.number()));
    }

    private static @Nullable Long pull(ResultSet row) throws SQLException {
        long pull = row.getLong("pull");
        return row.wasNull() ? null : pull;
    }

    private static @Nullable RunId run(ResultSet row) throws SQLException {
        long run = row.getLong("run");
        return row.wasNull() ? null : new RunId(run);
    }

    private static Change row(ResultSet row, StatementContext context) throws SQLException {
        String base = row.getString("base");
        String previewed = row.getString("previewed_head");
        return new Change(
                row.getLong("number"),
                row.getString("repository"),
                row.getString("branch"),
                row.getString("title"),
                row.getString("author"),
                new CommitSha(row.getString("head")),
                base == null || previewed == null
                        ? null
                        : new Change.Preview(
                                new CommitSha(previewed), new CommitSha(base), row.getString("preview_tree")),
                ChangeState.of(row.getString("state")),
                row.getString("reason"),
                row.getString("reported"),
                row.getBoolean("report_due"),
                Instant.ofEpochMilli(row.getLong("opened_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                pull(row));
    }
}
