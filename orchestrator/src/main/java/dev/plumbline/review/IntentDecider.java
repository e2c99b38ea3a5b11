package dev.plumbline.review;

import dev.plumbline.review.IntentSnapshot.Upstream;
import dev.plumbline.review.IntentStep.Apply;
import dev.plumbline.review.IntentStep.Count;
import dev.plumbline.review.IntentStep.Discard;
import dev.plumbline.review.IntentStep.End;
import dev.plumbline.review.IntentStep.Inspect;
import dev.plumbline.review.IntentStep.Plan;
import dev.plumbline.review.IntentStep.Wait;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The story of a merge: from the promise to apply a stack to its end. Pure; deciding twice gives the same step. */
final class IntentDecider {

    IntentStep next(IntentSnapshot now) {
        Intent intent = now.intent();
        if (intent.state().ended()) {
            return new End(intent.state(), intent.reason());
        }
        if (now.apply().isPresent()) {
            return follow(now.apply().get());
        }
        if (now.newer().isPresent()) {
            return new End(IntentState.SUPERSEDED, "commit " + now.newer().get() + " came after it");
        }
        if (now.upstream().isPresent()) {
            return behind(now.upstream().get());
        }
        if (now.busyOrigin().isPresent()) {
            return new Wait(
                    IntentState.WAITING,
                    "its state is still in use as " + now.busyOrigin().get());
        }
        if (now.blocked().isPresent()) {
            return new Wait(IntentState.BLOCKED, now.blocked().get());
        }
        if (now.unaffected()) {
            return new End(IntentState.NO_CHANGES, "what it reads of other stacks stayed as it was");
        }
        return plannedOrPlan(now);
    }

    private static IntentStep follow(Run apply) {
        return switch (apply.state()) {
            case APPLIED -> new End(IntentState.APPLIED, "by " + apply.id());
            case FAILED ->
                apply.planWasStale()
                        ? new Discard(stale(apply))
                        : new End(IntentState.FAILED, apply.id() + " failed: " + firstLine(apply));
            case CANCELLED, SUPERSEDED ->
                new End(IntentState.CANCELLED, apply.id() + " was cancelled: " + apply.reason());
            case LOST -> new Inspect(apply, apply.id() + " ended unseen: " + apply.reason());
            default ->
                new Wait(
                        IntentState.APPLYING,
                        apply.id() + " is " + apply.state().word() + ": " + apply.reason());
        };
    }

    private static String stale(Run apply) {
        String first = apply.reason().lines().findFirst().orElse("");
        return first.contains("Error: Saved plan ") ? "its state moved since it was planned" : first;
    }

    /** Terraform's errors have many lines; the run's log has them all. */
    private static String firstLine(Run run) {
        return run.reason().lines().findFirst().orElse("") + "; plumbline logs " + run.id();
    }

    private static IntentStep behind(Upstream upstream) {
        String reason = "it comes after " + upstream.stack() + ", which is "
                + upstream.state().word();
        return new Wait(upstream.state().settled() ? IntentState.BLOCKED : IntentState.WAITING, reason);
    }

    private static IntentStep plannedOrPlan(IntentSnapshot now) {
        if (now.plan().isEmpty()) {
            return reviewed(now);
        }
        Run plan = now.plan().get();
        return switch (plan.state()) {
            case PLANNED, NO_CHANGES -> judge(plan, now);
            case FAILED -> new End(IntentState.FAILED, plan.id() + " could not plan it: " + firstLine(plan));
            case CANCELLED, SUPERSEDED ->
                new End(IntentState.CANCELLED, plan.id() + " was cancelled: " + plan.reason());
            default ->
                new Wait(IntentState.PLANNING, plan.id() + " is " + plan.state().word() + ": " + plan.reason());
        };
    }

    private static IntentStep reviewed(IntentSnapshot now) {
        if (now.intent().lost() != null) {
            return new Plan("what " + now.intent().lost() + " did is unknown, so it is planned again");
        }
        if (now.reviewed().isEmpty()) {
            return new Plan("nobody has seen a plan of it yet");
        }
        Run reviewed = now.reviewed().get();
        if (reviewed.handedOver()) {
            return new Plan("the plan of " + reviewed.id() + " was already used");
        }
        String moved = moved(reviewed, now);
        return moved.isEmpty() ? judge(reviewed, now) : new Plan(moved + " since " + reviewed.id() + " planned it");
    }

    private static String moved(Run plan, IntentSnapshot now) {
        PlanFacts facts = Objects.requireNonNull(plan.facts(), "a finished plan has facts");
        return now.now().map(basis -> basis.movedSince(facts.basis())).orElse("");
    }

    private static IntentStep judge(Run plan, IntentSnapshot now) {
        String moved = moved(plan, now);
        if (!moved.isEmpty()) {
            return new Discard(moved + " since " + plan.id() + " planned it");
        }
        if (plan.state() == RunState.NO_CHANGES) {
            return new End(IntentState.NO_CHANGES, plan.id() + " found nothing to change");
        }
        if (now.held().filter(String::isEmpty).isPresent()) {
            return new Wait(IntentState.WAITING, "the approvals of its pull request are being counted");
        }
        if (now.countedForAnother()) {
            return new Count("the approvals of its pull request were counted for another plan than " + plan.id());
        }
        List<String> obstacles = Stream.of(now.refusal(), now.held().or(() -> obstacle(plan, now)))
                .flatMap(Optional::stream)
                .toList();
        return obstacles.isEmpty()
                ? new Apply(
                        plan,
                        "the plan of " + plan.id() + " is what was " + (reviewed(plan, now) ? "reviewed" : "approved"))
                : new Wait(IntentState.AWAITING_APPROVAL, String.join("; ", obstacles) + next(plan, now));
    }

    /** Why a person must approve the plan first; empty where it may be applied. */
    private static Optional<String> obstacle(Run plan, IntentSnapshot now) {
        Intent.Promise promise = now.intent().promise();
        boolean destroy = promise.kind() == Intent.Kind.DESTROY;
        boolean rewritten = promise.rule() == Intent.Rule.REWRITTEN;
        boolean seen = reviewed(plan, now) && now.intent().lost() == null && !destroy && !rewritten;
        int wanted = Math.max(promise.approvals(), seen || allowed(plan, now) ? 0 : 1);
        if (now.approvals() >= wanted) {
            return Optional.empty();
        }
        String others = promise.approvals() == 0
                ? ""
                : now.approvals() + " of " + wanted + " approvals by others than who pushed it";
        if (seen) {
            return Optional.of(others);
        }
        return Optional.of(whyUnseen(plan, now) + (others.isEmpty() ? "" : "; " + others));
    }

    private static String next(Run plan, IntentSnapshot now) {
        return now.intent().commands(plan.id());
    }

    private static String whyUnseen(Run plan, IntentSnapshot now) {
        if (now.intent().promise().kind() == Intent.Kind.DESTROY) {
            return "its folder is gone, so " + plan.id() + " would destroy all of it";
        }
        if (now.intent().promise().rule() == Intent.Rule.REWRITTEN) {
            return now.intent().promise().why();
        }
        if (now.intent().lost() != null) {
            return "what " + now.intent().lost() + " did is unknown";
        }
        return now.difference()
                .map(difference -> "it would not do what was reviewed: " + difference)
                .orElse("nobody saw its plan before main asked for it");
    }

    private static boolean reviewed(Run plan, IntentSnapshot now) {
        PlanFacts facts = Objects.requireNonNull(plan.facts(), "a finished plan has facts");
        return now.reviewed()
                .map(Run::facts)
                .map(seen -> seen.digest().equals(facts.digest()))
                .orElse(false);
    }

    private static boolean allowed(Run plan, IntentSnapshot now) {
        if (now.intent().lost() != null || now.intent().promise().kind() == Intent.Kind.DESTROY) {
            return false;
        }
        return switch (now.intent().promise().rule()) {
            case APPROVE, REWRITTEN -> false;
            case APPLY -> true;
            case APPLY_UNLESS_DESTROYS ->
                Optional.ofNullable(plan.facts())
                        .map(facts -> facts.counts().destroy() + facts.counts().replace() == 0)
                        .orElse(false);
        };
    }
}
