package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.run.RunId;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The promises to apply; the only writer of their table. */
final class Intents {
    private final Database database;

    Intents(Database database) {
        this.database = database;
    }

    /** Makes the promise; empty where the same merge promised the stack already. */
    Optional<Long> promise(
            Transaction transaction, Intent.Promise promise, @Nullable Long change, @Nullable RunId reviewed) {
        long id = transaction.next("intent");
        StackId origin = promise.origin();
        int made = transaction
                .handle()
                .createUpdate("""
                        INSERT INTO intent (id, repository, folder, merge_id, commit_sha, tree, kind, origin, why, code,
                                            state, reason, reader, rule, approvals, change, reviewed_run, at)
                        VALUES (:id, :repository, :folder, :merge, :commit, :tree, :kind, :origin, :why, :code,
                                :state, :reason, :reader, :rule, :approvals, :change, :reviewed, :at)
                        ON CONFLICT (repository, folder, merge_id) DO NOTHING
                        """)
                .bind("id", id)
                .bind("repository", promise.stack().repository())
                .bind("folder", promise.stack().folder())
                .bind("merge", promise.merge())
                .bind("commit", promise.commit().hex())
                .bind("tree", promise.tree())
                .bind("kind", promise.kind().name())
                .bind("origin", origin == null ? null : origin.folder())
                .bind("why", promise.why())
                .bind("code", promise.code())
                .bind("state", IntentState.WAITING.word())
                .bind("reason", "just promised")
                .bind("reader", promise.reader())
                .bind("rule", promise.rule().name())
                .bind("approvals", promise.approvals())
                .bind("change", change)
                .bind("reviewed", reviewed == null ? null : reviewed.number())
                .bind("at", transaction.now().toEpochMilli())
                .execute();
        return made == 1 ? Optional.of(id) : Optional.empty();
    }

    /** It turned out whose promise it is. */
    void ownedBy(Transaction transaction, long id, long change) {
        transaction.handle().execute("UPDATE intent SET change = ? WHERE id = ?", change, id);
    }

    void move(Transaction transaction, long id, IntentState state, String reason) {
        transaction
                .handle()
                .createUpdate("UPDATE intent SET state = :state, reason = :reason, ended_at = :ended WHERE id = :id")
                .bind("state", state.word())
                .bind("reason", reason)
                .bind("ended", state.ended() ? transaction.now().toEpochMilli() : null)
                .bind("id", id)
                .execute();
    }

    /** Sets which runs plan and apply it; null forgets. */
    void runs(Transaction transaction, long id, @Nullable RunId plan, @Nullable RunId apply) {
        transaction
                .handle()
                .createUpdate("UPDATE intent SET plan_run = :plan, apply_run = :apply WHERE id = :id")
                .bind("plan", plan == null ? null : plan.number())
                .bind("apply", apply == null ? null : apply.number())
                .bind("id", id)
                .execute();
    }

    /** Remembers an apply whose outcome is unknown: no plan made before it counts any more. */
    void lost(Transaction transaction, long id, RunId lost) {
        transaction.handle().execute("UPDATE intent SET lost_run = ?, allowed = NULL WHERE id = ?", lost.number(), id);
        runs(transaction, id, null, null);
    }

    /** Opens an ended intent again, to be planned and applied anew. */
    void reopen(Transaction transaction, long id, String reason) {
        runs(transaction, id, null, null);
        move(transaction, id, IntentState.WAITING, reason);
    }

    /** Holds an intent until its approvals were counted, and again whenever its plan becomes another than they were counted for. */
    void toCount(Transaction transaction, long id) {
        transaction.handle().execute("UPDATE intent SET held = '', counted = '' WHERE id = ?", id);
    }

    /**
     * Says whether the approvals of an intent suffice.
     *
     * @param digest of the plan for which they were counted; empty where it had none
     * @param missing why they don't; null where only their number decides
     */
    void counted(Transaction transaction, long id, String digest, @Nullable String missing) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE intent SET held = :missing, counted = CASE WHEN counted IS NULL THEN NULL ELSE :digest END
                         WHERE id = :id
                        """)
                .bind("missing", missing)
                .bind("digest", digest)
                .bind("id", id)
                .execute();
    }

    /** Whether its approvals were counted for another plan than the one with that digest. */
    boolean countedForAnother(Handle handle, long id, String digest) {
        return handle.createQuery("SELECT COUNT(*) FROM intent WHERE id = :id AND counted <> :digest")
                        .bind("id", id)
                        .bind("digest", digest)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Why its approvals don't suffice, whatever their number; an empty text while they are to be counted. */
    Optional<String> held(Handle handle, long id) {
        return handle.createQuery("SELECT held FROM intent WHERE id = :id AND held IS NOT NULL")
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    /** Remembers that its merge lacked approvals. */
    void bypassed(Transaction transaction, long id) {
        transaction.handle().execute("UPDATE intent SET bypassed = 1 WHERE id = ?", id);
    }

    /** Whether its merge lacked approvals, whoever gave them since. */
    boolean isBypassed(Handle handle, long id) {
        return handle.createQuery("SELECT bypassed FROM intent WHERE id = :id")
                        .bind("id", id)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Remembers that somebody approved what policies refuse, by the digest of its plan. */
    void allow(Transaction transaction, long id, String digest) {
        transaction.handle().execute("UPDATE intent SET allowed = ? WHERE id = ?", digest, id);
    }

    /** See {@link #allow}. */
    Optional<String> allowed(Handle handle, long id) {
        return handle.createQuery("SELECT allowed FROM intent WHERE id = :id AND allowed IS NOT NULL")
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    Optional<Intent> find(long id) {
        return database.read(handle -> find(handle, id));
    }

    Optional<Intent> find(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM intent WHERE id = :id")
                .bind("id", id)
                .map(Intents::row)
                .findOne();
    }

    /** Whether an intent still is as it was read before. */
    boolean stands(Transaction transaction, Intent read) {
        return find(transaction.handle(), read.id()).equals(Optional.of(read));
    }

    /** The newest intent of each stack of a repository. */
    List<Intent> latest(Handle handle, String repository) {
        return handle.createQuery("""
                        SELECT * FROM intent WHERE id IN
                            (SELECT MAX(id) FROM intent WHERE repository = :repository GROUP BY folder)
                         ORDER BY folder
                        """)
                .bind("repository", repository)
                .map(Intents::row)
                .list();
    }

    /** Where each stack of all repositories stands by its newest intent. */
    List<Standing> standings() {
        // Columns by number: looking each up by its name takes most of the time of reading ten thousand rows.
        return database.read(handle -> handle.createQuery("""
                        SELECT repository, folder, kind, state, reason FROM intent WHERE id IN
                            (SELECT MAX(id) FROM intent GROUP BY repository, folder)
                         ORDER BY repository, folder
                        """)
                .map((row, context) -> new Standing(
                        new StackId(row.getString(1), row.getString(2)),
                        Intent.Kind.valueOf(row.getString(3)),
                        IntentState.of(row.getString(4)),
                        row.getString(5)))
                .list());
    }

    /** Stacks that another one is to take over the state of, and those that are only as a change wants them that main has not. */
    Set<StackId> betweenPlaces() {
        return database.read(handle -> handle.createQuery("""
                        WITH newest AS (SELECT * FROM intent WHERE id IN
                            (SELECT MAX(id) FROM intent GROUP BY repository, folder))
                        SELECT repository, origin FROM newest
                         WHERE origin IS NOT NULL AND state NOT IN ('applied', 'no-changes')
                        UNION
                        SELECT n.repository, n.folder FROM newest n JOIN change c ON c.number = n.change
                         WHERE c.state <> 'merged'
                        """)
                .map((row, context) -> new StackId(row.getString(1), row.getString(2)))
                .set());
    }

    /** The newest intents of the stacks that a change touches. */
    List<Intent> latestOfChange(Handle handle, String repository, long change) {
        return handle.createQuery("""
                        SELECT i.* FROM change_stack c
                          JOIN intent i ON i.repository = :repository AND i.folder = c.folder
                         WHERE c.change = :change
                           AND i.id = (SELECT MAX(o.id) FROM intent o
                                        WHERE o.repository = :repository AND o.folder = c.folder)
                        """)
                .bind("repository", repository)
                .bind("change", change)
                .map(Intents::row)
                .list();
    }

    Optional<Intent> latest(Handle handle, StackId stack) {
        return handle.createQuery("""
                        SELECT * FROM intent WHERE repository = :repository AND folder = :folder
                         ORDER BY id DESC LIMIT 1
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .map(Intents::row)
                .findOne();
    }

    /** The newest intent that is about a stack's state: for its folder, or for one that takes its state over. */
    Optional<Intent> latestOfState(Handle handle, StackId stack) {
        return handle.createQuery("""
                        SELECT * FROM intent
                         WHERE repository = :repository AND (folder = :folder OR origin = :folder)
                         ORDER BY id DESC LIMIT 1
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .map(Intents::row)
                .findOne();
    }

    /** Intents of all repositories that have not ended, oldest first. */
    List<Intent> unended() {
        return database.read(this::unended);
    }

    /** {@link #unended()}, read in a transaction that is open. */
    List<Intent> unended(Handle handle) {
        return handle.createQuery("""
                        SELECT * FROM intent WHERE state IN
                            ('waiting', 'planning', 'awaiting-approval', 'applying', 'blocked')
                         ORDER BY id
                        """).map(Intents::row).list();
    }

    /**
     * The newest promise to each stack that was made for a change, or for another one that its merge brought with it and that touches the
     * same stack: a stack is promised once for all that a movement brings, also those that were merged while main could not be taken in.
     */
    List<Intent> ofChange(long change) {
        return database.read(handle ->
                handle.createQuery("""
                        SELECT * FROM intent
                         WHERE id IN (SELECT MAX(id) FROM (SELECT id, folder FROM intent WHERE change = :change
                                                           UNION
                                                           SELECT i.id, i.folder
                                                             FROM change c
                                                             JOIN change_stack s ON s.change = c.number
                                                             JOIN intent i ON i.folder = s.folder AND i.merge_id =
                                                                  (SELECT MIN(m.id) FROM merge m
                                                                    WHERE m.repository = c.repository
                                                                      AND m.id >= c.merge_id AND m.state = 'promised')
                                                            WHERE c.number = :change AND i.change IS NOT NULL) AS own
                                       GROUP BY folder)
                         ORDER BY id
                        """).bind("change", change).map(Intents::row).list());
    }

    /** Those that were made for a change at its present head, before it is merged. */
    List<Intent> ofHead(Change change) {
        return ofChange(change.number()).stream()
                .filter(intent -> intent.promise().commit().equals(change.head()))
                .toList();
    }

    List<Intent> ofMerge(long merge) {
        return database.read(handle -> ofMerge(handle, merge));
    }

    List<Intent> ofMerge(Handle handle, long merge) {
        return handle.createQuery("SELECT * FROM intent WHERE merge_id = :merge ORDER BY id")
                .bind("merge", merge)
                .map(Intents::row)
                .list();
    }

    /** Changes that were promised to the same stack before, and of which nothing was brought about: they come along with an intent. */
    List<Long> carried(Handle handle, Intent intent) {
        return handle.createQuery("""
                        SELECT DISTINCT change FROM intent
                         WHERE repository = :repository AND folder = :folder AND id < :id AND change IS NOT NULL
                           AND id > COALESCE((SELECT MAX(id) FROM intent
                                               WHERE repository = :repository AND folder = :folder AND id < :id
                                                 AND state IN ('applied', 'no-changes')), 0)
                         ORDER BY change
                        """)
                .bind("repository", intent.stack().repository())
                .bind("folder", intent.stack().folder())
                .bind("id", intent.id())
                .mapTo(Long.class)
                .list();
    }

    /** All runs whose plans promises of a repository rest on. */
    Set<RunId> plans(String repository) {
        return database.read(handle -> handle.createQuery("""
                        SELECT reviewed_run AS run FROM intent WHERE repository = :repository AND reviewed_run IS NOT NULL
                        UNION
                        SELECT plan_run FROM intent WHERE repository = :repository AND plan_run IS NOT NULL
                        """)
                .bind("repository", repository)
                .mapTo(Long.class)
                .map(RunId::new)
                .set());
    }

    private static Intent row(ResultSet row, StatementContext context) throws SQLException {
        String repository = row.getString("repository");
        String origin = row.getString("origin");
        Intent.Promise promise = new Intent.Promise(
                new StackId(repository, row.getString("folder")),
                row.getLong("merge_id"),
                new CommitSha(row.getString("commit_sha")),
                row.getString("tree"),
                Intent.Kind.valueOf(row.getString("kind")),
                origin == null ? null : new StackId(repository, origin),
                row.getString("why"),
                row.getString("code"),
                row.getBoolean("reader"),
                Intent.Rule.valueOf(row.getString("rule")),
                row.getInt("approvals"));
        Long ended = number(row, "ended_at");
        return new Intent(
                row.getLong("id"),
                promise,
                IntentState.of(row.getString("state")),
                row.getString("reason"),
                number(row, "change"),
                run(row, "reviewed_run"),
                run(row, "plan_run"),
                run(row, "apply_run"),
                run(row, "lost_run"),
                Instant.ofEpochMilli(row.getLong("at")),
                ended == null ? null : Instant.ofEpochMilli(ended));
    }

    private static @Nullable RunId run(ResultSet row, String column) throws SQLException {
        Long run = number(row, column);
        return run == null ? null : new RunId(run);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
