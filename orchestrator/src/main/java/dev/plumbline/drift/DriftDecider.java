package dev.plumbline.drift;

import dev.plumbline.drift.DriftSnapshot.OnMain;
import dev.plumbline.drift.DriftStep.Compare;
import dev.plumbline.drift.DriftStep.End;
import dev.plumbline.drift.DriftStep.StartRun;
import dev.plumbline.drift.DriftStep.Wait;
import dev.plumbline.run.AppliedStacks;
import dev.plumbline.run.Inputs;
import dev.plumbline.run.Run;
import java.util.Optional;

/** Decides what happens next to a drift check, from nothing but its snapshot. */
final class DriftDecider {

    private static final String INPUTS_MOVED =
            "what it reads of other stacks is not applied to it yet as it is now, which is no drift";

    DriftStep next(DriftSnapshot now) {
        if (now.check().state().ended()) {
            return new Wait(now.check().reason());
        }
        return now.run().map(run -> after(run, now.applied())).orElseGet(() -> before(now));
    }

    private static DriftStep before(DriftSnapshot now) {
        Optional<String> obstacle = obstacle(now);
        if (obstacle.isPresent()) {
            return new End(DriftState.SKIPPED, obstacle.get());
        }
        return new StartRun(now.onMain().orElseThrow(), "comparing with what is there");
    }

    private static Optional<String> obstacle(DriftSnapshot now) {
        Optional<AppliedStacks.Applied> applied = now.applied().filter(last -> last.code() != null);
        if (applied.isEmpty()) {
            return Optional.of("it was never applied, so nothing of it can have drifted");
        }
        Optional<OnMain> onMain = now.onMain();
        if (onMain.isEmpty()) {
            return Optional.of("main has no such stack");
        }
        if (!onMain.get().code().equals(applied.get().code())) {
            return Optional.of("main has code for it that is not applied yet, which is no drift");
        }
        if (inputsMoved(onMain.get().inputs(), applied.get())) {
            return Optional.of(INPUTS_MOVED);
        }
        String quarantine = applied.get().quarantine();
        if (quarantine != null) {
            return Optional.of("a person must look at it first: " + quarantine);
        }
        return now.busy().map(run -> run.id() + " of it is " + run.state().word() + ", and drift never delays a run");
    }

    /** Its own code being as applied, its variables have moved only where an output of another stack has. */
    private static boolean inputsMoved(Optional<String> now, AppliedStacks.Applied last) {
        String inputs = last.inputs();
        return inputs != null
                && now.filter(digest -> Inputs.sameVariables(digest, inputs)).isEmpty();
    }

    private static DriftStep after(Run run, Optional<AppliedStacks.Applied> applied) {
        if (!run.state().ended()) {
            return new Wait(run.id() + " is " + run.state().word());
        }
        return switch (run.state()) {
            case PLANNED, NO_CHANGES -> planned(run, applied);
            case SUPERSEDED, CANCELLED -> new End(DriftState.SKIPPED, run.reason());
            default -> new End(DriftState.FAILED, run.id() + " failed: " + run.reason());
        };
    }

    /** An upstream stack may have been applied while the run waited for its turn. */
    private static DriftStep planned(Run run, Optional<AppliedStacks.Applied> applied) {
        Optional<String> inputs =
                Optional.ofNullable(run.facts()).map(facts -> facts.basis().inputs());
        boolean moved = inputs.isPresent()
                && applied.filter(last -> inputsMoved(inputs, last)).isPresent();
        return moved ? new End(DriftState.SKIPPED, INPUTS_MOVED) : new Compare(run, run.id() + " planned");
    }
}
