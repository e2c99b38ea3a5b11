package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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
 * @param updated when somebody last did something on it, by the forge's clock
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
        List<String> labels,
        Instant updated) {
    private static final Pattern OPENED_BY_BROWSERS =
            Pattern.compile("https?://[^/\\s\\p{Cntrl}][^\\s\\p{Cntrl}]*", Pattern.CASE_INSENSITIVE);

    public PullRequest {
        labels = List.copyOf(labels);
    }

    /** The branch that stands for it here: that of a fork may be called like one of the repository itself. */
    public String branchHere() {
        return foreign ? Fork.branch(number) : branch;
    }

    /** The address of its page, where that is one to be linked to. */
    public Optional<String> page() {
        return linked(url);
    }

    /** An address that a forge names, where browsers open it: any other one could be a script. */
    public static Optional<String> linked(String address) {
        return Optional.of(address).filter(OPENED_BY_BROWSERS.asMatchPredicate());
    }
}
