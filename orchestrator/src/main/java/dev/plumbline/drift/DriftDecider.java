package dev.plumbline.drift;

import dev.plumbline.drift.DriftSnapshot.OnMain;
import dev.plumbline.drift.DriftStep.Compare;
import dev.plumbline.drift.DriftStep.End;
import dev.plumbline.drift.DriftStep.StartRun;
import dev.plumbline.drift.DriftStep.Wait;
import dev.plumbline.run.AppliedStacks;
import dev.plumbline.run.Run;
import java.util.Optional;

/** Decides what happens next to a drift check, from nothing but its snapshot. */
final class DriftDecider {

    DriftStep next(DriftSnapshot now) {
        if (now.check().state().ended()) {
            return new Wait(now.check().reason());
        }
        return now.run().map(DriftDecider::after).orElseGet(() -> before(now));
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
        String quarantine = applied.get().quarantine();
        if (quarantine != null) {
            return Optional.of("a person must look at it first: " + quarantine);
        }
        return now.busy().map(run -> run.id() + " of it is " + run.state().word() + ", and drift never delays a run");
    }

    private static DriftStep after(Run run) {
        if (!run.state().ended()) {
            return new Wait(run.id() + " is " + run.state().word());
        }
        return switch (run.state()) {
            case PLANNED, NO_CHANGES -> new Compare(run, run.id() + " planned");
            case SUPERSEDED, CANCELLED -> new End(DriftState.SKIPPED, run.reason());
            default -> new End(DriftState.FAILED, run.id() + " failed: " + run.reason());
        };
    }
}
