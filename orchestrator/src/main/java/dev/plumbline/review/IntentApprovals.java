package dev.plumbline.review;

import dev.plumbline.store.Transaction;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Who approved which plans of intents, by the plans' digests; the only writer of their table. */
final class IntentApprovals {

    /** @return false where that person approved the same before */
    boolean approve(Transaction transaction, long intent, String digest, String actor) {
        return transaction
                        .handle()
                        .createUpdate("""
                                INSERT INTO approval (intent, digest, actor, at) VALUES (:intent, :digest, :actor, :at)
                                ON CONFLICT (intent, digest, actor) DO NOTHING
                                """)
                        .bind("intent", intent)
                        .bind("digest", digest)
                        .bind("actor", actor)
                        .bind("at", transaction.now().toEpochMilli())
                        .execute()
                == 1;
    }

    /** None counts any more: what is planned next may well look like what was approved. */
    void forget(Transaction transaction, long intent) {
        transaction.handle().execute("DELETE FROM approval WHERE intent = ?", intent);
    }

    int count(Handle handle, long intent, String digest) {
        return handle.createQuery("SELECT COUNT(*) FROM approval WHERE intent = :intent AND digest = :digest")
                .bind("intent", intent)
                .bind("digest", digest)
                .mapTo(Integer.class)
                .one();
    }

    /** Who approved that of it, in the order in which they did. */
    List<String> approvers(Handle handle, long intent, String digest) {
        return handle.createQuery("""
                        SELECT actor FROM approval WHERE intent = :intent AND digest = :digest ORDER BY at, actor
                        """)
                .bind("intent", intent)
                .bind("digest", digest)
                .mapTo(String.class)
                .list();
    }
}
