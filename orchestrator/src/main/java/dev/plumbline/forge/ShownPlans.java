package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Which plans our comments on pull requests showed since when, by the forges' clocks: whoever approves has read what stood there.
 * The only writer of its table.
 */
final class ShownPlans {
    private record SeenAt(PullText.Shown shown, Instant at) {}

    /** A comment shows that from a moment on. */
    void since(Transaction transaction, PullBook.Entry entry, Instant at, PullText.Shown shown) {
        Optional<PullText.Shown> before =
                until(transaction.handle(), entry, Instant.ofEpochMilli(Long.MAX_VALUE)).stream()
                        .findFirst()
                        .map(SeenAt::shown);
        if (before.equals(Optional.of(shown))) {
            return;
        }
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO pull_shown (repository, number, at, head, digest)
                        VALUES (:repository, :number, :at, :head, :digest)
                        ON CONFLICT (repository, number, at, head, digest) DO NOTHING
                        """)
                .bind("repository", entry.repository())
                .bind("number", entry.pull().number())
                .bind("at", at.toEpochMilli())
                .bind("head", shown.head().hex())
                .bind("digest", shown.digest())
                .execute();
    }

    /** See {@link PullBook#showedPlans}: what waits once it is merged is named by words, plans before that by one digest. */
    boolean beforeMerge(Handle handle, PullBook.Entry entry, CommitSha head) {
        return handle.createQuery("""
                                SELECT COUNT(*) FROM pull_shown
                                 WHERE repository = :repository AND number = :number AND head = :head
                                   AND digest NOT LIKE '% %'
                                """)
                        .bind("repository", entry.repository())
                        .bind("number", entry.pull().number())
                        .bind("head", head.hex())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** See {@link PullBook#showed}. */
    boolean ever(Handle handle, PullBook.Entry entry, PullText.Shown shown) {
        return handle.createQuery("""
                                SELECT COUNT(*) FROM pull_shown
                                 WHERE repository = :repository AND number = :number AND head = :head AND digest = :digest
                                """)
                        .bind("repository", entry.repository())
                        .bind("number", entry.pull().number())
                        .bind("head", shown.head().hex())
                        .bind("digest", shown.digest())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    /** See {@link PullBook#shownAt}. */
    Optional<PullText.Shown> at(Handle handle, PullBook.Entry entry, Instant moment) {
        List<SeenAt> until = until(handle, entry, moment);
        Set<PullText.Shown> possible = until.stream()
                .filter(seen -> seen.at().equals(moment))
                .map(SeenAt::shown)
                .collect(Collectors.toSet());
        until.stream()
                .filter(seen -> seen.at().isBefore(moment))
                .findFirst()
                .ifPresent(before -> possible.add(before.shown()));
        return possible.size() == 1 ? Optional.of(possible.iterator().next()) : Optional.empty();
    }

    /** The newest first. */
    private static List<SeenAt> until(Handle handle, PullBook.Entry entry, Instant moment) {
        return handle.createQuery("""
                        SELECT at, head, digest FROM pull_shown
                         WHERE repository = :repository AND number = :number AND at <= :moment ORDER BY at DESC
                        """)
                .bind("repository", entry.repository())
                .bind("number", entry.pull().number())
                .bind("moment", moment.toEpochMilli())
                .map((row, context) -> new SeenAt(
                        new PullText.Shown(new CommitSha(row.getString("head")), row.getString("digest")),
                        Instant.ofEpochMilli(row.getLong("at"))))
                .list();
    }
}
