package dev.plumbline.review;

import dev.plumbline.run.Run;

/** What to do next about an intent, with its reason in one sentence. */
sealed interface IntentStep {

    /** The sentence that {@code why} prints. */
    String reason();

    /** Nothing to do until something it waits for moves. */
    record Wait(IntentState state, String reason) implements IntentStep {}

    /** Plan the stack at the merge commit. */
    record Plan(String reason) implements IntentStep {}

    /** Apply the plan of that run, exactly as it is. */
    record Apply(Run plan, String reason) implements IntentStep {}

    /** Have the approvals of its pull request counted for the plan that it has now. */
    record Count(String reason) implements IntentStep {}

    /** The apply's outcome is unknown: forget every plan, plan again, and let a person decide. */
    record Inspect(Run lost, String reason) implements IntentStep {}

    /** The plan is of no more use: forget it and plan again. */
    record Discard(String reason) implements IntentStep {}

    /** It is over. */
    record End(IntentState state, String reason) implements IntentStep {}
}
