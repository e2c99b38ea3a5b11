package dev.plumbline.forge;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Subject;
import dev.plumbline.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be told on commits of remotes; the only writer of its table. It is written down in the transaction in which it comes
 * about, and posted once its remote can be reached. The text is made at that moment, so that ten things that came about meanwhile
 * are one text.
 */
public final class Outbox {
    /** How much is told at once. */
    static final int MOST = 200;

    /** When something may be told that was asked for at once: whatever was told just before. */
    private static final int AT_ONCE = -1;

    /** When something may be told that goes on: now, where nothing was told of it just before. */
    private static final int IN_TIME = 0;

    /** While something goes on, it is told at most that often. */
    private static final Duration PACE = Duration.ofSeconds(3);

    private final Database database;
    private final Advances advances;
    private final Remotes remotes;
    private final RemoteBook book;

    /**
     * Something to be told.
     *
     * @param about what it is about, a change or a merge
     * @param marked up to which mark it is told once it was posted
     * @param statuses fingerprints of those that stand there
     */
    record Due(CommitSha commit, Subject about, long marked, Set<String> statuses) {

        Letter letter() {
            return new Letter(commit, about);
        }
    }

    /** What names something to be told, however often it is, within its repository. */
    record Letter(CommitSha commit, Subject about) {}

    public Outbox(Database database, Advances advances, Remotes remotes) {
        this.database = database;
        this.advances = advances;
        this.remotes = remotes;
        this.book = new RemoteBook(database);
    }

    /**
     * Something about a subject came about. It is told now; where that takes a look, or nothing is told, its remote is looked at
     * now: what stands there unmoved from then on is known to have come about before it moved. Does nothing where the repository
     * lives here.
     */
    public void tell(Transaction transaction, String repository, CommitSha commit, Subject about) {
        Optional<RemoteBook.Row> row =
                remotes.of(repository).flatMap(remote -> book.find(transaction.handle(), repository));
        if (row.isEmpty()) {
            return;
        }
        ForgeConfig forge = remotes.of(repository).orElseThrow().forge();
        if (forge.told()) {
            due(transaction, repository, commit, about, AT_ONCE);
        }
        if (!forge.told() || !forge.kind().pulls()) {
            book.hurry(transaction, row.get());
        }
        advances.mark(transaction, row.get().subject());
    }

    /**
     * Something goes on: told every few seconds, without a look, where there are pull requests. Does nothing where there are none,
     * since there only what came of it is told.
     */
    public void tellProgress(Transaction transaction, String repository, CommitSha commit, Subject about) {
        remotes.of(repository)
                .filter(remote -> remote.forge().kind().pulls())
                .flatMap(remote -> book.find(transaction.handle(), repository))
                .ifPresent(row -> {
                    due(transaction, repository, commit, about, IN_TIME);
                    advances.mark(transaction, row.subject());
                });
    }

    /** @param at {@link #AT_ONCE} or {@link #IN_TIME} */
    private static void due(Transaction transaction, String repository, CommitSha commit, Subject about, int at) {
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO note (repository, commit_sha, subject, marked, posted, next_at)
                        VALUES (:repository, :commit, :subject, 1, 0, :at)
                        ON CONFLICT (repository, commit_sha, subject) DO UPDATE
                           SET marked = note.marked + 1,
                               next_at = CASE WHEN :at < 0 THEN :at ELSE note.next_at END
                        """)
                .bind("repository", repository)
                .bind("commit", commit.hex())
                .bind("subject", about.toString())
                .bind("at", at)
                .execute();
    }

    /** What is to be told on a remote by now. */
    List<Due> due(String repository, Instant now) {
        return database.read(handle -> handle.createQuery("""
                        SELECT commit_sha, subject, marked, statuses FROM note
                         WHERE repository = :repository AND marked > posted AND next_at <= :now
                         ORDER BY subject LIMIT :limit
                        """)
                .bind("repository", repository)
                .bind("now", now.toEpochMilli())
                .bind("limit", MOST)
                .map((row, context) -> new Due(
                        new CommitSha(row.getString("commit_sha")),
                        Subject.parse(row.getString("subject")),
                        row.getLong("marked"),
                        Set.copyOf(List.of(row.getString("statuses").split(" ")))))
                .list());
    }

    /** Whether something newer is to be told of it at once, so that nobody needs what is left of this. */
    boolean overtaken(String repository, Due due) {
        return database.read(handle -> handle.createQuery("""
                        SELECT COUNT(*) FROM note
                         WHERE repository = :repository AND commit_sha = :commit AND subject = :subject
                           AND marked > :marked AND next_at < 0
                        """)
                        .bind("repository", repository)
                        .bind("commit", due.commit().hex())
                        .bind("subject", due.about().toString())
                        .bind("marked", due.marked())
                        .mapTo(Long.class)
                        .one()
                > 0);
    }

    /** The repositories of which something is to be told by now. */
    List<String> repositories(Instant now) {
        return database.read(handle -> handle.createQuery("""
                        SELECT DISTINCT repository FROM note WHERE marked > posted AND next_at <= :now
                        """)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .list());
    }

    /**
     * It was told.
     *
     * @param statuses fingerprints of those that stand there now
     */
    void told(Transaction transaction, String repository, Due due, Collection<String> statuses) {
        // What was asked for at once meanwhile stays so.
        transaction
                .handle()
                .createUpdate("""
                        UPDATE note SET posted = :marked, statuses = :statuses,
                               next_at = CASE WHEN marked > :marked AND next_at < 0 THEN next_at ELSE :next END
                         WHERE repository = :repository AND commit_sha = :commit AND subject = :subject
                           AND posted < :marked
                        """)
                .bind("marked", due.marked())
                .bind("statuses", String.join(" ", statuses))
                .bind("next", transaction.now().plus(PACE).toEpochMilli())
                .bind("repository", repository)
                .bind("commit", due.commit().hex())
                .bind("subject", due.about().toString())
                .execute();
    }

    /**
     * It can't be told now, for a reason of its own; what comes about meanwhile is told all the same.
     *
     * @param statuses fingerprints of those that stand there all the same
     */
    void later(Transaction transaction, String repository, Due due, Collection<String> statuses, Instant next) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE note SET statuses = :statuses,
                               next_at = CASE WHEN marked = :marked THEN :next ELSE next_at END
                         WHERE repository = :repository AND commit_sha = :commit AND subject = :subject
                        """)
                .bind("statuses", String.join(" ", statuses))
                .bind("next", next.toEpochMilli())
                .bind("repository", repository)
                .bind("commit", due.commit().hex())
                .bind("subject", due.about().toString())
                .bind("marked", due.marked())
                .execute();
    }

    /** What is to be told {@link #later} is due now, since somebody asks for it. */
    void hurry(Transaction transaction, String repository) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE note SET next_at = :now
                         WHERE repository = :repository AND marked > posted AND next_at > :paced
                        """)
                .bind("now", transaction.now().toEpochMilli())
                .bind("repository", repository)
                .bind("paced", transaction.now().plus(PACE).toEpochMilli())
                .execute();
    }
}
