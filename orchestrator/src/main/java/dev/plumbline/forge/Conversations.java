package dev.plumbline.forge;

import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Follows what is said on the pull requests of each remote, also while the server was down; the only writer of its table. */
final class Conversations {
    /**
     * What was said so long before the newest is read again: forges count in whole seconds, show what was said at the same time one after
     * the other, and move it from page to page while they are read.
     */
    private static final Duration ONCE_MORE = Duration.ofMinutes(1);

    private final Database database;
    private final CommentListener listener;

    Conversations(Database database, CommentListener listener) {
        this.database = database;
        this.listener = listener;
    }

    /** Begins to follow: what was said before is not for us. */
    void begin(Transaction transaction, Remote remote) {
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO comment_cursor (repository, since) VALUES (:repository, :now)
                        ON CONFLICT (repository) DO NOTHING
                        """)
                .bind("repository", remote.repository())
                .bind("now", transaction.now().plus(ONCE_MORE).toEpochMilli())
                .execute();
    }

    /**
     * Up to where a conversation was followed.
     *
     * @param heard the ids of what was said in the time before that which is read once more
     */
    private record Cursor(Instant since, Set<Long> heard) {}

    /**
     * Reads what was said since the last time.
     *
     * @return why it can't be read; empty where it was
     */
    Optional<Trouble> follow(Remote remote, PullForge forge) {
        Cursor cursor = cursor(remote);
        Instant from = cursor.since().minus(ONCE_MORE);
        return forge.comments(remote, from)
                .then(comments -> {
                    List<PullComment> fresh = comments.stream()
                            .filter(comment -> !comment.at().isBefore(from))
                            .filter(comment -> !cursor.heard().contains(comment.id()))
                            .toList();
                    if (!fresh.isEmpty()) {
                        database.change(transaction -> heard(transaction, remote, cursor, comments, fresh));
                    }
                    return new Answer.Given<>(comments);
                })
                .failure();
    }

    private void heard(
            Transaction transaction, Remote remote, Cursor before, List<PullComment> all, List<PullComment> fresh) {
        listener.said(transaction, remote, fresh);
        Instant newest = fresh.get(fresh.size() - 1).at();
        Instant since = newest.isAfter(before.since()) ? newest : before.since();
        Instant from = since.minus(ONCE_MORE);
        Stream<Long> heard =
                all.stream().filter(comment -> !comment.at().isBefore(from)).map(PullComment::id);
        transaction
                .handle()
                .createUpdate("UPDATE comment_cursor SET since = :since, heard = :heard WHERE repository = :repository")
                .bind("since", since.toEpochMilli())
                .bind("heard", heard.map(String::valueOf).collect(Collectors.joining("\n")))
                .bind("repository", remote.repository())
                .execute();
    }

    private Cursor cursor(Remote remote) {
        return database.read(handle -> handle.createQuery(
                        "SELECT since, heard FROM comment_cursor WHERE repository = :repository")
                .bind("repository", remote.repository())
                .map((row, context) -> new Cursor(
                        Instant.ofEpochMilli(row.getLong("since")),
                        row.getString("heard").lines().map(Long::valueOf).collect(Collectors.toSet())))
                .one());
    }
}
