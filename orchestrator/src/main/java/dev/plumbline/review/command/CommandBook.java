package dev.plumbline.review.command;

import dev.plumbline.forge.PullComment;
import dev.plumbline.forge.Remote;
import dev.plumbline.store.Database;
import dev.plumbline.store.Subject;
import dev.plumbline.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The commands that were found; the only writer of their table. */
final class CommandBook {
    static final String KIND = "command";

    private final Database database;

    CommandBook(Database database) {
        this.database = database;
    }

    /** How far one has come. */
    enum State {
        /** It was not looked at yet. */
        WAITING,
        /** It was seen, and may wait for what it began. */
        BEGUN,
        /** It was done; its author is not told yet. */
        DONE,
        /** It was refused; its author is not told yet. */
        REFUSED,
        /** Its author was told. */
        TOLD
    }

    /**
     * One command.
     *
     * @param pull the forge's number of the pull request it stands on
     * @param comment the forge's id of the comment it stands in
     * @param place its place in that comment, from zero
     * @param line as it was typed
     * @param at when it was said, by the forge's clock
     * @param movedAt when it was heard, by our own clock
     * @param answer what its author is told besides a sign; empty for nothing
     */
    record Row(
            long id,
            String repository,
            long pull,
            long comment,
            int place,
            String author,
            String line,
            Instant at,
            Instant movedAt,
            State state,
            String answer) {

        /**
         * Whether another one on the same pull request must wait for it: in one comment until it has come to its end, else until it
         * was looked at.
         */
        boolean goesBefore(Row other) {
            return id < other.id && (comment == other.comment ? state != State.TOLD : state == State.WAITING);
        }

        /** As the history names people of a forge. */
        String actor(Remote remote) {
            return remote.actor(author);
        }

        Subject subject() {
            return subject(id);
        }

        static Subject subject(long id) {
            return new Subject(KIND, id);
        }
    }

    /** Writes one down; empty where it was before. */
    Optional<Subject> heard(Transaction transaction, String repository, PullComment comment, int place, String line) {
        long id = transaction.next("command");
        int made = transaction
                .handle()
                .createUpdate("""
                        INSERT INTO pull_command (id, repository, pull, comment, place, author, line, said_at, moved_at, state, answer)
                        VALUES (:id, :repository, :pull, :comment, :place, :author, :line, :at, :now, 'WAITING', '')
                        ON CONFLICT (repository, comment, place) DO NOTHING
                        """)
                .bind("id", id)
                .bind("repository", repository)
                .bind("pull", comment.pull())
                .bind("comment", comment.id())
                .bind("place", place)
                .bind("author", comment.author())
                .bind("line", line)
                .bind("at", comment.at().toEpochMilli())
                .bind("now", transaction.now().toEpochMilli())
                .execute();
        return made == 1 ? Optional.of(Row.subject(id)) : Optional.empty();
    }

    Optional<Row> find(long id) {
        return database.read(handle -> handle.createQuery("SELECT * FROM pull_command WHERE id = :id")
                .bind("id", id)
                .map(CommandBook::row)
                .findOne());
    }

    /** All on the same pull request whose authors were not told yet, in order. */
    List<Row> openBeside(Row row) {
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM pull_command
                         WHERE repository = :repository AND pull = :pull AND state <> 'TOLD' ORDER BY id
                        """)
                .bind("repository", row.repository())
                .bind("pull", row.pull())
                .map(CommandBook::row)
                .list());
    }

    /** All whose authors were not told yet. */
    List<Subject> open() {
        return database.read(
                handle -> handle.createQuery("SELECT id FROM pull_command WHERE state <> 'TOLD' ORDER BY id")
                        .mapTo(Long.class)
                        .map(Row::subject)
                        .list());
    }

    void move(Transaction transaction, Row row, State state, String answer) {
        transaction
                .handle()
                .execute("UPDATE pull_command SET state = ?, answer = ? WHERE id = ?", state.name(), answer, row.id());
    }

    private static Row row(ResultSet row, StatementContext context) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("repository"),
                row.getLong("pull"),
                row.getLong("comment"),
                row.getInt("place"),
                row.getString("author"),
                row.getString("line"),
                Instant.ofEpochMilli(row.getLong("said_at")),
                Instant.ofEpochMilli(row.getLong("moved_at")),
                State.valueOf(row.getString("state")),
                row.getString("answer"));
    }
}
