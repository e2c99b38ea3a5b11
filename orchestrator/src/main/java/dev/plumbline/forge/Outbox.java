package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Subject;
import dev.plumbline.store.Transaction;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What is to be told on commits of remotes; the only writer of its table. It is written down in the transaction in which it comes
 * about, and posted once its remote can be reached. The text is made at that moment, so that ten things that came about meanwhile
 * are one text.
 */
public final class Outbox {
    /** How much is told at once. */
    static final int AT_ONCE = 200;

    private final Database database;
    private final Advances advances;
    private final Remotes remotes;
    private final RemoteBook book;

    /**
     * Something to be told.
     *
     * @param about what it is about, a change or a merge
     * @param marked up to which mark it is told once it was posted
     */
    record Due(CommitSha commit, Subject about, long marked) {}

    public Outbox(Database database, Advances advances, Remotes remotes) {
        this.database = database;
        this.advances = advances;
        this.remotes = remotes;
        this.book = new RemoteBook(database);
    }

    /**
     * Something about a subject came about. Its remote is looked at now: what stands there unmoved from then on is known to have
     * been told before it moved. Does nothing where the repository lives here.
     */
    public void tell(Transaction transaction, String repository, CommitSha commit, Subject about) {
        Optional<RemoteBook.Row> row =
                remotes.of(repository).flatMap(remote -> book.find(transaction.handle(), repository));
        if (row.isEmpty()) {
            return;
        }
        if (remotes.of(repository).orElseThrow().forge().told()) {
            due(transaction, repository, commit, about);
        }
        book.hurry(transaction, row.get());
        advances.mark(transaction, row.get().subject());
    }

    /**
     * {@link #tell} where pull requests are told while it comes about; does nothing where there are none, since there only what came
     * of it is told.
     */
    public void tellProgress(Transaction transaction, String repository, CommitSha commit, Subject about) {
        if (remotes.of(repository)
                .filter(remote -> remote.forge().kind().pulls())
                .isPresent()) {
            tell(transaction, repository, commit, about);
        }
    }

    private static void due(Transaction transaction, String repository, CommitSha commit, Subject about) {
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO note (repository, commit_sha, subject, marked, posted)
                        VALUES (:repository, :commit, :subject, 1, 0)
                        ON CONFLICT (repository, commit_sha, subject) DO UPDATE SET marked = note.marked + 1
                        """)
                .bind("repository", repository)
                .bind("commit", commit.hex())
                .bind("subject", about.toString())
                .execute();
    }

    /** What is to be told on a remote, oldest commits first. */
    List<Due> due(String repository) {
        return database.read(handle -> handle.createQuery("""
                        SELECT commit_sha, subject, marked FROM note
                         WHERE repository = :repository AND marked > posted ORDER BY subject LIMIT :limit
                        """)
                .bind("repository", repository)
                .bind("limit", AT_ONCE)
                .map((row, context) -> new Due(
                        new CommitSha(row.getString("commit_sha")),
                        Subject.parse(row.getString("subject")),
                        row.getLong("marked")))
                .list());
    }

    /** It was told. */
    void told(Transaction transaction, String repository, List<Due> all) {
        Handle handle = transaction.handle();
        all.forEach(due -> handle.createUpdate("""
                        UPDATE note SET posted = :marked
                         WHERE repository = :repository AND commit_sha = :commit AND subject = :subject
                           AND posted < :marked
                        """)
                .bind("marked", due.marked())
                .bind("repository", repository)
                .bind("commit", due.commit().hex())
                .bind("subject", due.about().toString())
                .execute());
    }
}
