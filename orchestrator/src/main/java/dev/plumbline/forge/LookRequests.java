package dev.plumbline.forge;

import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;

/** Asks that a remote be looked at now: something happened there. */
public final class LookRequests {
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
}
