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

    /** It goes on: those who read of it are told in time, since it may take long. */
    void begun(Transaction transaction, Intent intent) {
        tell(transaction, intent, outbox::tellProgress);
    }

    /** Marks the repository's intents that wait, older ones of the same stack, and its open changes; and tells of the merge. */
    void wake(Transaction transaction, Intent moved) {
        String repository = moved.stack().repository();
        boolean settled = intents.ofMerge(transaction.handle(), moved.promise().merge()).stream()
                .allMatch(intent -> intent.state().settled());
        tell(transaction, moved, settled ? outbox::tell : outbox::tellProgress);
        intents.unended(transaction.handle()).stream()
                .filter(other -> other.stack().repository().equals(repository) && other.id() != moved.id())
                .filter(other -> waits(other) || other.stack().equals(moved.stack()))
                .forEach(other -> advances.mark(transaction, other.subject()));
        changes.open(transaction.handle(), repository).forEach(change -> advances.mark(transaction, change.subject()));
    }

    /** Of the merge, and of all changes that it brought to the stack. */
    private void tell(Transaction transaction, Intent intent, Telling telling) {
        String repository = intent.stack().repository();
        Intent.Promise promise = intent.promise();
        telling.tell(transaction, repository, promise.commit(), Merges.subject(promise.merge()));
        Stream.concat(
                        Optional.ofNullable(intent.change())
                                .flatMap(number -> changes.find(transaction.handle(), number))
                                .stream(),
                        changes
                                .mergedWith(
                                        transaction.handle(),
                                        promise.merge(),
                                        intent.stack().folder())
                                .stream())
                .distinct()
                .forEach(change -> telling.tell(transaction, repository, change.head(), change.subject()));
    }

    /** At once where all of it settled, else in time. */
    private interface Telling {
        void tell(Transaction transaction, String repository, CommitSha commit, Subject about);
    }

    private static boolean waits(Intent other) {
        return other.state() == IntentState.WAITING || other.state() == IntentState.BLOCKED;
    }
}
