package dev.plumbline.review.command;

import dev.plumbline.config.Floor;
import dev.plumbline.config.Rights;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.git.CommitSha;
import dev.plumbline.review.Change;
import dev.plumbline.review.ChangeState;
import dev.plumbline.review.MergedCommits;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.command.Outcome.Later;
import dev.plumbline.review.command.Outcome.Refused;
import dev.plumbline.review.right.Approvals;
import dev.plumbline.review.right.Judge;
import dev.plumbline.review.right.Matter;
import dev.plumbline.review.right.Matters;
import dev.plumbline.review.right.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether somebody may have a command done on a pull request, as the forge says at this moment. */
final class Gate {
    private final Reviews reviews;
    private final Matters matters;
    private final List<Floor> floors;

    Gate(Reviews reviews, Matters matters, List<Floor> floors) {
        this.reviews = reviews;
        this.matters = matters;
        this.floors = List.copyOf(floors);
    }

    /**
     * What keeps a command from being done; empty where nothing does.
     *
     * @param change what the pull request is here; empty where nothing of it is
     */
    Optional<Outcome> against(
            Verb verb, String author, Remote remote, PullForge forge, PullRequest pull, Optional<Change> change) {
        Verdict verdict = new Judge(forge, floors).may(act(verb), author, matter(remote, pull, change));
        if (verdict instanceof Verdict.Allowed) {
            return Optional.empty();
        }
        return Optional.of(
                verdict instanceof Verdict.Later later
                        ? new Later(later.trouble().sentence(), true)
                        : new Refused(((Verdict.Refused) verdict).sentence()));
    }

    /** @param logins whose approvals stand */
    Approvals approvals(Remote remote, PullForge forge, PullRequest pull, Change change, Collection<String> logins) {
        return new Judge(forge, floors).needed(matter(remote, pull, Optional.of(change)), logins);
    }

    private Matter matter(Remote remote, PullRequest pull, Optional<Change> change) {
        // What it brought is judged by the rules before it, also where only the whole movement is known.
        Optional<MergedCommits> merged = change.filter(found -> found.state() == ChangeState.MERGED)
                .flatMap(found ->
                        reviews.merged().own(found).or(() -> reviews.merged().movement(found)));
        if (merged.isEmpty()) {
            return matters.of(remote, pull).askedForBy(asked(remote, pull));
        }
        // After a rebase the branch just before it may have been written by its author.
        CommitSha rules = change.flatMap(reviews.merged()::takenInBefore)
                .orElse(merged.get().before());
        return matters.merged(
                        remote, pull, rules, merged.get().before(), merged.get().after())
                .askedForBy(asked(remote, pull));
    }

    /** A fork's branch may be called like one that this server made. */
    private Set<String> asked(Remote remote, PullRequest pull) {
        return pull.foreign() ? Set.of() : reviews.askedFor(remote.repository(), pull.branch());
    }

    private static Rights.Act act(Verb verb) {
        return switch (verb) {
            case PLAN, HELP -> Rights.Act.PLAN;
            case APPROVE -> Rights.Act.APPROVE;
            case UNLOCK -> Rights.Act.UNLOCK;
            case APPLY, CANCEL, RETRY, REVERT -> Rights.Act.APPLY;
        };
    }
}
