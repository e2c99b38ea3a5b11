package dev.plumbline.review;

import dev.plumbline.forge.Outbox;
import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Subject;
import dev.plumbline.store.Transaction;
import java.util.Optional;
import java.util.stream.Stream;

/** Whoever may wait for what becomes of a stack, or was overtaken by it: looked at again whenever something of it moved. */
final class Waiters {
    private final Intents intents;
    private final Changes changes;
    private final Advances advances;
    private final Outbox outbox;

    Waiters(Intents intents, Changes changes, Advances advances, Outbox outbox) {
        this.intents = intents;
        this.changes = changes;
        this.advances = advances;
        this.outbox = outbox;
    }

    /** Marks the repository's intents that wait, older ones of the same stack, and its open changes; and tells of the merge. */
    void wake(Transaction transaction, Intent moved) {
        String repository = moved.stack().repository();
        Intent.Promise promise = moved.promise();
        boolean settled = intents.ofMerge(transaction.handle(), promise.merge()).stream()
                .allMatch(intent -> intent.state().settled());
        Telling telling = settled ? outbox::tell : outbox::tellProgress;
        telling.tell(transaction, repository, promise.commit(), Merges.subject(promise.merge()));
        Stream.concat(
                        Optional.ofNullable(moved.change())
                                .flatMap(number -> changes.find(transaction.handle(), number))
                                .stream(),
                        changes
                                .mergedWith(
                                        transaction.handle(),
                                        promise.merge(),
                                        moved.stack().folder())
                                .stream())
                .distinct()
                .forEach(change -> telling.tell(transaction, repository, change.head(), change.subject()));
        intents.unended(transaction.handle()).stream()
                .filter(other -> other.stack().repository().equals(repository) && other.id() != moved.id())
                .filter(other -> waits(other) || other.stack().equals(moved.stack()))
                .forEach(other -> advances.mark(transaction, other.subject()));
        changes.open(transaction.handle(), repository).forEach(change -> advances.mark(transaction, change.subject()));
    }

    /** At once where all of it settled, else in time. */
    private interface Telling {
        void tell(Transaction transaction, String repository, CommitSha commit, Subject about);
    }

    private static boolean waits(Intent other) {
        return other.state() == IntentState.WAITING || other.state() == IntentState.BLOCKED;
    }
}
