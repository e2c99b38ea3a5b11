package dev.plumbline.review;

import dev.plumbline.run.Run;
import dev.plumbline.run.RunLedger;
import dev.plumbline.store.Database;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The plans that intents would apply: what they are, whether people saw them, and who may let them go. */
public final class PromisedPlans {
    private final Database database;
    private final Changes changes;
    private final Intents intents;
    private final IntentApprovals approvals;
    private final RunLedger ledger;
    private final Refusals refusals;

    PromisedPlans(
            Database database,
            Changes changes,
            Intents intents,
            IntentApprovals approvals,
            RunLedger ledger,
            Refusals refusals) {
        this.database = database;
        this.changes = changes;
        this.intents = intents;
        this.approvals = approvals;
        this.ledger = ledger;
        this.refusals = refusals;
    }

    /** Whether what an intent would apply is, as far as it is known, what was reviewed before the merge. */
    public boolean asReviewed(Intent intent) {
        Optional<String> reviewed = ledger.digest(intent.reviewed());
        Optional<String> planned = digest(intent);
        return reviewed.isPresent() && (planned.isEmpty() || planned.equals(reviewed));
    }

    /** How a comment names the plan that an intent would apply; empty while it has none. */
    public Optional<String> planLine(Intent intent) {
        return AwaitedPlans.line(intent, ledger);
    }

    /** Other merged changes that an intent brings along: they came with the same movement of main, or before, and nothing of them is applied. */
    public List<Change> carried(Intent intent) {
        return database.read(handle -> Stream.concat(
                        intents.carried(handle, intent).stream()
                                .flatMap(number -> changes.find(handle, number).stream()),
                        changes
                                .mergedWith(
                                        handle,
                                        intent.promise().merge(),
                                        intent.stack().folder())
                                .stream())
                .filter(change -> !Objects.equals(change.number(), intent.change()))
                .filter(change -> change.state() == ChangeState.MERGED)
                .distinct()
                .toList());
    }

    /**
     * Whether a plan that waits may be let go by whoever may apply: nobody saw it before, and that is all. What destroys a stack, what was
     * begun with an unknown end, what a policy refuses and what main was rewritten for is for those who may approve.
     */
    public boolean confirmable(Intent intent) {
        return intent.state() == IntentState.AWAITING_APPROVAL
                && intent.promise().approvals() == 0
                && intent.promise().rule() != Intent.Rule.REWRITTEN
                && intent.promise().kind() == Intent.Kind.APPLY
                && intent.lost() == null
                && !held(intent)
                && policyRefusal(intent).isEmpty();
    }

    /** Whether the approvals of an intent are counted, or were found not to suffice. */
    public boolean held(Intent intent) {
        return database.read(handle -> intents.held(handle, intent.id())).isPresent();
    }

    /** Who approved the plan that an intent would apply, in the order in which they did. */
    public List<String> approvers(Intent intent) {
        return planOf(intent)
                .flatMap(plan -> Optional.ofNullable(plan.facts()))
                .map(facts -> database.read(handle -> approvals.approvers(handle, intent.id(), facts.digest())))
                .orElse(List.of());
    }

    /** The digest of the plan that an intent would apply; empty while it has none. */
    public Optional<String> digest(Intent intent) {
        return ledger.digest(intent.shownPlan().orElse(null));
    }

    /** The run whose plan an intent would apply; empty while it has none. */
    public Optional<Run> planOf(Intent intent) {
        return intent.shownPlan().flatMap(ledger::find);
    }

    /** Why policies refuse the plan that an intent would apply; empty where none does, or somebody approved it in spite of that. */
    public Optional<String> policyRefusal(Intent intent) {
        return planOf(intent).flatMap(plan -> refusals.of(intent, plan));
    }
}
