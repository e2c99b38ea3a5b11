package dev.plumbline.review;

import dev.plumbline.store.Advances;
import dev.plumbline.store.Transaction;

/** Whoever may wait for what becomes of a stack, or was overtaken by it: looked at again whenever something of it moved. */
final class Waiters {
    private final Intents intents;
    private final Changes changes;
    private final Advances advances;

    Waiters(Intents intents, Changes changes, Advances advances) {
        this.intents = intents;
        this.changes = changes;
        this.advances = advances;
    }

    /** Marks the repository's other intents that have not ended, older ones of the same stack too, and its open changes. */
    void wake(Transaction transaction, Intent moved) {
        String repository = moved.stack().repository();
        intents.unended(transaction.handle()).stream()
                .filter(other -> other.stack().repository().equals(repository) && other.id() != moved.id())
                .forEach(other -> advances.mark(transaction, other.subject()));
        changes.open(transaction.handle(), repository).forEach(change -> advances.mark(transaction, change.subject()));
    }
}
