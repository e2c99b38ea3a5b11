package dev.plumbline.forge;

import java.util.List;
import java.util.Optional;

/** Tells on a pull request from a fork, once, that it is not planned before somebody who may write vouches for it. */
final class ForkNotice {
    private static final String PLAN = "plumbline/plan";

    private final PullBook book;

    ForkNotice(PullBook book) {
        this.book = book;
    }

    /**
     * Tells it where it was not told yet. The comment becomes the one that its plans are told in.
     *
     * @param waiting those from forks that nobody vouched for
     */
    Optional<Trouble> tell(Remote remote, List<PullRequest> waiting, PullForge forge) {
        Optional<Trouble> first = Optional.empty();
        for (PullRequest pull : waiting) {
            Optional<PullBook.Entry> untold =
                    book.find(remote.repository(), pull.number()).filter(entry -> entry.comment() == null);
            if (first.isEmpty() && untold.isPresent()) {
                first = tell(remote, pull, untold.get(), forge);
            }
        }
        return first;
    }

    private Optional<Trouble> tell(Remote remote, PullRequest pull, PullBook.Entry entry, PullForge forge) {
        String marker = "<!-- plumbline fork " + pull.number() + " -->";
        String text = marker
                + "\n### Plumbline: from a fork\n\nIt is not planned before somebody with write permission has read what"
                + " it would run, and says so by a comment that names the commit:\n\n"
                + "    plumbline plan " + pull.head().hex().substring(0, 12) + "\n";
        CommitStatus pending = new CommitStatus(
                pull.head(),
                PLAN,
                CommitStatus.State.PENDING,
                "from a fork: somebody with write permission must ask",
                "");
        Answer<PullForge.Written> written = forge.findComment(remote, pull.number(), marker)
                .then(there -> there.isPresent()
                        ? forge.edit(remote, pull.number(), there.get(), text)
                                .then(edited -> edited.<Answer<PullForge.Written>>map(Answer.Given::new)
                                        .orElseGet(() -> forge.comment(remote, pull.number(), text)))
                        : forge.comment(remote, pull.number(), text));
        if (written instanceof Answer.Given<PullForge.Written> given) {
            book.commented(entry, given.value(), Fingerprint.of(text), Optional.empty());
            return forge.status(remote, pending).failure();
        }
        return written.failure();
    }
}
