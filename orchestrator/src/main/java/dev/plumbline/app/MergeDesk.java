package dev.plumbline.app;

import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Remotes;
import dev.plumbline.forge.Trains;
import dev.plumbline.forge.Trouble;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.review.MergeCheck;
import dev.plumbline.run.RunEngine;
import dev.plumbline.web.NoSuchSubjectException;
import dev.plumbline.web.RefusedException;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.Optional;

/** Answers whether a commit that is about to become main would bring what was reviewed. */
final class MergeDesk {
    private final RunEngine engine;
    private final MergeCheck check;
    private final Remotes remotes;
    private final Trains trains;

    MergeDesk(RunEngine engine, MergeCheck check, Remotes remotes, Trains trains) {
        this.engine = engine;
        this.check = check;
        this.remotes = remotes;
        this.trains = trains;
    }

    Views.CommitCheck check(CommitSha commit, String repository, long pull) {
        Remote remote = remotes.of(repository)
                .filter(known -> known.forge().kind().pulls())
                .orElseThrow(() -> new NoSuchSubjectException(
                        "No repository of a forge with pull requests is called '" + repository + "' here."));
        if (!engine.catalogs().repositories().contains(repository)) {
            return waiting(commit, repository, pull, "", "the repository was not fetched yet");
        }
        Mirror mirror = engine.catalogs().mirror(repository);
        if (!mirror.has(commit)) {
            Optional<Trouble> trouble = trains.fetch(remote, mirror, pull);
            if (trouble.filter(failed -> failed.kind() != Trouble.Kind.GONE).isPresent()) {
                return waiting(commit, repository, pull, "", trouble.get().sentence());
            }
        }
        if (!mirror.has(commit)) {
            throw new RefusedException(
                    commit.abbreviated() + " is neither on a branch of " + repository + " nor what a train makes of #"
                            + pull + " now.",
                    "Where a train made it, it was made anew since; that one is asked about by its own pipeline.");
        }
        return view(commit, repository, pull, check.of(repository, pull, commit));
    }

    private static Views.CommitCheck view(CommitSha commit, String repository, long pull, MergeCheck.Outcome outcome) {
        if (outcome instanceof MergeCheck.Refused refused) {
            throw new RefusedException(refused.reason() + ".", refused.next());
        }
        if (outcome instanceof MergeCheck.Pending pending) {
            return waiting(commit, repository, pull, pending.change().id(), pending.reason());
        }
        MergeCheck.Reviewed reviewed = (MergeCheck.Reviewed) outcome;
        return new Views.CommitCheck(
                commit.hex(),
                repository,
                pull,
                reviewed.change().id(),
                Views.CommitCheck.REVIEWED,
                reviewed.stacks().isEmpty() ? "no stack is affected" : "it brings what was reviewed",
                reviewed.stacks());
    }

    private static Views.CommitCheck waiting(
            CommitSha commit, String repository, long pull, String change, String reason) {
        return new Views.CommitCheck(
                commit.hex(), repository, pull, change, Views.CommitCheck.WAITING, reason, List.of());
    }
}
