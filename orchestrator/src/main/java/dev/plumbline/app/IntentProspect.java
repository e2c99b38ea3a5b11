package dev.plumbline.app;

import dev.plumbline.review.Change;
import dev.plumbline.review.Intent;
import dev.plumbline.review.IntentState;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.stack.StackNames;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Foretells what an action would do to what main asked of one stack. */
record IntentProspect(Reviews reviews, RunEngine engine, StackNames names) {

    /** @param lacking what the asker's role lacks for it */
    Views.Prospect of(Views.Action action, Intent intent, Optional<String> lacking) {
        String stack = names.printed(intent.stack());
        Optional<Run> plan = reviews.promisedPlans().planOf(intent);
        boolean approves = action == Views.Action.APPROVE && plan.isPresent();
        Optional<String> refusal = lacking.or(() -> unfit(action, intent, stack));
        String sentence = refusal.orElseGet(() -> does(action, intent, stack, plan));
        PlanFacts facts = plan.map(Run::facts).orElse(null);
        // A run stands for its plan: what is approved is that one, whatever came after this was asked.
        return new Views.Prospect(
                approves ? plan.get().id().toString() : stack,
                refusal.isPresent(),
                sentence,
                plan.map(run -> run.id().toString()).orElse(null),
                intent.promise().commit().hex(),
                approves ? counts(facts) : null);
    }

    private Optional<String> unfit(Views.Action action, Intent intent, String stack) {
        if (!fits(action, intent)) {
            return Optional.of(stack + " is " + intent.state().word() + ": " + intent.reason() + ".");
        }
        return action == Views.Action.RETRY
                ? new RetryRule(reviews, engine).against(intent).map(sentence -> sentence + ".")
                : Optional.empty();
    }

    private static boolean fits(Views.Action action, Intent intent) {
        return switch (action) {
            case APPROVE -> intent.state() == IntentState.AWAITING_APPROVAL;
            case CANCEL -> !intent.state().ended();
            case APPLY, RETRY -> intent.state().ended();
            case REVERT -> intent.change() != null;
            case DRIFT_CHECK, FETCH -> false;
        };
    }

    private String does(Views.Action action, Intent intent, String stack, Optional<Run> plan) {
        String commit = intent.promise().commit().abbreviated();
        return switch (action) {
            case APPROVE ->
                "Applies the plan " + plan.map(run -> run.id().toString()).orElse("") + " to " + stack
                        + ", exactly as it was shown"
                        + reviews.promisedPlans()
                                .policyRefusal(intent)
                                .map(why -> ", though " + why)
                                .orElse("")
                        + ".";
            case CANCEL -> {
                List<Run> runs = engine.ledger().orderedBy(intent.subject()).stream()
                        .filter(run -> !run.state().ended())
                        .toList();
                String stopped = runs.stream()
                        .map(run -> run.id() + " (" + run.state().word() + ")")
                        .collect(Collectors.joining(", "));
                yield "Gives up what commit " + commit + " wants of " + stack
                        + (stopped.isEmpty() ? "; nothing of it runs now." : " and stops " + stopped + ".");
            }
            case APPLY, RETRY ->
                "Plans " + stack + " at commit " + commit
                        + " again; a plan that nobody has seen awaits approval before it is applied.";
            case REVERT ->
                "Opens a change that takes "
                        + Optional.ofNullable(intent.change())
                                .flatMap(reviews::change)
                                .map(Change::id)
                                .orElse("it")
                        + " back; it is planned, and applied once it is merged.";
            case DRIFT_CHECK, FETCH -> "";
        };
    }

    private static Views.@Nullable Counts counts(@Nullable PlanFacts facts) {
        return facts == null ? null : RunDesk.counts(facts);
    }
}
