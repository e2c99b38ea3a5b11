package dev.plumbline.terraform;

import dev.plumbline.terraform.event.Diagnostic;
import java.nio.file.Path;
import java.util.List;

/** How a plan ended. */
public sealed interface PlanOutcome {

    /**
     * The plan file was written, mode 600.
     *
     * @param hasChanges whether applying it would change anything, outputs included
     */
    record Planned(Path planFile, boolean hasChanges) implements PlanOutcome {}

    /** @param exitCode Terraform's own; -1 where it could not be started */
    record Failed(List<Diagnostic> diagnostics, int exitCode) implements PlanOutcome {
        public Failed {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    record Cancelled() implements PlanOutcome {}

    record TimedOut() implements PlanOutcome {}
}
