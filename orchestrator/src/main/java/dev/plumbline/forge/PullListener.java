package dev.plumbline.forge;

import dev.plumbline.store.Transaction;

/** Hears of pull requests of which something else than their commits changed. */
public interface PullListener {

    /**
     * Its title, its labels, or whether it is a draft, changed.
     *
     * @param before as it was known
     * @param now as it is written down from now on
     */
    void changed(Transaction transaction, PullBook.Entry before, PullRequest now);
}
