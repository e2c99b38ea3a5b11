package dev.plumbline.review.right;

import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.owners.Dialect;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.FileDifference;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.SourceTree;
import dev.plumbline.git.TreeDifference;
import dev.plumbline.run.Catalogs;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads what a question of rights is about from the mirror. */
public final class Matters {
    private final Catalogs catalogs;

    public Matters(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    /** A pull request that is not merged: the rules are those of its base branch as it is now. */
    public Matter of(Remote remote, PullRequest pull) {
        Mirror mirror = catalogs.mirror(remote.repository());
        Optional<CommitSha> base = mirror.branch(pull.base());
        if (base.isEmpty() || !mirror.has(pull.head())) {
            String lacking = base.isEmpty()
                    ? "the branch " + pull.base()
                    : "commit " + pull.head().abbreviated();
            return unknown(remote, pull, lacking + " was not fetched yet; try again in a moment");
        }
        List<CommitSha> forks = mirror.mergeBases(base.get(), pull.head());
        return forks.isEmpty()
                ? unknown(remote, pull, pull.base() + " and " + pull.branch() + " have no commit in common")
                : of(remote, pull, base.get(), forks, pull.head());
    }

    /**
     * A pull request that was merged.
     *
     * @param rules the base branch before all that was merged together with it; its rules hold
     * @param before the base branch without it
     * @param after the base branch with it
     */
    public Matter merged(Remote remote, PullRequest pull, CommitSha rules, CommitSha before, CommitSha after) {
        return of(remote, pull, rules, List.of(before), after);
    }

    /** @param forks where the change began; what differs from any of them may be brought by it */
    private Matter of(Remote remote, PullRequest pull, CommitSha base, List<CommitSha> forks, CommitSha after) {
        Mirror mirror = catalogs.mirror(remote.repository());
        SourceTree rules = mirror.tree(base);
        SortedSet<String> paths = new TreeSet<>();
        for (CommitSha fork : forks) {
            for (FileDifference file : TreeDifference.between(mirror.tree(fork), mirror.tree(after))) {
                paths.add(file.path());
                file.oldPath().ifPresent(paths::add);
            }
        }
        return new Matter(
                remote,
                pull,
                BaseRules.of(pull.base(), catalogs.of(remote.repository(), rules.id()), rules, dialect(remote)),
                paths);
    }

    private static Matter unknown(Remote remote, PullRequest pull, String fault) {
        return new Matter(remote, pull, BaseRules.unknown(pull.base(), fault, dialect(remote)), new TreeSet<>());
    }

    private static Dialect dialect(Remote remote) {
        return BaseRules.dialect(remote.forge().kind());
    }
}
