package dev.plumbline.git;

import java.time.Instant;
import java.util.List;

/**
 * What a commit says about itself. Names and messages are data from whoever pushed: they may hold control characters.
 *
 * @param treeId the id of its root folder, equal to {@link SourceTree#id()} of its tree
 * @param subject the message's first paragraph on one line
 * @param message the whole message
 * @param parents none for a root commit, several for a merge, the first being the branch that was merged into
 */
public record CommitInfo(
        CommitSha sha,
        String treeId,
        Person author,
        Person committer,
        String subject,
        String message,
        List<CommitSha> parents) {

    public CommitInfo {
        parents = List.copyOf(parents);
    }

    /** Who, and when, as written in the commit; nothing of it is verified. */
    public record Person(String name, String email, Instant time) {}
}
