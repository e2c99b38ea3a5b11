package dev.plumbline.forge;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells on a pull request from a fork that it is not planned before somebody who may write vouches for its commit; anew for each
 * commit that comes, in the one comment that its plans are told in, too.
 */
final class ForkNotice {
    private static final Logger LOG = LoggerFactory.getLogger(ForkNotice.class);
    private static final String PLAN = "plumbline/plan";

    private final PullBook book;
    private final LeftAlone<Long> leftAlone;

    ForkNotice(PullBook book, Clock clock) {
        this.book = book;
        this.leftAlone = new LeftAlone<>(clock);
    }

    /** Why one of them is not told, where that concerns no other. */
    Optional<Trouble> leftAlone(Remote remote) {
        return leftAlone.trouble(remote.repository());
    }

    /**
     * Tells it where it was not told yet.
     *
     * @param waiting those from forks that nobody vouched for as they are
     * @return what keeps all of them from being told
     */
    Optional<Trouble> tell(Remote remote, List<PullRequest> waiting, PullForge forge) {
        String repository = remote.repository();
        leftAlone.keep(repository, waiting.stream().map(PullRequest::number).collect(Collectors.toSet()));
        for (PullRequest pull : waiting) {
            Optional<PullBook.Entry> untold = book.find(repository, pull.number())
                    .filter(entry -> !Fingerprint.of(text(remote, pull)).equals(entry.told()))
                    .filter(entry -> !leftAlone.has(repository, pull.number()));
            if (untold.isPresent()) {
                Optional<Trouble> trouble = tell(remote, pull, untold.get(), forge);
                if (trouble.filter(Trouble::passes).isPresent()) {
                    return trouble;
                }
                note(repository, pull, trouble);
            }
        }
        return Optional.empty();
    }

    private void note(String repository, PullRequest pull, Optional<Trouble> trouble) {
        if (trouble.isEmpty()) {
            leftAlone.forget(repository, pull.number());
        } else if (leftAlone.add(repository, pull.number(), trouble.get())) {
            LOG.warn(
                    "pull request {} can't be told yet: {}",
                    pull.number(),
                    trouble.get().sentence());
        }
    }

    private static String marker(PullRequest pull) {
        return Marker.of("fork " + pull.number());
    }

    /** It names the whole commit: of a part of it, somebody else could make another one. */
    private static String text(Remote remote, PullRequest pull) {
        return marker(pull)
                + "\n### Plumbline: from a fork\n\nNobody vouched for its newest commit. It is not planned before"
                + " somebody with write permission has read what it would run, and says so by a comment that names the"
                + " commit:\n\n    " + remote.forge().command() + " plan "
                + pull.head().hex() + "\n";
    }

    private Optional<Trouble> tell(Remote remote, PullRequest pull, PullBook.Entry entry, PullForge forge) {
        Answer<PullForge.Written> written =
                new OwnComment(forge, remote, pull.number(), entry.comment(), marker(pull)).says(text(remote, pull));
        if (!(written instanceof Answer.Given<PullForge.Written> given)) {
            return written.failure();
        }
        CommitStatus pending = new CommitStatus(
                pull.head(),
                PLAN,
                CommitStatus.State.PENDING,
                "from a fork: somebody with write permission must ask",
                "");
        Optional<Trouble> trouble = forge.status(remote, pending).failure();
        // Told is both; the comment is ours in any case.
        String told = trouble.isPresent() ? "" : Fingerprint.of(text(remote, pull));
        book.commented(entry, given.value(), told, Optional.empty());
        return trouble;
    }
}
