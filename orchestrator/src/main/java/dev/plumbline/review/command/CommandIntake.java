package dev.plumbline.review.command;

import dev.plumbline.forge.CommentListener;
import dev.plumbline.forge.Marker;
import dev.plumbline.forge.PullComment;
import dev.plumbline.forge.Remote;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Transaction;
import java.util.List;

/** Finds commands in what is said on pull requests, and writes them down. */
final class CommandIntake implements CommentListener {
    private final CommandBook book;
    private final Advances advances;

    CommandIntake(CommandBook book, Advances advances) {
        this.book = book;
        this.advances = advances;
    }

    @Override
    public void said(Transaction transaction, Remote remote, List<PullComment> comments) {
        comments.stream().filter(CommandIntake::counts).forEach(comment -> heard(transaction, remote, comment));
    }

    /** Nobody can change what a comment asks for after others have read it, and programs don't command each other. */
    private static boolean counts(PullComment comment) {
        return !comment.bot() && !comment.edited() && !Marker.begins(comment.text());
    }

    private void heard(Transaction transaction, Remote remote, PullComment comment) {
        List<CommandText.Line> lines =
                CommandText.lines(comment.text(), remote.forge().command());
        for (int place = 0; place < lines.size(); place++) {
            book.heard(
                            transaction,
                            remote.repository(),
                            comment,
                            place,
                            lines.get(place).typed())
                    .ifPresent(command -> advances.mark(transaction, command));
        }
    }
}
