package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What is known of pull requests; the only writer of their table. */
public final class PullBook {
    private final Database database;

    /**
     * A pull request, and what stands for it here.
     *
     * @param open whether it was at the last look
     * @param change that it is, by its number here; null before it was taken in
     * @param comment ours on it, by the forge's id; null while there is none
     * @param told the fingerprint of what that says; null while there is none
     */
    public record Entry(
            String repository,
            PullRequest pull,
            boolean open,
            @Nullable Long change,
            @Nullable Long comment,
            @Nullable String told) {}

    public PullBook(Database database) {
        this.database = database;
    }

    /** Writes down which pull requests are open now; all others of the repository no longer are. */
    void seen(Transaction transaction, String repository, List<PullRequest> open) {
        Set<Long> gone = new HashSet<>(transaction
                .handle()
                .createQuery("SELECT number FROM pull WHERE repository = :repository AND open")
                .bind("repository", repository)
                .mapTo(Long.class)
                .list());
        for (PullRequest pull : open) {
            gone.remove(pull.number());
            put(transaction, repository, pull);
        }
        gone.forEach(number -> transaction
                .handle()
                .execute("UPDATE pull SET open = FALSE WHERE repository = ? AND number = ?", repository, number));
    }

    private static void put(Transaction transaction, String repository, PullRequest pull) {
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO pull (repository, number, branch, foreign_branch, head, base, title, author, url, draft,
                                          labels, open)
                        VALUES (:repository, :number, :branch, :foreign, :head, :base, :title, :author, :url, :draft, :labels, TRUE)
                        ON CONFLICT (repository, number) DO UPDATE
                           SET branch = :branch, head = :head, base = :base, title = :title, author = :author, url = :url,
                               draft = :draft, labels = :labels, open = TRUE
                        """)
                .bind("repository", repository)
                .bind("number", pull.number())
                .bind("branch", pull.branch())
                .bind("foreign", pull.foreign())
                .bind("head", pull.head().hex())
                .bind("base", pull.base())
                .bind("title", pull.title())
                .bind("author", pull.author())
                .bind("url", pull.url())
                .bind("draft", pull.draft())
                .bind("labels", String.join("\n", pull.labels()))
                .execute();
    }

    /** The newest pull request of a branch of the repository itself. */
    public Optional<Entry> newestOf(Handle handle, String repository, String branch) {
        return handle.createQuery("""
                        SELECT * FROM pull
                         WHERE repository = :repository AND branch = :branch AND NOT foreign_branch
                         ORDER BY open DESC, number DESC LIMIT 1
                        """)
                .bind("repository", repository)
                .bind("branch", branch)
                .map(PullBook::entry)
                .findOne();
    }

    /** A pull request by the forge's own number. */
    public Optional<Entry> find(String repository, long number) {
        return database.read(
                handle -> handle.createQuery("SELECT * FROM pull WHERE repository = :repository AND number = :number")
                        .bind("repository", repository)
                        .bind("number", number)
                        .map(PullBook::entry)
                        .findOne());
    }

    /** The pull request that a change is. */
    public Optional<Entry> ofChange(long change) {
        return database.read(handle -> ofChange(handle, change));
    }

    /** {@link #ofChange(long)} within a transaction. */
    public Optional<Entry> ofChange(Handle handle, long change) {
        return handle.createQuery("SELECT * FROM pull WHERE change = :change ORDER BY number DESC LIMIT 1")
                .bind("change", change)
                .map(PullBook::entry)
                .findOne();
    }

    /** A pull request is that change from now on. */
    public void is(Transaction transaction, Entry entry, long change) {
        transaction
                .handle()
                .execute(
                        "UPDATE pull SET change = ? WHERE repository = ? AND number = ?",
                        change,
                        entry.repository(),
                        entry.pull().number());
    }

    /**
     * Our comment on it has that id.
     *
     * @param told the fingerprint of what it says
     */
    void commented(Entry entry, long comment, String told) {
        database.change(transaction -> transaction
                .handle()
                .execute(
                        "UPDATE pull SET comment = ?, told = ? WHERE repository = ? AND number = ?",
                        comment,
                        told,
                        entry.repository(),
                        entry.pull().number()));
    }

    private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
        return new Entry(
                row.getString("repository"),
                new PullRequest(
                        row.getLong("number"),
                        row.getString("branch"),
                        row.getBoolean("foreign_branch"),
                        new CommitSha(row.getString("head")),
                        row.getString("base"),
                        row.getString("title"),
                        row.getString("author"),
                        row.getString("url"),
                        row.getBoolean("draft"),
                        row.getString("labels").lines().toList()),
                row.getBoolean("open"),
                number(row, "change"),
                number(row, "comment"),
                row.getString("told"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
