package dev.plumbline.review.right;

import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.owners.Demand;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What somebody wants to act on.
 *
 * @param rules those of the branch that it goes to
 * @param paths the files that it changes; of a moved file both names
 */
public record Matter(Remote remote, PullRequest pull, BaseRules rules, SortedSet<String> paths) {
    public Matter {
        paths = Collections.unmodifiableSortedSet(new TreeSet<>(paths));
    }

    /** Whose approval its files need by CODEOWNERS. */
    Demand demand() {
        return rules.owners().required(paths);
    }
}
