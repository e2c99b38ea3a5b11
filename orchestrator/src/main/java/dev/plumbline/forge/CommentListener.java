package dev.plumbline.forge;

import dev.plumbline.store.Transaction;
import java.util.List;

/** Hears what is said on pull requests. */
public interface CommentListener {

    /**
     * Something was said. What was edited may be heard again, and is marked as such.
     *
     * @param transaction in which it is written down that they were heard
     * @param comments oldest first, ours among them
     */
    void said(Transaction transaction, Remote remote, List<PullComment> comments);
}
