package dev.plumbline.review;

import dev.plumbline.run.Basis;
import dev.plumbline.run.Run;
import java.util.Optional;

/**
 * All that decides over an intent's next step, read at one moment.
 *
 * @param newer the commit of a later intent for the same stack, abbreviated
 * @param upstream the first upstream stack whose own intent is not fulfilled
 * @param busyOrigin the folder whose state is to be taken over, while something still runs there
 * @param blocked why nothing can be planned: an upstream output that it reads does not exist yet, or its state needs a person
 * @param unaffected whether it was promised for what it reads only, and that stayed as it was applied
 * @param now what a plan would rest on now; empty where an input is missing
 * @param reviewed the run that was seen before the merge
 * @param plan the run that planned it after the merge
 * @param apply the run that applies it
 * @param difference names what differs between the reviewed plan and the new one; empty where nothing was reviewed
 * @param approvals how many people approved the digest that stands for approval
 * @param refusal which policy refuses the plan that would be applied, and why; empty once that plan was approved in spite of it
 * @param held why those don't suffice whatever their number; an empty text while they are counted
 * @param countedForAnother whether they were counted for another plan than the one that would be applied
 */
record IntentSnapshot(
        Intent intent,
        Optional<String> newer,
        Optional<Upstream> upstream,
        Optional<String> busyOrigin,
        Optional<String> blocked,
        boolean unaffected,
        Optional<Basis> now,
        Optional<Run> reviewed,
        Optional<Run> plan,
        Optional<Run> apply,
        Optional<String> difference,
        int approvals,
        Optional<String> refusal,
        Optional<String> held,
        boolean countedForAnother) {

    /** An upstream stack and where its intent stands. */
    record Upstream(String stack, IntentState state) {}
}
