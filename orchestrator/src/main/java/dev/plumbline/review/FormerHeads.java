package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.run.Counts;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The heads that changes had before, and what came of them; the only writer of their table. */
final class FormerHeads {
    private final Database database;

    FormerHeads(Database database) {
        this.database = database;
    }

    /**
     * A head that another one took the place of.
     *
     * @param at when the change came to stand where it stood then
     * @param outcome what its plans said, a few words
     */
    record Former(CommitSha head, Instant at, String outcome) {}

    /** A change is about to get another head. */
    void remember(Transaction transaction, Change change) {
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO former_head (change, head, at, outcome) VALUES (:change, :head, :at, :outcome)
                        ON CONFLICT (change, head) DO UPDATE SET at = :at, outcome = :outcome
                        """)
                .bind("change", change.number())
                .bind("head", change.head().hex())
                .bind("at", change.updatedAt().toEpochMilli())
                .bind("outcome", outcome(transaction.handle(), change))
                .execute();
    }

    private static String outcome(Handle handle, Change change) {
        return switch (change.state()) {
            case PLANNING, WAITING -> "superseded before all of it was planned";
            case PLANNED ->
                counts(handle, change.number()).map(Counts::toString).orElse("planned");
            default -> change.reason().lines().findFirst().orElse(change.state().word());
        };
    }

    /** Of all its plans together. */
    private static Optional<Counts> counts(Handle handle, long change) {
        return handle.createQuery("""
                        SELECT SUM(r.adds) AS adds, SUM(r.changes) AS changes, SUM(r.destroys) AS destroys,
                               SUM(r.replaces) AS replaces
                          FROM change_stack s JOIN run r ON r.number = s.run
                         WHERE s.change = :change AND r.digest IS NOT NULL
                        HAVING COUNT(*) > 0
                        """)
                .bind("change", change)
                .map((row, context) -> new Counts(
                        row.getInt("adds"), row.getInt("changes"), row.getInt("destroys"), row.getInt("replaces")))
                .findOne();
    }

    /** Those of a change, newest first. */
    List<Former> of(long change) {
        return database.read(handle -> handle.createQuery("""
                        SELECT head, at, outcome FROM former_head WHERE change = :change ORDER BY at DESC, head
                        """)
                .bind("change", change)
                .map((row, context) -> new Former(
                        new CommitSha(row.getString("head")),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("outcome")))
                .list());
    }
}
