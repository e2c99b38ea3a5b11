package dev.plumbline.review.right;

import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.owners.Demand;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What somebody wants to act on.
 *
 * @param rules those of the branch that it goes to
 * @param paths the files that it changes; of a moved file both names
 * @param askers who had this server make it, so that the forge doesn't name them
 */
public record Matter(Remote remote, PullRequest pull, BaseRules rules, SortedSet<String> paths, Set<String> askers) {
    public Matter {
        paths = Collections.unmodifiableSortedSet(new TreeSet<>(paths));
        askers = Set.copyOf(askers);
    }

    Matter(Remote remote, PullRequest pull, BaseRules rules, SortedSet<String> paths) {
        this(remote, pull, rules, paths, Set.of());
    }

    /** The same, made by this server since somebody asked. */
    public Matter askedForBy(Set<String> logins) {
        return new Matter(remote, pull, rules, paths, logins);
    }

    /** Whose approval its files need by CODEOWNERS. */
    Demand demand() {
        return rules.owners().required(paths);
    }
}
