package dev.plumbline.forge;

import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.time.Duration;
import java.time.Instant;

/** Asks that a remote be looked at now: something happened there. */
public final class LookRequests {
    /** So long a remote is let alone after a look began, however much is heard of it meanwhile. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final RemoteBook book;
    private final Advances advances;

    public LookRequests(Database database, Advances advances) {
        this.book = new RemoteBook(database);
        this.advances = advances;
    }

    /** A remote that can't be reached is tried again in its own time. Does nothing where the repository lives here. */
    public void hurry(Transaction transaction, String repository) {
        book.find(transaction.handle(), repository).ifPresent(row -> {
            book.hurry(transaction, row);
            advances.mark(transaction, row.subject());
        });
    }

    /** {@link #hurry} where that is only heard, perhaps many times a second: what is heard within a moment is one look. */
    public void hint(Transaction transaction, String repository) {
        book.find(transaction.handle(), repository).ifPresent(row -> {
            Instant seen = row.seenAt() == null ? Instant.EPOCH : row.seenAt();
            Duration pause = Duration.between(transaction.now(), seen.plus(PAUSE));
            Duration within = pause.isNegative() ? Duration.ZERO : pause;
            book.hurry(transaction, row, transaction.now().plus(within));
            advances.mark(transaction, row.subject(), within);
        });
    }
}
