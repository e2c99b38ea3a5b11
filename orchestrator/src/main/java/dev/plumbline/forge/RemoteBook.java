package dev.plumbline.forge;

import dev.plumbline.store.Database;
import dev.plumbline.store.Subject;
import dev.plumbline.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What is known of each remote; the only writer of its table. */
final class RemoteBook {

    /**
     * One remote.
     *
     * @param nextAt when it is looked at again
     * @param seenAt when the last look began that succeeded and was taken in, or main was found unmoved since; null before the first
     * @param asked how often somebody asked for a look; {@code answered} is how many of them have ended
     * @param failures looks in a row that failed
     * @param trouble what keeps it from being seen, or needs a person; null where nothing does
     * @param since when that trouble began
     * @param news what the last look found, one sentence
     * @param notesRefused why the forge takes no notes; null where it does, or was not asked since this server
     *     started or somebody asked for a look
     */
    record Row(
            long id,
            String repository,
            Instant nextAt,
            @Nullable Instant seenAt,
            long asked,
            long answered,
            int failures,
            @Nullable Trouble trouble,
            @Nullable Instant since,
            String news,
            @Nullable String notesRefused) {

        Subject subject() {
            return subject(id);
        }

        static Subject subject(long id) {
            return new Subject(RemoteWatch.KIND, id);
        }

        /** Whether it is to be looked at by now. One that was seen later than now waits by a clock that was set back since. */
        boolean due(Instant now) {
            return !nextAt.isAfter(now) || failures == 0 && seenAt != null && seenAt.isAfter(now.plus(ASKEW));
        }
    }

    /** So far the clocks of two servers may differ. */
    private static final Duration ASKEW = Duration.ofMinutes(1);

    private final Database database;

    RemoteBook(Database database) {
        this.database = database;
    }

    /** Makes sure that there is a row for a repository, to be looked at at once. */
    void open(Transaction transaction, String repository) {
        if (find(transaction.handle(), repository).isPresent()) {
            transaction
                    .handle()
                    .createUpdate("""
                            UPDATE remote SET next_at = :now, notes_refused = NULL WHERE repository = :repository
                            """)
                    .bind("now", transaction.now().toEpochMilli())
                    .bind("repository", repository)
                    .execute();
            return;
        }
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO remote (id, repository, next_at, asked, answered, failures, news)
                        VALUES (:id, :repository, :now, 0, 0, 0, 'not looked at yet')
                        """)
                .bind("id", transaction.next("remote"))
                .bind("repository", repository)
                .bind("now", transaction.now().toEpochMilli())
                .execute();
    }

    Optional<Row> find(long id) {
        return database.read(handle -> handle.createQuery("SELECT * FROM remote WHERE id = :id")
                .bind("id", id)
                .map(RemoteBook::row)
                .findOne());
    }

    Optional<Row> find(Handle handle, String repository) {
        return handle.createQuery("SELECT * FROM remote WHERE repository = :repository")
                .bind("repository", repository)
                .map(RemoteBook::row)
                .findOne();
    }

    /** The forge takes no notes: not tried again before the next start, or before somebody asks. */
    void notesRefused(Transaction transaction, long id, String why) {
        transaction.handle().execute("UPDATE remote SET notes_refused = ? WHERE id = ?", why, id);
    }

    /** Those to be looked at by now, see {@link Row#due}. */
    List<Row> due(Instant now) {
        return database.read(handle -> handle.createQuery("""
                        SELECT * FROM remote WHERE next_at <= :now OR failures = 0 AND seen_at > :later ORDER BY next_at
                        """)
                .bind("now", now.toEpochMilli())
                .bind("later", now.plus(ASKEW).toEpochMilli())
                .map(RemoteBook::row)
                .list());
    }

    /** Somebody wants a look now, and notes tried again where they were refused. */
    void ask(Transaction transaction, long id) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE remote SET asked = asked + 1, next_at = :now, notes_refused = NULL WHERE id = :id
                        """)
                .bind("now", transaction.now().toEpochMilli())
                .bind("id", id)
                .execute();
    }

    /** A look is wanted now, unless the remote can't be reached: then it is tried again in its own time. */
    void hurry(Transaction transaction, Row row) {
        hurry(transaction, row, transaction.now());
    }

    /** {@link #hurry(Transaction, Row)}, at a time at the latest. */
    void hurry(Transaction transaction, Row row, Instant latest) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE remote SET next_at = CASE WHEN next_at < :latest THEN next_at ELSE :latest END,
                               asked = asked + 1
                         WHERE id = :id AND failures = 0
                        """)
                .bind("latest", latest.toEpochMilli())
                .bind("id", row.id())
                .execute();
    }

    /**
     * Records a look that was taken in.
     *
     * @param began when it began
     * @param attention what needs a person though it succeeded; null where nothing does
     */
    void seen(
            Transaction transaction, Row read, Instant began, Instant next, String news, @Nullable Trouble attention) {
        transaction
                .handle()
                .createUpdate("UPDATE remote SET seen_at = :began, failures = 0, news = :news WHERE id = :id")
                .bind("began", began.toEpochMilli())
                .bind("news", news)
                .bind("id", read.id())
                .execute();
        trouble(transaction, read, attention);
        answered(transaction, read, next);
    }

    /** Records that main was where it was seen last, at a moment after that. */
    void unmoved(Transaction transaction, Row read, Instant moment) {
        transaction.handle().execute("UPDATE remote SET seen_at = ? WHERE id = ?", moment.toEpochMilli(), read.id());
    }

    /** Records a look that failed. */
    void failed(Transaction transaction, Row read, Trouble trouble, Instant next) {
        transaction.handle().execute("UPDATE remote SET failures = failures + 1 WHERE id = ?", read.id());
        trouble(transaction, read, trouble);
        answered(transaction, read, next);
    }

    private static void trouble(Transaction transaction, Row read, @Nullable Trouble trouble) {
        boolean another =
                read.trouble() == null || trouble == null || read.trouble().kind() != trouble.kind();
        Instant since = another || read.since() == null ? transaction.now() : read.since();
        transaction
                .handle()
                .createUpdate("""
                        UPDATE remote SET trouble_kind = :kind, trouble = :sentence, trouble_since = :since
                         WHERE id = :id
                        """)
                .bind("kind", trouble == null ? null : trouble.kind().word())
                .bind("sentence", trouble == null ? null : trouble.sentence())
                .bind("since", trouble == null ? null : since.toEpochMilli())
                .bind("id", read.id())
                .execute();
    }

    /** Whoever asked before the look began has the answer; who asked since gets another look. */
    private static void answered(Transaction transaction, Row read, Instant next) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE remote SET answered = :asked,
                               next_at = CASE WHEN asked > :asked THEN :now ELSE :next END
                         WHERE id = :id
                        """)
                .bind("asked", read.asked())
                .bind("now", transaction.now().toEpochMilli())
                .bind("next", next.toEpochMilli())
                .bind("id", read.id())
                .execute();
    }

    private static Row row(ResultSet row, StatementContext context) throws SQLException {
        String kind = row.getString("trouble_kind");
        String sentence = row.getString("trouble");
        return new Row(
                row.getLong("id"),
                row.getString("repository"),
                Instant.ofEpochMilli(row.getLong("next_at")),
                instant(row, "seen_at"),
                row.getLong("asked"),
                row.getLong("answered"),
                row.getInt("failures"),
                kind == null || sentence == null ? null : new Trouble(Trouble.Kind.of(kind), sentence),
                instant(row, "trouble_since"),
                row.getString("news"),
                row.getString("notes_refused"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
