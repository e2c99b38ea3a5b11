package dev.plumbline.forge;

import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Follows what is said on the pull requests of each remote, also while the server was down; the only writer of its table. */
final class Conversations {
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
                .bind("now", transaction.now().toEpochMilli())
                .execute();
    }

    /**
     * Up to where a conversation was followed.
     *
     * @param heard the ids of what was said in just that instant: forges count in whole seconds, so more may have been said in
     *     it since, and what was edited in it doesn't show that it was
     */
    private record Cursor(Instant since, Set<Long> heard) {}

    /**
     * Reads what was said since the last time.
     *
     * @return why it can't be read; empty where it was
     */
    Optional<Trouble> follow(Remote remote, PullForge forge) {
        Cursor cursor = cursor(remote);
        return forge.comments(remote, cursor.since())
                .then(comments -> {
                    List<PullComment> fresh = comments.stream()
                            .filter(comment -> !cursor.heard().contains(comment.id()))
                            .toList();
                    if (!fresh.isEmpty()) {
                        database.change(transaction -> heard(transaction, remote, cursor, fresh));
                    }
                    return new Answer.Given<>(comments);
                })
                .failure();
    }

    private void heard(Transaction transaction, Remote remote, Cursor before, List<PullComment> fresh) {
        listener.said(transaction, remote, fresh);
        Instant newest = fresh.get(fresh.size() - 1).at();
        Instant since = newest.isAfter(before.since()) ? newest : before.since();
        Stream<Long> kept = since.equals(before.since()) ? before.heard().stream() : Stream.empty();
        Stream<Long> more =
                fresh.stream().filter(comment -> comment.at().equals(since)).map(PullComment::id);
        transaction
                .handle()
                .createUpdate("UPDATE comment_cursor SET since = :since, heard = :heard WHERE repository = :repository")
                .bind("since", since.toEpochMilli())
                .bind("heard", Stream.concat(kept, more).map(String::valueOf).collect(Collectors.joining("\n")))
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
