package dev.plumbline.config;

import java.util.List;
import java.util.Optional;

/**
 * {@code plumbline.yaml} at a repository's root.
 *
 * @param stacks globs over folders; empty means every folder with Terraform files that is not used as a module
 * @param apply when a reviewed plan is applied
 * @param merge how a pull request is merged once it was applied before
 * @param drafts whether pull requests are planned that say of themselves that they are not ready
 * @param approvals how many people must approve a change beyond the merge itself; none of those who pushed it counts
 * @param may who may do what on a pull request
 * @param drift when the repository's stacks are checked for drift
 * @param downstream what happens to a stack whose upstream's outputs changed
 * @param directPush what happens to a push to the main branch that nobody reviewed
 * @param terraform the program for stacks that name none themselves; empty for the server's
 */
public record RepositoryConfig(
        List<Glob> stacks,
        ApplyWhen apply,
        MergeHow merge,
        boolean drafts,
        int approvals,
        Rights may,
        DriftRule drift,
        Downstream downstream,
        DirectPush directPush,
        Optional<TerraformChoice> terraform) {

    /** What holds where the file, or a key of it, is missing. */
    public static final RepositoryConfig DEFAULT = new RepositoryConfig(
            List.of(),
            ApplyWhen.ON_MERGE,
            MergeHow.MERGE,
            false,
            0,
            Rights.DEFAULT,
            new DriftRule(CronSchedule.parse("0 */6 * * *")),
            Downstream.APPROVE,
            DirectPush.APPROVE,
            Optional.empty());

    public RepositoryConfig {
        stacks = List.copyOf(stacks);
    }

    /** The moment of the apply. */
    public enum ApplyWhen {
        ON_MERGE,
        /** When somebody asks for it on the pull request, which is merged then. */
        BEFORE_MERGE
    }

    /** How a pull request's commits come onto the main branch. */
    public enum MergeHow {
        MERGE,
        SQUASH,
        REBASE
    }

    /** What a plan caused by an upstream's new outputs does: apply where nothing is destroyed or replaced, or wait. */
    public enum Downstream {
        AUTO,
        APPROVE
    }

    /** What a plan of a direct, unreviewed push does: apply at once, or wait. */
    public enum DirectPush {
        APPROVE,
        APPLY
    }

    /**
     * The rule for drift checks.
     *
     * @param schedule when all stacks of the repository are checked, in UTC
     */
    public record DriftRule(CronSchedule schedule) {}
}
