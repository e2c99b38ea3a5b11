package dev.plumbline.drift;

import dev.plumbline.git.CommitSha;
import dev.plumbline.run.AppliedStacks;
import dev.plumbline.run.Run;
import java.util.Optional;

/**
 * All that decides over a check's next step.
 *
 * @param run the one that was ordered for it
 * @param onMain the stack as main has it; empty where main, or the stack on it, is missing
 * @param applied what was applied last; empty where nothing ever was
 * @param busy another run of the stack that is queued or live
 */
record DriftSnapshot(
        DriftCheck check,
        Optional<Run> run,
        Optional<OnMain> onMain,
        Optional<AppliedStacks.Applied> applied,
        Optional<Run> busy) {

    /**
     * A stack on main.
     *
     * @param tree main's tree
     * @param code the hash of the stack's closure in it
     * @param inputs the digest of its inputs as they are now; empty where one of them does not exist
     */
    record OnMain(CommitSha commit, String tree, String code, Optional<String> inputs) {}
}
