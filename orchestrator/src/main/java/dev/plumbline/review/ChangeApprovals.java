package dev.plumbline.review;

import dev.plumbline.forge.PullText.Shown;
import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Who approved changes before they were merged, and what those lack; the only writer of these tables. An approval is given for a head and for all plans
 * together, and counts only while both are what they were.
 */
public final class ChangeApprovals {
    private final Database database;

    ChangeApprovals(Database database) {
        this.database = database;
    }

    /** What there is to approve of a change: its head and the digest of its plans; empty while it is planned. */
    public Optional<Shown> subject(Change change) {
        return database.read(handle -> subject(handle, change.number()));
    }

    /** {@link #subject(Change)} within a transaction. */
    static Optional<Shown> subject(Handle handle, long change) {
        return handle.createQuery(
                        "SELECT head, plans_digest FROM change WHERE number = :number AND plans_digest IS NOT NULL")
                .bind("number", change)
                .map((row, context) -> new Shown(new CommitSha(row.getString(1)), row.getString(2)))
                .findOne();
    }

    /**
     * Approves a change.
     *
     * @param seen what its author saw
     * @param at when it was given, by the forge's clock
     * @return why it can't be approved; empty where it was
     */
    public Optional<String> approve(Change change, Shown seen, String actor, Instant at) {
        return database.write(transaction -> {
            if (!change.state().open()) {
                return Optional.of(change.id() + " is " + change.state().word());
            }
            Optional<Shown> now = subject(transaction.handle(), change.number());
            if (now.isEmpty()) {
                return Optional.of("it has no plans that could be approved: " + change.reason());
            }
            if (!now.get().equals(seen)) {
                return Optional.of("its plans are no longer those that stood there: read the comment again, and approve"
                        + " what it shows now (digest " + now.get().abbreviated() + ")");
            }
            // Approving twice counts once.
            record(transaction, change, seen, actor, at);
            return Optional.empty();
        });
    }

    private static void record(Transaction transaction, Change change, Shown seen, String actor, Instant at) {
        transaction.record(actor, "approve", change.id(), seen.head().abbreviated() + " plans " + seen.abbreviated());
        transaction
                .handle()
                .createUpdate("""
                                INSERT INTO change_approval (change, head, digest, actor, at)
                                VALUES (:change, :head, :digest, :actor, :at)
                                ON CONFLICT (change, head, digest, actor) DO UPDATE SET at = :at
                                """)
                .bind("change", change.number())
                .bind("head", seen.head().hex())
                .bind("digest", seen.digest())
                .bind("actor", actor)
                .bind("at", at.toEpochMilli())
                .execute();
    }

    /**
     * Records how far a change is with the approvals that its base asks for.
     *
     * @param count empty where it asks for none
     * @return whether that is news
     */
    public boolean counted(Transaction transaction, Change change, Shown subject, Optional<ApprovalCount> count) {
        Handle handle = transaction.handle();
        if (!subject(handle, change.number()).equals(Optional.of(subject))
                || count(handle, change.number()).equals(count)) {
            return false;
        }
        handle.execute("DELETE FROM approval_count WHERE change = ?", change.number());
        count.ifPresent(now -> handle.createUpdate("""
                                INSERT INTO approval_count (change, head, digest, complete, words)
                                VALUES (:change, :head, :digest, :complete, :words)
                                """)
                .bind("change", change.number())
                .bind("head", subject.head().hex())
                .bind("digest", subject.digest())
                .bind("complete", now.complete())
                .bind("words", now.words())
                .execute());
        return true;
    }

    /** How far a change is with the approvals that its base asks for; empty where it asks for none, or nobody counted yet. */
    Optional<ApprovalCount> count(Change change) {
        return database.read(handle -> count(handle, change.number()));
    }

    /** Open changes of a repository that lack approvals, as they were counted last. */
    List<Long> lacking(Handle handle, String repository) {
        return handle.createQuery("""
                        SELECT c.number FROM approval_count a JOIN change c ON c.number = a.change
                         WHERE c.repository = :repository AND NOT a.complete AND c.state NOT IN ('merged', 'closed')
                        """)
                .bind("repository", repository)
                .mapTo(Long.class)
                .list();
    }

    private static Optional<ApprovalCount> count(Handle handle, long change) {
        return handle.createQuery("""
                        SELECT a.complete, a.words FROM approval_count a JOIN change c ON c.number = a.change
                         WHERE c.number = :change AND a.head = c.head AND a.digest = c.plans_digest
                        """)
                .bind("change", change)
                .map((row, context) -> new ApprovalCount(row.getBoolean(1), row.getString(2)))
                .findOne();
    }

    /** Whose approvals count for a change as it is, and when each was given, by the forge's clock. */
    public Map<String, Instant> counting(Change change) {
        return database.read(handle -> handle.createQuery("""
                        SELECT a.actor, a.at FROM change_approval a JOIN change c ON c.number = a.change
                         WHERE c.number = :change AND a.head = c.head AND a.digest = c.plans_digest
                        """)
                .bind("change", change.number())
                .map((row, context) -> Map.entry(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
