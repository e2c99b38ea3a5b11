package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import java.util.List;

/**
 * A pull request as its forge has it.
 *
 * @param number the forge's own
 * @param branch where its commits are
 * @param foreign whether that branch is in another repository, a fork
 * @param base the branch that it is to be merged into
 * @param author the login of who opened it
 * @param url its page
 * @param labels that people put on it
 */
public record PullRequest(
        long number,
        String branch,
        boolean foreign,
        CommitSha head,
        String base,
        String title,
        String author,
        String url,
        boolean draft,
        List<String> labels) {
    public PullRequest {
        labels = List.copyOf(labels);
    }
}
