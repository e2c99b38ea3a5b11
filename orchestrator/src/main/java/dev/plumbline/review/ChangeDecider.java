package dev.plumbline.review;

import dev.plumbline.review.ChangeSnapshot.Deferred;
import dev.plumbline.review.ChangeSnapshot.Ended;
import dev.plumbline.review.ChangeSnapshot.Running;
import dev.plumbline.review.ChangeSnapshot.Unplanned;
import dev.plumbline.review.ChangeSnapshot.Waiting;
import dev.plumbline.review.ChangeStep.PlanStacks;
import dev.plumbline.review.ChangeStep.PreviewMerge;
import dev.plumbline.review.ChangeStep.Report;
import dev.plumbline.review.ChangeStep.Rest;
import dev.plumbline.review.ChangeStep.Retire;
import dev.plumbline.review.ChangeStep.Supersede;
import dev.plumbline.run.RunState;
import java.util.List;
import java.util.stream.Collectors;

/** The story of a pull request: from a pushed head to the report its author reads. Pure; deciding twice gives the same step. */
final class ChangeDecider {

    ChangeStep next(ChangeSnapshot now) {
        if (!now.change().state().open()) return new Retire(now.unfinished());
        if (now.base().isEmpty()) return new Rest(ChangeState.WAITING, "there is no main branch yet; push main first");
        if (now.previewDue())
            return new PreviewMerge(now.change().head(), now.base().get());
        if (!now.obsolete().isEmpty()) return new Supersede(now.obsolete());
        if (now.conflicts()) return new Rest(ChangeState.CONFLICT, now.change().reason());
        if (now.held().isPresent())
            return new Rest(ChangeState.WAITING, now.held().get());
        if (!now.problems().isEmpty()) return tell(now, ChangeState.FAILED, problems(now));
        if (now.released().all()) return tell(now, ChangeState.FAILED, ReleasedText.noneLeft(now.released()));
        if (!now.all(Unplanned.class).isEmpty()) return new PlanStacks(now.all(Unplanned.class));
        if (!now.all(Running.class).isEmpty())
            return new Rest(ChangeState.PLANNING, "planning " + names(now.all(Running.class)));
        if (!now.all(Waiting.class).isEmpty())
            return new Rest(ChangeState.PLANNING, now.all(Waiting.class).get(0).reason());
        return outcome(now);
    }

    private static String problems(ChangeSnapshot now) {
        int more = now.problems().size() - 1;
        return (now.blameless() ? "main has an error, and nothing is planned until that is mended there: " : "")
                + now.problems().get(0)
                + (more == 0
                        ? ""
                        : ", and " + more + " more " + (more == 1 ? "error" : "errors") + " in its configuration");
    }

    private static ChangeStep outcome(ChangeSnapshot now) {
        List<Ended> failed = now.all(Ended.class).stream()
                .filter(ended ->
                        ended.run().state() != RunState.PLANNED && ended.run().state() != RunState.NO_CHANGES)
                .toList();
        if (!failed.isEmpty()) {
            return tell(now, ChangeState.FAILED, names(failed) + " could not be planned");
        }
        if (!now.refusals().isEmpty()) {
            int more = now.refusals().size() - 1;
            return tell(
                    now,
                    ChangeState.FAILED,
                    now.refusals().get(0)
                            + (more == 0
                                    ? ""
                                    : "; " + more + (more == 1 ? " stack is" : " stacks are") + " refused, too"));
        }
        boolean changes =
                now.all(Ended.class).stream().anyMatch(ended -> ended.run().state() == RunState.PLANNED)
                        || !now.all(Deferred.class).isEmpty();
        if (now.stacks().isEmpty()) {
            return tell(now, ChangeState.NO_CHANGES, "no stack is affected" + ReleasedText.briefly(now.released()));
        }
        return changes
                ? tell(
                        now,
                        ChangeState.PLANNED,
                        "every affected stack is planned; "
                                + (now.early() ? "it is applied by a comment, and merged then" : "merging applies it")
                                + exceptions(now)
                                + ReleasedText.briefly(now.released()))
                : tell(
                        now,
                        ChangeState.NO_CHANGES,
                        "no affected stack would change" + ReleasedText.briefly(now.released()));
    }

    /** What merging alone will not apply. */
    private static String exceptions(ChangeSnapshot now) {
        String later = names(now.all(Deferred.class));
        String destroyed = now.stacks().stream()
                .map(ChangeSnapshot.Standing::stack)
                .filter(stack -> stack.kind() == Intent.Kind.DESTROY)
                .map(ChangeStack::folder)
                .collect(Collectors.joining(", "));
        return (later.isEmpty() ? "" : ", but " + later + " is planned then, and awaits approval")
                + (destroyed.isEmpty() ? "" : ", but destroying " + destroyed + " awaits approval then");
    }

    private static ChangeStep tell(ChangeSnapshot now, ChangeState state, String reason) {
        return now.change().reportDue() ? new Report(state, reason) : new Rest(state, reason);
    }

    private static String names(List<? extends ChangeSnapshot.Standing> stacks) {
        return stacks.stream().map(standing -> standing.stack().folder()).collect(Collectors.joining(", "));
    }
}
