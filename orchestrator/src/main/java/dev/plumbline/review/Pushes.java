package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Database;
import dev.plumbline.store.Subject;
import dev.plumbline.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Movements of branches, written down before a push is answered; the only writer of their table. */
final class Pushes {

    /**
     * One movement of one branch.
     *
     * @param before null where the branch is new
     * @param after null where the branch was deleted
     * @param unmovedAt when the branch was last known not to have moved yet
     * @param watch the change or the merge that came of it; null while it was not looked at
     */
    record Movement(
            long id,
            String repository,
            String branch,
            @Nullable CommitSha before,
            @Nullable CommitSha after,
            String actor,
            Instant unmovedAt,
            boolean handled,
            @Nullable Subject watch) {

        Subject subject() {
            return subject(id);
        }

        static Subject subject(long id) {
            return new Subject("push", id);
        }
    }

    private final Database database;

    Pushes(Database database) {
        this.database = database;
    }

    /**
     * Writes a movement down.
     *
     * @param unmoved when the branch was last known not to have moved yet; null for now
     */
    long record(
            Transaction transaction,
            String repository,
            String branch,
            @Nullable CommitSha before,
            @Nullable CommitSha after,
            String actor,
            @Nullable Instant unmoved) {
        long id = transaction.next("push");
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO push (id, repository, branch, old_commit, new_commit, actor, at, unmoved_at, handled)
                        VALUES (:id, :repository, :branch, :before, :after, :actor, :at, :unmoved, FALSE)
                        """)
                .bind("id", id)
                .bind("repository", repository)
                .bind("branch", branch)
                .bind("before", before == null ? null : before.hex())
                .bind("after", after == null ? null : after.hex())
                .bind("actor", actor)
                .bind("at", transaction.now().toEpochMilli())
                .bind("unmoved", unmoved == null ? null : unmoved.toEpochMilli())
                .execute();
        return id;
    }

    /** Records that it was looked at, and what to watch for its end. */
    void handled(Transaction transaction, long id, @Nullable Subject watch) {
        transaction
                .handle()
                .createUpdate("UPDATE push SET handled = TRUE, watch = :watch WHERE id = :id")
                .bind("watch", watch == null ? null : watch.toString())
                .bind("id", id)
                .execute();
    }

    Optional<Movement> find(long id) {
        return database.read(handle -> handle.createQuery("""
                        SELECT id, repository, branch, old_commit, new_commit, actor, handled, watch,
                               COALESCE(unmoved_at, at) AS unmoved_at
                          FROM push WHERE id = :id
                        """)
                .bind("id", id)
                .map((row, context) -> {
                    String before = row.getString("old_commit");
                    String after = row.getString("new_commit");
                    String watch = row.getString("watch");
                    return new Movement(
                            row.getLong("id"),
                            row.getString("repository"),
                            row.getString("branch"),
                            before == null ? null : new CommitSha(before),
                            after == null ? null : new CommitSha(after),
                            row.getString("actor"),
                            Instant.ofEpochMilli(row.getLong("unmoved_at")),
                            row.getBoolean("handled"),
                            watch == null ? null : Subject.parse(watch));
                })
                .findOne());
    }

    /**
     * The first movement before this one that was not looked at yet and must be first: those of one branch go in order, and what the
     * default branch brought is known before another one is looked at: one that came or went with its merge is merged.
     */
    Optional<Long> earlierPending(Movement movement, String main) {
        return database.read(handle -> handle.createQuery("""
                        SELECT id FROM push
                         WHERE repository = :repository AND id < :id AND handled = FALSE
                           AND branch IN (:branch, :main)
                         ORDER BY id LIMIT 1
                        """)
                .bind("repository", movement.repository())
                .bind("branch", movement.branch())
                .bind("main", main)
                .bind("id", movement.id())
                .mapTo(Long.class)
                .findOne());
    }

    /**
     * It was written down before the ref moved, and perhaps the ref never did, or another push was faster. If it did, the branch is
     * there, or somebody pushed on from there.
     *
     * @param now where the branch is; empty where there is none
     */
    boolean cameAbout(Movement movement, Optional<CommitSha> now) {
        return now.equals(Optional.ofNullable(movement.after())) || followed(movement);
    }

    /** Whether somebody pushed on from where this movement led: then the branch was there once. */
    private boolean followed(Movement movement) {
        CommitSha after = movement.after();
        return database.read(handle -> handle.createQuery("""
                                SELECT COUNT(*) FROM push
                                 WHERE repository = :repository AND branch = :branch AND id > :id
                                   AND COALESCE(old_commit, '') = :after
                                """)
                        .bind("repository", movement.repository())
                        .bind("branch", movement.branch())
                        .bind("id", movement.id())
                        .bind("after", after == null ? "" : after.hex())
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    /** The newest movement of a branch from one commit to another; absent commits stand for an absent branch. */
    Optional<Long> newest(
            Handle handle, String repository, String branch, @Nullable CommitSha before, @Nullable CommitSha after) {
        return handle.createQuery("""
                        SELECT MAX(id) FROM push
                         WHERE repository = :repository AND branch = :branch
                           AND COALESCE(old_commit, '') = :before AND COALESCE(new_commit, '') = :after
                        """)
                .bind("repository", repository)
                .bind("branch", branch)
                .bind("before", before == null ? "" : before.hex())
                .bind("after", after == null ? "" : after.hex())
                .mapTo(Long.class)
                .findOne();
    }

    /** Forgets a movement that never came about. */
    void forget(Transaction transaction, long id) {
        transaction.handle().execute("DELETE FROM push WHERE id = ?", id);
    }

    /** All movements that were not looked at yet. */
    List<Long> pending() {
        return database.read(handle -> handle.createQuery("SELECT id FROM push WHERE handled = FALSE ORDER BY id")
                .mapTo(Long.class)
                .list());
    }

    /** Movements written down before that time that were not looked at yet. */
    List<Long> pendingBefore(Handle handle, Instant time) {
        return handle.createQuery("SELECT id FROM push WHERE handled = FALSE AND at < :time ORDER BY id")
                .bind("time", time.toEpochMilli())
                .mapTo(Long.class)
                .list();
    }

    /** Movements that may have waited for this one, see {@link #earlierPending}. */
    List<Long> waitingFor(Handle handle, Movement movement, String main) {
        return handle.createQuery("""
                        SELECT id FROM push
                         WHERE repository = :repository AND id > :id AND handled = FALSE
                           AND :branch IN (branch, :main)
                         ORDER BY id
                        """)
                .bind("repository", movement.repository())
                .bind("branch", movement.branch())
                .bind("main", main)
                .bind("id", movement.id())
                .mapTo(Long.class)
                .list();
    }

    /** Where each branch of a repository was last known to be, by name; deleted ones are absent. */
    Map<String, CommitSha> lastKnown(String repository) {
        Map<String, CommitSha> heads = new TreeMap<>();
        List<Map.Entry<String, String>> rows = database.read(handle -> handle.createQuery("""
                        SELECT branch, COALESCE(new_commit, '') AS head FROM push
                         WHERE id IN (SELECT MAX(id) FROM push WHERE repository = :repository GROUP BY branch)
                        """)
                .bind("repository", repository)
                .map((row, context) -> Map.entry(row.getString("branch"), row.getString("head")))
                .list());
        rows.forEach(row -> {
            if (!row.getValue().isEmpty()) {
                heads.put(row.getKey(), new CommitSha(row.getValue()));
            }
        });
        return heads;
    }
}
