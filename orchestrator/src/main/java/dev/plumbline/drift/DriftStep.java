package dev.plumbline.drift;

import dev.plumbline.run.Run;

/** What happens next to a check, and why. */
sealed interface DriftStep {

    /** One sentence. */
    String reason();

    /** Order the run that compares. */
    record StartRun(DriftSnapshot.OnMain onMain, String reason) implements DriftStep {}

    /** Read the plan that was made and tell what diverges. */
    record Compare(Run run, String reason) implements DriftStep {}

    /** Nothing to do until something else moves. */
    record Wait(String reason) implements DriftStep {}

    /** It ends without a comparison. */
    record End(DriftState state, String reason) implements DriftStep {}
}
