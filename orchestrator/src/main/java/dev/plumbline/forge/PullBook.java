package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** What is known of pull requests; the only writer of their table. */
public final class PullBook {
    private final Database database;
    private final ShownPlans shownPlans = new ShownPlans();

    /**
     * A pull request, and what stands for it here.
     *
     * @param open whether it was at the last look
     * @param change that it is, by its number here; null before it was taken in
     * @param comment ours on it, by the forge's id; null while there is none
     * @param told the fingerprint of what that says; null while there is none
     * @param updatedSeen when its last update was first seen, by our clock
     * @param mergedBy the login of who merged it; null where nobody did, or nobody asked the forge yet
     * @param mergedAs the commit on its base that it became; null where it became none, or nobody asked the forge yet
     */
    public record Entry(
            String repository,
            PullRequest pull,
            boolean open,
            @Nullable Long change,
            @Nullable Long comment,
            @Nullable String told,
            Instant updatedSeen,
            @Nullable String mergedBy,
            @Nullable CommitSha mergedAs) {}

    public PullBook(Database database) {
        this.database = database;
    }

    /**
     * Writes down which pull requests are open now, and which were merged; all others of the repository no longer are open.
     *
     * @param listener hears of those that changed
     */
    void seen(Transaction transaction, String repository, OpenPulls.Listed listed, PullListener listener) {
        listed.ended().stream()
                .filter(pull -> pull.mergedAs().isPresent())
                .forEach(pull -> merged(transaction, repository, pull));
        Set<Long> gone = open(transaction.handle(), repository);
        for (PullRequest pull : listed.open()) {
            boolean known = gone.remove(pull.number());
            find(transaction.handle(), repository, pull.number())
                    .filter(before -> !before.pull().equals(pull))
                    .ifPresent(before -> listener.changed(transaction, before, pull));
            put(transaction, repository, pull);
            if (!known) {
                listener.opened(
                        transaction,
                        find(transaction.handle(), repository, pull.number()).orElseThrow());
            }
        }
        gone.forEach(number -> close(transaction, repository, number));
    }

    /** The numbers of those that were open when their repository was looked at last; the caller's own. */
    Set<Long> open(String repository) {
        return database.read(handle -> open(handle, repository));
    }

    private static Set<Long> open(Handle handle, String repository) {
        return new HashSet<>(handle.createQuery("SELECT number FROM pull WHERE repository = :repository AND open")
                .bind("repository", repository)
                .mapTo(Long.class)
                .list());
    }

    /** Writes down that one was merged, which may never have been seen open, or not with that head. */
    void merged(Transaction transaction, String repository, PullDetail merged) {
        PullRequest pull = merged.pull();
        if (find(transaction.handle(), repository, pull.number()).isEmpty()) {
            put(transaction, repository, pull);
            close(transaction, repository, pull.number());
        }
        transaction
                .handle()
                .createUpdate("""
                        UPDATE pull
                           SET head = :head, base = :base, merged_as = :commit, merged_by = COALESCE(:login, merged_by)
                         WHERE repository = :repository AND number = :number
                        """)
                .bind("head", pull.head().hex())
                .bind("base", pull.base())
                .bind("commit", merged.mergedAs().map(CommitSha::hex).orElseThrow())
                .bind("login", merged.mergedBy().orElse(null))
                .bind("repository", repository)
                .bind("number", pull.number())
                .execute();
    }

    /**
     * Those that were merged into a branch and that no change stands for here: nobody saw them open, or vouched for what a fork brought.
     */
    public List<Entry> mergedWithoutChange(Handle handle, String repository, String base) {
        return handle.createQuery("""
                        SELECT * FROM pull
                         WHERE repository = :repository AND base = :base AND merged_as IS NOT NULL AND change IS NULL
                         ORDER BY number
                        """)
                .bind("repository", repository)
                .bind("base", base)
                .map(PullBook::entry)
                .list();
    }

    private static void close(Transaction transaction, String repository, long number) {
        transaction
                .handle()
                .execute("UPDATE pull SET open = FALSE WHERE repository = ? AND number = ?", repository, number);
    }

    private static void put(Transaction transaction, String repository, PullRequest pull) {
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO pull (repository, number, branch, foreign_branch, head, base, title, author, url, draft,
                                          labels, updated, updated_seen, open)
                        VALUES (:repository, :number, :branch, :foreign, :head, :base, :title, :author, :url, :draft, :labels,
                                :updated, :now, TRUE)
                        ON CONFLICT (repository, number) DO UPDATE
                           SET branch = :branch, head = :head, base = :base, title = :title, author = :author, url = :url,
                               draft = :draft, labels = :labels, open = TRUE,
                               updated_seen = CASE WHEN updated = :updated THEN updated_seen ELSE :now END, updated = :updated
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
                .bind("updated", pull.updated().toEpochMilli())
                .bind("now", transaction.now().toEpochMilli())
                .execute();
    }

    /**
     * The newest pull request of a branch of the repository itself, or of one that stands for a fork.
     *
     * @param base the branch that it is to be merged into: others may want the same branch merged elsewhere
     */
    public Optional<Entry> newestOf(Handle handle, String repository, String branch, String base) {
        Optional<Long> fork = Fork.pull(branch);
        if (fork.isPresent()) {
            return find(handle, repository, fork.get())
                    .filter(entry -> entry.pull().foreign());
        }
        return handle.createQuery("""
                        SELECT * FROM pull
                         WHERE repository = :repository AND branch = :branch AND base = :base AND NOT foreign_branch
                         ORDER BY open DESC, number DESC LIMIT 1
                        """)
                .bind("repository", repository)
                .bind("branch", branch)
                .bind("base", base)
                .map(PullBook::entry)
                .findOne();
    }

    /** A pull request by the forge's own number. */
    public Optional<Entry> find(String repository, long number) {
        return database.read(handle -> find(handle, repository, number));
    }

    /** {@link #find(String, long)} within a transaction. */
    public Optional<Entry> find(Handle handle, String repository, long number) {
        return handle.createQuery("SELECT * FROM pull WHERE repository = :repository AND number = :number")
                .bind("repository", repository)
                .bind("number", number)
                .map(PullBook::entry)
                .findOne();
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

    /** A pull request is that change from now on, and no other one that is open. */
    public void is(Transaction transaction, Entry entry, long change) {
        transaction
                .handle()
                .execute(
                        "UPDATE pull SET change = NULL WHERE change = ? AND open AND number <> ?",
                        change,
                        entry.pull().number());
        transaction
                .handle()
                .execute(
                        "UPDATE pull SET change = ? WHERE repository = ? AND number = ?",
                        change,
                        entry.repository(),
                        entry.pull().number());
    }

    /**
     * Our comment on it stands there.
     *
     * @param told the fingerprint of what it says
     * @param shown what can be approved by reading it
     */
    void commented(Entry entry, PullForge.Written comment, String told, Optional<PullText.Shown> shown) {
        database.change(transaction -> {
            transaction
                    .handle()
                    .execute(
                            "UPDATE pull SET comment = ?, told = ? WHERE repository = ? AND number = ?",
                            comment.id(),
                            told,
                            entry.repository(),
                            entry.pull().number());
            shown.ifPresent(now -> shownPlans.since(transaction, entry, comment.at(), now));
        });
    }

    /** Whether our comment on a pull request ever showed plans of one of its heads before that was merged. */
    public boolean showedPlans(Entry entry, CommitSha head) {
        return database.read(handle -> shownPlans.beforeMerge(handle, entry, head));
    }

    /** Whether our comment on a pull request ever showed that. */
    public boolean showed(Handle handle, Entry entry, PullText.Shown shown) {
        return shownPlans.ever(handle, entry, shown);
    }

    /**
     * What our comment on a pull request showed at a moment of the forge's clock; empty where it showed no plans yet, or where it
     * changed in that very moment, so that nobody can tell.
     */
    public Optional<PullText.Shown> shownAt(Entry entry, Instant moment) {
        return database.read(handle -> shownPlans.at(handle, entry, moment));
    }

    /** Somebody who may write in the repository read that commit of a fork, and asks that it be planned. */
    public void vouch(Transaction transaction, Entry entry, CommitSha commit, String actor) {
        transaction
                .handle()
                .execute(
                        "UPDATE pull SET vouched = ?, vouched_by = ? WHERE repository = ? AND number = ?",
                        commit.hex(),
                        actor,
                        entry.repository(),
                        entry.pull().number());
    }

    /** Commits of forks that somebody vouched for, by the pull requests' numbers. */
    public Map<Long, CommitSha> vouched(String repository) {
        return database.read(handle -> handle.createQuery(
                        "SELECT number, vouched FROM pull WHERE repository = :repository AND vouched IS NOT NULL AND open")
                .bind("repository", repository)
                .map((row, context) -> Map.entry(row.getLong(1), new CommitSha(row.getString(2))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Who merged it, as the forge says. */
    public void mergedBy(Transaction transaction, Entry entry, String login) {
        transaction
                .handle()
                .execute(
                        "UPDATE pull SET merged_by = ? WHERE repository = ? AND number = ?",
                        login,
                        entry.repository(),
                        entry.pull().number());
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
                        row.getString("labels").lines().toList(),
                        Instant.ofEpochMilli(row.getLong("updated"))),
                row.getBoolean("open"),
                number(row, "change"),
                number(row, "comment"),
                row.getString("told"),
                Instant.ofEpochMilli(row.getLong("updated_seen")),
                row.getString("merged_by"),
                commit(row.getString("merged_as")));
    }

    private static @Nullable CommitSha commit(@Nullable String hex) {
        return hex == null ? null : new CommitSha(hex);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
