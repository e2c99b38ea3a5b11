package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the heads of pull requests from forks. One that can't be had is left out for a while: the others go on without it. */
final class ForkHeads {
    private static final Logger LOG = LoggerFactory.getLogger(ForkHeads.class);

    private final LeftAlone<Head> missing;

    private record Head(long pull, CommitSha commit) {
        static Head of(PullRequest pull) {
            return new Head(pull.number(), pull.head());
        }
    }

    ForkHeads(Clock clock) {
        this.missing = new LeftAlone<>(clock);
    }

    /**
     * Fetches those that are not here yet.
     *
     * @return what is wrong with one that can't be had
     */
    Optional<Trouble> fetch(Remote remote, Forge git, Mirror mirror, List<PullRequest> forks) {
        Map<String, CommitSha> here = mirror.remoteHeads().forks();
        missing.keep(remote.repository(), forks.stream().map(Head::of).collect(Collectors.toSet()));
        forks.stream()
                .filter(pull -> !pull.head().equals(here.get(Fork.branch(pull.number()))))
                .filter(pull -> !missing.has(remote.repository(), Head.of(pull)))
                .forEach(pull -> fetch(remote, git, mirror, pull));
        return missing.trouble(remote.repository());
    }

    private void fetch(Remote remote, Forge git, Mirror mirror, PullRequest pull) {
        Optional<Trouble> trouble = git.fetchFork(remote, mirror, pull.number()).map(failed -> of(pull, failed));
        if (trouble.isEmpty()) {
            missing.forget(remote.repository(), Head.of(pull));
        } else if (missing.add(remote.repository(), Head.of(pull), trouble.get())) {
            LOG.warn("{}", trouble.get().sentence());
        }
    }

    private static Trouble of(PullRequest pull, Trouble failed) {
        return new Trouble(
                failed.kind(),
                "pull request " + pull.number() + ", which comes from a fork, is left out, since its head "
                        + pull.head().abbreviated() + " can't be fetched: " + failed.sentence());
    }
}
