package dev.plumbline.review;

import dev.plumbline.forge.Outbox;
import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Transaction;

/** Ends changes, and lets everybody know who hears of them. */
final class Endings {
    private final Changes changes;
    private final Acts acts;
    private final Outbox outbox;
    private final Advances advances;

    Endings(Changes changes, Acts acts, Outbox outbox, Advances advances) {
        this.changes = changes;
        this.acts = acts;
        this.outbox = outbox;
        this.advances = advances;
    }

    /**
     * It is part of the default branch now.
     *
     * @param merge the movement that merged it
     * @param actor who moved the branch
     * @param as the commit that the branch moved to
     * @param besides what else its readers are to know, after a semicolon; empty for nothing
     */
    void merged(Transaction transaction, Change change, long merge, String actor, CommitSha as, String besides) {
        String merged = "merged as " + as.abbreviated();
        changes.mergedBy(transaction, change.number(), merge);
        advances.mark(transaction, change.ballot());
        end(transaction, change, ChangeState.MERGED, merged + besides);
        transaction.record(actor, "change", change.id(), merged);
    }

    /** It is not wanted any more. */
    void closed(Transaction transaction, Change change, String actor, String why) {
        acts.withdraw(transaction, change, why);
        end(transaction, change, ChangeState.CLOSED, why);
        transaction.record(actor, "change", change.id(), "closed: " + why);
    }

    private void end(Transaction transaction, Change change, ChangeState state, String reason) {
        changes.move(transaction, change.number(), state, reason);
        outbox.tellProgress(transaction, change.repository(), change.head(), change.subject());
        advances.mark(transaction, change.subject());
    }
}
