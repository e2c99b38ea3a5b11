package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which branches of a remote are changes, besides the one that is applied.
 *
 * @param pulls those with an open pull request, by branch; empty where all branches are followed
 * @param queue the branch whose merge queue is followed, too; empty for none
 */
record Followed(Optional<List<PullRequest>> pulls, Optional<String> queue) {

    /** Every branch is a change. */
    static Followed all() {
        return new Followed(Optional.empty(), Optional.empty());
    }

    /** Only what somebody asks to have merged is one. */
    static Followed of(List<PullRequest> open) {
        return new Followed(Optional.of(List.copyOf(open)), Optional.empty());
    }

    /**
     * Those that are to be merged into the branch that is applied, and whose commits the repository itself has, or somebody who may
     * write there vouched for.
     *
     * @param vouched the commits of forks, by the pull requests' numbers
     * @param queues whether the forge may have a merge queue
     */
    Followed into(Trunk trunk, Map<Long, CommitSha> vouched, boolean queues) {
        Optional<List<PullRequest>> into = pulls.map(all -> all.stream()
                .filter(pull -> pull.base().equals(trunk.branch()))
                .filter(pull -> !pull.foreign() || pull.head().equals(vouched.get(pull.number())))
                .toList());
        return new Followed(into, Optional.of(trunk.branch()).filter(branch -> queues));
    }

    /** Those from forks. */
    List<PullRequest> forks() {
        return pulls.stream().flatMap(List::stream).filter(PullRequest::foreign).toList();
    }

    /** Those from forks that are to be merged into the branch that is applied, and that nobody vouched for as they are. */
    List<PullRequest> waiting(Trunk trunk, Map<Long, CommitSha> vouched) {
        return forks().stream()
                .filter(pull -> pull.base().equals(trunk.branch()))
                .filter(pull -> !pull.head().equals(vouched.get(pull.number())))
                .toList();
    }

    boolean follows(String branch) {
        return pulls.isEmpty()
                || of(branch).isPresent()
                || QueueEntry.of(branch)
                        .map(QueueEntry::base)
                        .filter(queue.orElse("")::equals)
                        .isPresent();
    }

    /** Who opened the pull request of a branch. */
    Optional<String> author(String branch) {
        return of(branch).map(PullRequest::author);
    }

    private Optional<PullRequest> of(String branch) {
        return pulls.stream()
                .flatMap(List::stream)
                .filter(pull -> pull.branchHere().equals(branch))
                .findFirst();
    }
}
