package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pull request's place in GitHub's merge queue, as the branch says that GitHub makes for it:
 * {@code gh-readonly-queue/main/pr-12-} and the commit that it comes on top of. Nobody else can push such a branch there.
 *
 * @param base the branch that the queue leads to
 * @param parent the commit before it: the base, or an earlier entry
 */
public record QueueEntry(String base, long pull, CommitSha parent) {
    private static final Pattern BRANCH = Pattern.compile("gh-readonly-queue/(.+)/pr-(\\d{1,18})-([0-9a-f]{40})");

    /** Empty for any other branch. */
    public static Optional<QueueEntry> of(String branch) {
        Matcher matcher = BRANCH.matcher(branch);
        return matcher.matches()
                ? Optional.of(new QueueEntry(
                        matcher.group(1), Long.parseLong(matcher.group(2)), new CommitSha(matcher.group(3))))
                : Optional.empty();
    }
}
