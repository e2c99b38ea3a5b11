package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullText;
import dev.plumbline.forge.QueueEntry;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.run.RunId;
import dev.plumbline.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the plans that people saw before main moved: what they merged for. */
final class ReviewedPlans {
    private static final int SAME_CODE = 2;
    private static final int MERGED = 1;

    private final Changes changes;
    private final PullBook pulls;

    ReviewedPlans(Changes changes, PullBook pulls) {
        this.changes = changes;
        this.pulls = pulls;
    }

    /**
     * A plan that was shown before main moved.
     *
     * @param exact whether the stack's code is what that change made of it, and nothing else
     */
    record Reviewed(Change change, RunId run, boolean exact) {}

    /**
     * The plan that an open change's author was shown: of the same code, one that this push merges first; else that of a change which
     * this push merges, to be compared with a new plan.
     */
    Optional<Reviewed> of(
            Transaction transaction,
            Intent.Promise promise,
            Pushes.Movement movement,
            CommitSha after,
            List<Change> merged,
            Mirror mirror) {
        Optional<Reviewed> best = Optional.empty();
        int bestFit = 0;
        List<Change> shown = Stream.concat(
                        merged.stream(),
                        changes.open(transaction.handle(), promise.stack().repository()).stream())
                .distinct()
                .toList();
        for (Change change : shown) {
            // What people read stands on the pull request; an entry of a merge queue was only compared with that.
            if (QueueEntry.of(change.branch()).isPresent()
                    || !changes.reportedBefore(transaction.handle(), change.number(), movement.unmovedAt())) {
                continue;
            }
            boolean comes = merged.contains(change);
            for (ChangeStack stack : changes.stacks(transaction.handle(), change.number())) {
                int fit = fit(promise, stack, comes);
                RunId run = stack.run();
                if (fit > bestFit && run != null && shown(change, stack) && told(transaction, change)) {
                    best = Optional.of(new Reviewed(
                            change, run, fit == SAME_CODE + MERGED && mirror.isAncestor(change.head(), after)));
                    bestFit = fit;
                }
            }
        }
        return best;
    }

    /** Whether the comment with its plans got where people read it: a forge may refuse it. */
    private boolean told(Transaction transaction, Change change) {
        Optional<PullBook.Entry> pull = pulls.ofChange(transaction.handle(), change.number());
        Optional<PullText.Shown> plans = ChangeApprovals.subject(transaction.handle(), change.number());
        return pull.isEmpty() || plans.isEmpty() || pulls.showed(transaction.handle(), pull.get(), plans.get());
    }

    /** How well a plan stands for what is promised; zero where it doesn't. */
    private static int fit(Intent.Promise promise, ChangeStack stack, boolean merged) {
        if (!stack.folder().equals(promise.stack().folder()) || stack.kind() != promise.kind()) {
            return 0;
        }
        boolean sameCode = stack.code().equals(promise.code());
        return (sameCode ? SAME_CODE : 0) + (merged ? MERGED : 0);
    }

    private static boolean shown(Change change, ChangeStack stack) {
        String reported = change.reported();
        RunId run = stack.run();
        return reported != null
                && run != null
                && reported.lines().anyMatch((run.number() + " " + stack.folder())::equals);
    }
}
