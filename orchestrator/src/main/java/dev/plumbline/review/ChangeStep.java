package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.review.ChangeSnapshot.Unplanned;
import dev.plumbline.run.Run;
import java.util.List;

/** What to do next about a change. */
sealed interface ChangeStep {

    /** It is merged or closed: stop its runs. */
    record Retire(List<Run> unfinished) implements ChangeStep {}

    /** Find out what merging it would give, and which stacks that touches. */
    record PreviewMerge(CommitSha head, CommitSha base) implements ChangeStep {}

    /** Stop runs that plan what nobody asks for any more. */
    record Supersede(List<Run> obsolete) implements ChangeStep {}

    /** Plan these stacks, in this order. */
    record PlanStacks(List<Unplanned> stacks) implements ChangeStep {}

    /** Show the author all plans. */
    record Report(ChangeState state, String reason) implements ChangeStep {}

    /** Nothing to do until something moves. */
    record Rest(ChangeState state, String reason) implements ChangeStep {}
}
