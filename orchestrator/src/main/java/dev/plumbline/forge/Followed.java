package dev.plumbline.forge;

import java.util.List;
import java.util.Optional;

/**
 * Which branches of a remote are changes, besides the one that is applied.
 *
 * @param pulls those with an open pull request, by branch; empty where all branches are followed
 */
record Followed(Optional<List<PullRequest>> pulls) {

    /** Every branch is a change. */
    static Followed all() {
        return new Followed(Optional.empty());
    }

    /** Only what somebody asks to have merged is one. */
    static Followed of(List<PullRequest> open) {
        return new Followed(Optional.of(List.copyOf(open)));
    }

    /** Those that are to be merged into the branch that is applied, and whose commits the repository itself has. */
    Followed into(Trunk trunk) {
        return new Followed(pulls.map(all -> all.stream()
                .filter(pull -> pull.base().equals(trunk.branch()) && !pull.foreign())
                .toList()));
    }

    boolean follows(String branch) {
        return pulls.isEmpty() || of(branch).isPresent();
    }

    /** Who opened the pull request of a branch. */
    Optional<String> author(String branch) {
        return of(branch).map(PullRequest::author);
    }

    private Optional<PullRequest> of(String branch) {
        return pulls.stream()
                .flatMap(List::stream)
                .filter(pull -> pull.branch().equals(branch))
                .findFirst();
    }
}
