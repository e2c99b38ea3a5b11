package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a forge can do beyond Git: pull requests, what is said on them, and statuses of commits. Every call asks the forge itself and
 * takes as long as its time limit at most. Times are the forge's own, so that they can be compared with each other.
 */
public interface PullForge extends People {

    /** With what Git is let in: what stands in server.yaml, unless the forge gives out something of its own. */
    default Answer<Optional<GitLogin>> login(Remote remote) {
        return new Answer.Given<>(GitLogin.configured(remote.forge()));
    }

    /** All pull requests that are open. */
    Answer<List<PullRequest>> open(Remote remote);

    /** Those that were merged of late: as many as come in one answer, at least the last 50 on which something was done. */
    Answer<List<PullDetail>> merged(Remote remote);

    /** Where one stands, open or not; empty where there is none of that number. */
    Answer<Optional<PullDetail>> find(Remote remote, long pull);

    /** The commit that a branch is at; empty where there is no such branch. */
    Answer<Optional<CommitSha>> tip(Remote remote, String branch);

    /** What was said on pull requests, or said anew, since a time; oldest first, ours among it. */
    Answer<List<PullComment>> comments(Remote remote, Instant since);

    /**
     * Finds our comment on a pull request, so that nothing is told twice after a crash.
     *
     * @param marker stands in its text
     */
    Answer<Optional<Long>> findComment(Remote remote, long pull, String marker);

    /**
     * Writes a comment.
     *
     * @param markdown as long as the forge takes it
     */
    Answer<Written> comment(Remote remote, long pull, String markdown);

    /** Writes another text in place of a comment's; empty where somebody deleted it. */
    Answer<Optional<Written>> edit(Remote remote, long pull, long comment, String markdown);

    /** Answers a comment with a sign; gives false where somebody deleted it. */
    Answer<Boolean> react(Remote remote, long pull, long comment, Reaction reaction);

    /** Sets a status. */
    Answer<CommitStatus> status(Remote remote, CommitStatus status);

    /** Shows what was found in the code at its lines; gives false where the forge has no place for that, or none for us. */
    default Answer<Boolean> diagnose(Remote remote, Diagnosis diagnosis) {
        return new Answer.Given<>(false);
    }

    /** Records what was applied; gives false where the forge keeps no record of that. */
    default Answer<Boolean> deploy(Remote remote, Deployment deployment) {
        return new Answer.Given<>(false);
    }

    /**
     * Merges a pull request.
     *
     * @param head what it must still be at, else it is refused
     */
    Answer<Merged> merge(Remote remote, long pull, CommitSha head, MergeMethod method);

    /**
     * Opens a pull request of a branch that was pushed.
     *
     * @param base the branch that it is to be merged into
     */
    Answer<PullRequest> propose(Remote remote, String branch, String base, String title, String markdown);

    /**
     * A comment of ours stands there.
     *
     * @param id the forge's own
     * @param at since when it says so
     */
    record Written(long id, Instant at) {}

    /** It is merged now. */
    record Merged() {}

    /** A sign under a comment. */
    enum Reaction {
        /** It was seen. */
        EYES,
        /** It was done. */
        THUMBS_UP,
        /** It was not done. */
        THUMBS_DOWN
    }

    /** How a pull request's commits come onto its base. */
    enum MergeMethod {
        MERGE,
        SQUASH,
        REBASE
    }
}
