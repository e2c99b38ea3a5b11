package dev.plumbline.drift;

import dev.plumbline.run.RunId;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of drift checks. */
final class DriftChecks {

    /** A new one; where one of the stack is not over yet, that one. */
    long open(Transaction transaction, StackId stack, String actor) {
        Optional<DriftCheck> latest = latest(transaction.handle(), stack).filter(check -> !check.settled());
        if (latest.isPresent()) {
            return latest.get().id();
        }
        long id = transaction.next("drift");
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO drift_check (id, repository, folder, actor, state, reason, at)
                        VALUES (:id, :repository, :folder, :actor, :state, :reason, :now)
                        """)
                .bind("id", id)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .bind("actor", actor)
                .bind("state", DriftState.ASKED.word())
                .bind("reason", "asked for by " + actor)
                .bind("now", transaction.now().toEpochMilli())
                .execute();
        return id;
    }

    Optional<DriftCheck> find(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM drift_check WHERE id = :id")
                .bind("id", id)
                .map(DriftChecks::row)
                .findOne();
    }

    Optional<DriftCheck> latest(Handle handle, StackId stack) {
        return handle.createQuery("""
                        SELECT * FROM drift_check WHERE repository = :repository AND folder = :folder
                         ORDER BY id DESC LIMIT 1
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .map(DriftChecks::row)
                .findOne();
    }

    void checking(Transaction transaction, long id, RunId run, String reason) {
        transaction
                .handle()
                .createUpdate("UPDATE drift_check SET run = :run, state = :state, reason = :reason WHERE id = :id")
                .bind("run", run.number())
                .bind("state", DriftState.CHECKING.word())
                .bind("reason", reason)
                .bind("id", id)
                .execute();
    }

    void end(Transaction transaction, long id, DriftState state, String reason) {
        transaction
                .handle()
                .createUpdate("UPDATE drift_check SET state = :state, reason = :reason, ended_at = :now WHERE id = :id")
                .bind("state", state.word())
                .bind("reason", reason)
                .bind("now", transaction.now().toEpochMilli())
                .bind("id", id)
                .execute();
    }

    private static DriftCheck row(ResultSet row, StatementContext context) throws SQLException {
        long run = row.getLong("run");
        RunId ordered = row.wasNull() ? null : new RunId(run);
        long ended = row.getLong("ended_at");
        Instant endedAt = row.wasNull() ? null : Instant.ofEpochMilli(ended);
        return new DriftCheck(
                row.getLong("id"),
                new StackId(row.getString("repository"), row.getString("folder")),
                row.getString("actor"),
                ordered,
                DriftState.of(row.getString("state")),
                row.getString("reason"),
                Instant.ofEpochMilli(row.getLong("at")),
                endedAt);
    }
}
