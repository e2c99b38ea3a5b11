package dev.plumbline.forge;

import dev.plumbline.store.Transaction;

/** Hears of pull requests on which something was done. */
public interface PullListener {

    /** It is open, and was not when its repository was looked at before. */
    void opened(Transaction transaction, PullBook.Entry now);

    /**
     * It was pushed to, or its title, its labels or whether it is a draft changed, or somebody said something about it.
     *
     * @param before as it was known
     * @param now as it is written down from now on
     */
    void changed(Transaction transaction, PullBook.Entry before, PullRequest now);

    /** A repository was looked at whose pull requests may have been reviewed without a sign of it. */
    void looked(Transaction transaction, String repository);
}
