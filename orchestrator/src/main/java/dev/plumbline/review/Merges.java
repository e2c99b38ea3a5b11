package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Database;
import dev.plumbline.store.Subject;
import dev.plumbline.store.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Movements of the default branch; the only writer of their table. */
final class Merges {
    /** A forge that says later than so many movements what it merged is not waited for. */
    private static final int LATEST = 20;

    private final Database database;

    Merges(Database database) {
        this.database = database;
    }

    /** The subject that its lines are about. */
    static Subject subject(long id) {
        return new Subject("merge", id);
    }

    long record(Transaction transaction, String repository, @Nullable CommitSha before, CommitSha after, String actor) {
        long id = transaction.next("merge");
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO merge (id, repository, old_commit, new_commit, actor, at, state, reason)
                        VALUES (:id, :repository, :before, :after, :actor, :at, 'promised', '')
                        """)
                .bind("id", id)
                .bind("repository", repository)
                .bind("before", before == null ? null : before.hex())
                .bind("after", after.hex())
                .bind("actor", actor)
                .bind("at", transaction.now().toEpochMilli())
                .execute();
        return id;
    }

    /** Records what is applied of a pull request before it is merged: no movement of the default branch yet. */
    long propose(Transaction transaction, String repository, CommitSha base, CommitSha head, String actor) {
        long id = record(transaction, repository, base, head, actor);
        transaction.handle().execute("UPDATE merge SET state = 'proposed' WHERE id = ?", id);
        return id;
    }

    /**
     * How the default branch moved.
     *
     * @param before null for the first commit
     */
    record Movement(@Nullable CommitSha before, CommitSha after) {}

    /**
     * Who wants what is applied for it.
     *
     * @param early whether of a pull request that was not merged yet
     */
    record Request(String actor, boolean early) {}

    /** See {@link Request}. */
    Optional<Request> request(Handle handle, long id) {
        return handle.createQuery("SELECT actor, state = 'proposed' FROM merge WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new Request(row.getString(1), row.getBoolean(2)))
                .findOne();
    }

    /** Whether an intent was promised for a change that was not merged yet. */
    boolean early(Handle handle, Intent intent) {
        return request(handle, intent.promise().merge()).filter(Request::early).isPresent();
    }

    /** Those that were no movement of the default branch yet: what is applied for them belongs to pull requests before their merge. */
    Set<Long> early(Handle handle, String repository) {
        return handle.createQuery("SELECT id FROM merge WHERE repository = :repository AND state = 'proposed'")
                .bind("repository", repository)
                .mapTo(Long.class)
                .set();
    }

    Optional<Movement> find(Handle handle, long id) {
        return handle.createQuery("SELECT old_commit, new_commit FROM merge WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> {
                    String before = row.getString(1);
                    return new Movement(before == null ? null : new CommitSha(before), new CommitSha(row.getString(2)));
                })
                .findOne();
    }

    /**
     * The movement that brought a commit to the default branch; empty where that has it not, or had it before any movement that is known.
     *
     * @param commit that the mirror may not have
     */
    Optional<Long> bringing(Handle handle, String repository, CommitSha commit, Mirror mirror) {
        if (!mirror.has(commit)
                || mirror.main().filter(main -> mirror.isAncestor(commit, main)).isEmpty()) {
            return Optional.empty();
        }
        return handle
                .createQuery("""
                        SELECT id, old_commit, new_commit FROM merge
                         WHERE repository = :repository AND state <> 'proposed' AND old_commit IS NOT NULL
                         ORDER BY id DESC LIMIT :limit
                        """)
                .bind("repository", repository)
                .bind("limit", LATEST)
                .map((row, context) -> Map.entry(
                        row.getLong("id"),
                        new Movement(
                                new CommitSha(row.getString("old_commit")),
                                new CommitSha(row.getString("new_commit")))))
                .list()
                .stream()
                .filter(moved -> brought(moved.getValue(), commit, mirror))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean brought(Movement moved, CommitSha commit, Mirror mirror) {
        CommitSha before = moved.before();
        return before != null
                && mirror.has(before)
                && mirror.has(moved.after())
                && mirror.isAncestor(commit, moved.after())
                && !mirror.isAncestor(commit, before);
    }

    /** Records that nothing of it can be applied. */
    void failed(Transaction transaction, long id, String reason) {
        transaction.handle().execute("UPDATE merge SET state = 'failed', reason = ? WHERE id = ?", reason, id);
    }

    /** The last movement that was taken in; 0 where none was. */
    long lastTakenIn(Handle handle, String repository) {
        return handle.createQuery(
                        "SELECT COALESCE(MAX(id), 0) FROM merge WHERE repository = :repository AND state = 'promised'")
                .bind("repository", repository)
                .mapTo(Long.class)
                .one();
    }

    /** The first movement from that one on that was taken in; empty where none was yet. */
    Optional<Long> takenInFrom(Handle handle, String repository, long merge) {
        return handle.createQuery("""
                        SELECT id FROM merge
                         WHERE repository = :repository AND state = 'promised' AND id >= :merge
                         ORDER BY id LIMIT 1
                        """)
                .bind("repository", repository)
                .bind("merge", merge)
                .mapTo(Long.class)
                .findOne();
    }

    /** Where main was when it was taken in last, before that movement; empty for the first one. */
    Optional<CommitSha> takenInBefore(Handle handle, String repository, long merge) {
        return handle.createQuery("""
                        SELECT new_commit FROM merge
                         WHERE repository = :repository AND state = 'promised' AND id < :merge
                         ORDER BY id DESC LIMIT 1
                        """)
                .bind("repository", repository)
                .bind("merge", merge)
                .mapTo(String.class)
                .findOne()
                .map(CommitSha::new);
    }

    /**
     * Where main was for each promise to a stack from the last one that was kept on, oldest first; before one that waits since main
     * was rewritten stands where main was before that.
     */
    List<CommitSha> mainsSinceFulfilled(Handle handle, StackId stack) {
        return handle
                .createQuery("""
                        SELECT i.commit_sha, i.rule, i.state, m.old_commit
                          FROM intent i JOIN merge m ON m.id = i.merge_id
                         WHERE i.repository = :repository AND i.folder = :folder
                           AND i.id >= COALESCE((SELECT MAX(id) FROM intent
                                                  WHERE repository = :repository AND folder = :folder
                                                    AND state IN ('applied', 'no-changes')), 0)
                         ORDER BY i.id
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .map((row, context) -> {
                    boolean waits = row.getString("rule").equals(Intent.Rule.REWRITTEN.name())
                            && !IntentState.of(row.getString("state")).fulfilled();
                    return Stream.of(waits ? row.getString("old_commit") : null, row.getString("commit_sha"));
                })
                .stream()
                .flatMap(both -> both)
                .filter(Objects::nonNull)
                .map(CommitSha::new)
                .toList();
    }

    /** Why nothing of it is applied for now: main can't be taken in, nor could it be since. */
    Optional<String> obstacle(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT m.reason FROM merge m
                         WHERE m.id = :id AND m.state = 'failed'
                           AND NOT EXISTS (SELECT 1 FROM merge later
                                            WHERE later.repository = m.repository AND later.id > m.id
                                              AND later.state = 'promised')
                        """).bind("id", id).mapTo(String.class).findOne();
    }

    /** Why nothing of it can be applied; empty where it was taken in. */
    Optional<String> failure(long id) {
        return database.read(
                handle -> handle.createQuery("SELECT reason FROM merge WHERE id = :id AND state = 'failed'")
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne());
    }
}
