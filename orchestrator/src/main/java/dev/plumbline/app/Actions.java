package dev.plumbline.app;

import dev.plumbline.access.Principal;
import dev.plumbline.drift.DriftCheck;
import dev.plumbline.drift.DriftWatch;
import dev.plumbline.review.ChangeState;
import dev.plumbline.review.Intent;
import dev.plumbline.review.IntentState;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Subject;
import dev.plumbline.web.Views;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does what people ask for: approve, apply, cancel, retry. */
final class Actions {
    private final StackDirectory directory;
    private final RunEngine engine;
    private final Reviews reviews;
    private final DriftWatch drift;
    private final Outcomes outcomes;
    private final TargetFinder finder;
    private final RevertDesk reverts;

    Actions(
            StackDirectory directory,
            RunEngine engine,
            Reviews reviews,
            DriftWatch drift,
            Outcomes outcomes,
            TargetFinder finder,
            RevertDesk reverts) {
        this.reverts = reverts;
        this.finder = finder;
        this.outcomes = outcomes;
        this.drift = drift;
        this.directory = directory;
        this.engine = engine;
        this.reviews = reviews;
    }

    Views.Acted act(Views.Action action, Views.Targets targets, Principal by) {
        if (action == Views.Action.DRIFT_CHECK) {
            return checkDrift(targets, by.name());
        }
        if (action == Views.Action.REVERT) {
            return reverts.revert(finder.of(action, targets), by);
        }
        Map<String, Views.Outcome> started = new LinkedHashMap<>();
        List<String> refused = new ArrayList<>();
        for (Target target : finder.of(action, targets)) {
            Optional<String> refusal = target.lacking(action, by)
                    .or(() -> targets.all() ? leftOut(action, target) : Optional.empty())
                    .or(() -> refusal(action, target, by.name()));
            if (refusal.isPresent()) {
                refused.add(refusal.get());
            } else {
                String handle = target.subject().toString();
                started.put(handle, outcomes.of(handle));
            }
        }
        return new Views.Acted(new ArrayList<>(started.values()), refused);
    }

    /** Whoever approves everything doesn't mean what a policy refuses. */
    private Optional<String> leftOut(Views.Action action, Target target) {
        return action == Views.Action.APPROVE && target instanceof Target.OnIntent on
                ? reviews.promisedPlans()
                        .policyRefusal(on.intent())
                        .map(why -> why + ": --all leaves it out; plumbline approve "
                                + on.intent().stack().typed() + " applies it in spite of that")
                : Optional.empty();
    }

    private Views.Acted checkDrift(Views.Targets targets, String actor) {
        List<StackId> stacks = targets.all() || targets.names().isEmpty()
                ? engine.applied().all()
                : targets.names().stream().map(name -> directory.resolve(name)).toList();
        List<Views.Outcome> started = new ArrayList<>();
        for (StackId stack : stacks) {
            long check = drift.check(stack, actor);
            started.add(outcomes.of(new Subject(DriftCheck.KIND, check).toString()));
        }
        return new Views.Acted(started, List.of());
    }

    private Optional<String> refusal(Views.Action action, Target target, String actor) {
        if (target instanceof Target.OnIntent on) {
            return switch (action) {
                case APPROVE -> reviews.acts().approve(on.intent(), actor);
                case APPLY -> again(on.intent(), actor);
                case RETRY ->
                    new RetryRule(reviews, engine).against(on.intent()).or(() -> again(on.intent(), actor));
                case CANCEL -> reviews.acts().cancel(on.intent(), actor);
                case REVERT, DRIFT_CHECK, FETCH -> throw new IllegalStateException(action + " has its own way");
            };
        }
        if (target instanceof Target.OnChange on) {
            return switch (action) {
                case RETRY ->
                    on.change().state() == ChangeState.WAITING
                            ? Optional.of(on.change().id() + " is not planned: "
                                    + on.change().reason())
                            : reviews.acts().retry(on.change(), actor);
                case CANCEL -> reviews.acts().cancel(on.change(), actor);
                case APPROVE, APPLY ->
                    Optional.of(on.change().id() + " is not merged: merging "
                            + on.change().branch() + " into main and pushing main approves and applies it");
                case REVERT, DRIFT_CHECK, FETCH -> throw new IllegalStateException(action + " has its own way");
            };
        }
        Run run = ((Target.OnRun) target).run();
        if (action == Views.Action.APPROVE) {
            return Optional.of(run.id() + " is not what " + run.stack()
                    + " would apply now: look at plumbline status, and approve what it names");
        }
        return action == Views.Action.CANCEL
                ? reviews.acts().cancel(run, actor)
                : Optional.of(run.id() + " was a " + run.order().phase().word() + ": only cancel fits it");
    }

    private Optional<String> again(Intent intent, String actor) {
        return intent.state() == IntentState.AWAITING_APPROVAL
                ? Optional.of(intent.stack() + " awaits approval: plumbline approve "
                        + intent.stack().typed())
                : reviews.acts().retry(intent, actor);
    }
}
