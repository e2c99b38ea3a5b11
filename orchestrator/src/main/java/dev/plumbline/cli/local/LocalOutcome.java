package dev.plumbline.cli.local;

import dev.plumbline.stack.StackId;
import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.report.PlanReport;
import java.util.List;

/** What came of planning one stack here. */
sealed interface LocalOutcome {
    StackId stack();

    /** @param notes what was left out or taken for granted, each a sentence */
    record Planned(StackId stack, Plan plan, PlanReport report, List<String> notes) implements LocalOutcome {
        public Planned {
            notes = List.copyOf(notes);
        }
    }

    /** It reads an output that is known only once another stack is applied; that is no error. */
    record Waiting(StackId stack, String reason) implements LocalOutcome {}

    /** @param reason masked, free of control characters; may have several lines */
    record Failed(StackId stack, String reason) implements LocalOutcome {}
}
