package dev.plumbline.terraform;

import dev.plumbline.terraform.event.Diagnostic;
import java.util.List;

/** How an apply stands. Whatever it says, the state file may have changed and must be taken back. */
public sealed interface ApplyOutcome {

    record Running() implements ApplyOutcome {}

    record Applied() implements ApplyOutcome {}

    /** @param exitCode Terraform's own; 128 and more is a signal's number added to 128 */
    record Failed(List<Diagnostic> diagnostics, int exitCode) implements ApplyOutcome {
        public Failed {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /** It ended unseen: inspect and plan again, never apply again blindly. */
    record Lost(String reason) implements ApplyOutcome {}
}
