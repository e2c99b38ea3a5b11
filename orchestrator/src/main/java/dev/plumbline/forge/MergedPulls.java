package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.store.Database;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which pull requests a movement of the default branch merged. Commits alone don't tell: a squash or a rebase makes new ones,
 * and what was opened and merged between two looks was never seen at all.
 */
record MergedPulls(PullBook book, Database database) {
    private static final Logger LOG = LoggerFactory.getLogger(MergedPulls.class);

    /**
     * Writes down what became of those that the movement brought. Their heads are fetched where the repository's branches no longer have
     * them; one that can't be had is left out, and its commits are taken for a push.
     *
     * @param before where the branch was
     * @param after where it is, which was fetched
     */
    Optional<Trouble> follow(
            Remote remote, PullForge forge, Forge git, Mirror mirror, String base, CommitSha before, CommitSha after) {
        Answer<List<PullDetail>> asked = forge.merged(remote);
        if (asked instanceof Answer.Failed<List<PullDetail>> failed) {
            return waits(failed.trouble());
        }
        Set<CommitSha> brought = new HashSet<>(mirror.between(before, after, Integer.MAX_VALUE));
        List<PullDetail> merged = ((Answer.Given<List<PullDetail>>) asked)
                .value().stream()
                        .filter(pull -> pull.pull().base().equals(base))
                        .filter(pull ->
                                pull.mergedAs().filter(brought::contains).isPresent())
                        .toList();
        for (PullDetail pull : merged) {
            Optional<Trouble> missing = held(remote, pull.pull(), mirror, after)
                    ? Optional.empty()
                    : git.fetchFork(remote, mirror, pull.pull().number());
            if (missing.filter(Trouble::passes).isPresent()) {
                return missing;
            }
        }
        database.change(transaction -> merged.stream()
                .filter(pull -> mirror.has(pull.pull().head()))
                .forEach(pull -> book.merged(transaction, remote.repository(), pull)));
        return Optional.empty();
    }

    /** Whether its head stays here: a branch that is deleted once it was squashed keeps its commits no longer. */
    private boolean held(Remote remote, PullRequest pull, Mirror mirror, CommitSha after) {
        return mirror.has(pull.head())
                && (mirror.isAncestor(pull.head(), after)
                        || book.find(remote.repository(), pull.number()).isPresent());
    }

    /** What is not likely to pass holds no movement up: what it merged is then told by its commits alone. */
    private static Optional<Trouble> waits(Trouble trouble) {
        if (trouble.passes() || trouble.kind() == Trouble.Kind.CREDENTIALS) {
            return Optional.of(trouble);
        }
        LOG.warn("which pull requests were merged can't be told: {}", trouble.sentence());
        return Optional.empty();
    }
}
