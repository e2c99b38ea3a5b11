package dev.plumbline.review;

import dev.plumbline.forge.PullRequest;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One apply of a stack, with all who had a hand in it.
 *
 * @param run its commit is main's, or the pull request's head where that is applied before it is merged
 * @param by who merged it, pushed it to main, or asked for it before its merge
 * @param early whether it was applied before its merge
 * @param bypassed whether its merge lacked approvals that main asked for
 * @param plan what was applied; empty where that plan is not known any more
 * @param approvers in the order in which they approved; nobody where the merge was enough
 * @param change empty where it was pushed to main as nobody had seen it
 * @param pull the pull request that the change is
 * @param toTakeBack the command that takes it back
 */
public record Apply(
        Run run,
        String by,
        boolean early,
        boolean bypassed,
        Optional<PlanFacts> plan,
        List<String> approvers,
        Optional<Change> change,
        Optional<PullRequest> pull,
        String toTakeBack) {

    /** When it ended; until then, when it was asked for. */
    public Instant at() {
        return Objects.requireNonNullElse(run.endedAt(), run.queuedAt());
    }
}
