package dev.plumbline.review;

import dev.plumbline.store.Transaction;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Who asked this server for branches that take changes back; the only writer of their table. A forge names the server as who made
 * them, but whoever asked has a hand in them.
 */
final class RevertRequests {

    /** Kept also where the branch was deleted since: it may be pushed again as it was. */
    void record(Transaction transaction, String repository, String branch, String actor) {
        transaction
                .handle()
                .execute(
                        "INSERT INTO revert_request (repository, branch, actor) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        repository,
                        branch,
                        actor);
    }

    /** Whoever asked for a branch; empty for one that nobody asked for. */
    Set<String> by(Handle handle, String repository, String branch) {
        return Set.copyOf(handle.createQuery(
                        "SELECT actor FROM revert_request WHERE repository = :repository AND branch = :branch")
                .bind("repository", repository)
                .bind("branch", branch)
                .mapTo(String.class)
                .list());
    }
}
