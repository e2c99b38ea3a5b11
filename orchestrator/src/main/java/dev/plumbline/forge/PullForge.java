package dev.plumbline.forge;

import java.util.List;
import java.util.Optional;

/**
 * What a forge can do beyond Git: pull requests, comments on them, and statuses of commits. Every call asks the forge itself and
 * takes as long as its time limit at most.
 */
public interface PullForge {

    /** All pull requests that are open. */
    Answer<List<PullRequest>> open(Remote remote);

    /**
     * Finds our comment on a pull request, so that nothing is told twice after a crash.
     *
     * @param marker stands in its text
     */
    Answer<Optional<Long>> findComment(Remote remote, long pull, String marker);

    /**
     * Writes a comment.
     *
     * @param markdown at most 65,536 characters
     * @return its id
     */
    Answer<Long> comment(Remote remote, long pull, String markdown);

    /** Writes another text in place of a comment's; gives false where somebody deleted it. */
    Answer<Boolean> edit(Remote remote, long comment, String markdown);

    /** Sets a status. */
    Answer<CommitStatus> status(Remote remote, CommitStatus status);
}
