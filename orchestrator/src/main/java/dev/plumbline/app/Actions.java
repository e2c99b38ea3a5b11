package dev.plumbline.app;

import dev.plumbline.access.Principal;
import dev.plumbline.access.Role;
import dev.plumbline.drift.DriftCheck;
import dev.plumbline.drift.DriftWatch;
import dev.plumbline.review.Change;
import dev.plumbline.review.ChangeStack;
import dev.plumbline.review.ChangeState;
import dev.plumbline.review.Intent;
import dev.plumbline.review.IntentState;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Subject;
import dev.plumbline.web.NoSuchSubjectException;
import dev.plumbline.web.Views;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Does what people ask for: approve, apply, cancel, retry. */
final class Actions {
    private static final Pattern RUN = Pattern.compile("r\\d{1,18}");
    private static final Pattern CHANGE = Pattern.compile("#\\d{1,18}");

    private final StackDirectory directory;
    private final RunEngine engine;
    private final Reviews reviews;
    private final DriftWatch drift;
    private final Outcomes outcomes;

    Actions(StackDirectory directory, RunEngine engine, Reviews reviews, DriftWatch drift, Outcomes outcomes) {
        this.outcomes = outcomes;
        this.drift = drift;
        this.directory = directory;
        this.engine = engine;
        this.reviews = reviews;
    }

    /** Something that was named: exactly one of the three. */
    private sealed interface Target {
        /** Who has less may not touch it, whatever the action. */
        Role leastRole();

        /** As people know it. */
        String called();
    }

    /** What is applied is for those who may approve it. */
    private record OnIntent(Intent intent) implements Target {
        @Override
        public Role leastRole() {
            return Role.APPROVE;
        }

        @Override
        public String called() {
            return intent.stack().toString();
        }
    }

    /** Plans of what was pushed and not merged are for those who push. */
    private record OnChange(Change change) implements Target {
        @Override
        public Role leastRole() {
            return Role.PUSH;
        }

        @Override
        public String called() {
            return change.id();
        }
    }

    private record OnRun(Run run) implements Target {
        @Override
        public Role leastRole() {
            boolean ofIntent = run.order().forWhom().kind().equals("intent");
            return ofIntent ? Role.APPROVE : Role.PUSH;
        }

        @Override
        public String called() {
            return run.id().toString();
        }
    }

    Views.Acted act(Views.Action action, Views.Targets targets, Principal by) {
        if (action == Views.Action.DRIFT_CHECK) {
            return checkDrift(targets, by.name());
        }
        List<Target> all = targets.all()
                ? everything(action)
                : targets.names().stream()
                        .flatMap(name -> named(action, name).stream())
                        .toList();
        Map<String, Views.Outcome> started = new LinkedHashMap<>();
        List<String> refused = new ArrayList<>();
        for (Target target : all) {
            Optional<String> refusal = lacking(action, target, by).or(() -> refusal(action, target, by.name()));
            if (refusal.isPresent()) {
                refused.add(refusal.get());
            } else {
                started.put(handle(target), outcomes.of(handle(target)));
            }
        }
        return new Views.Acted(new ArrayList<>(started.values()), refused);
    }

    /** What {@link #act} would do now. */
    List<Views.Prospect> prospects(Views.Action action, Views.Targets targets, Principal by) {
        if (action == Views.Action.DRIFT_CHECK) {
            return targets.names().stream().map(this::driftCheck).toList();
        }
        if (action == Views.Action.FETCH) {
            return List.of();
        }
        List<Target> all = targets.all()
                ? everything(action)
                : targets.names().stream()
                        .flatMap(name -> named(action, name).stream())
                        .toList();
        return all.stream().map(target -> prospect(action, target, by)).toList();
    }

    private Views.Prospect driftCheck(String name) {
        StackId stack = directory.resolve(name);
        boolean applied = engine.applied().find(stack).isPresent();
        return new Views.Prospect(
                directory.names().printed(stack),
                !applied,
                applied
                        ? "Plans " + stack + " as main has it and compares; nothing is changed."
                        : stack + " was never applied, so nothing can have drifted.",
                null,
                null,
                null);
    }

    private Views.Prospect prospect(Views.Action action, Target target, Principal by) {
        Optional<String> no = lacking(action, target, by);
        if (target instanceof OnIntent on) {
            return new IntentProspect(reviews, engine, directory.names()).of(action, on.intent(), no);
        }
        if (target instanceof OnChange on) {
            Change change = on.change();
            boolean fits = change.state().open() && (action == Views.Action.RETRY || action == Views.Action.CANCEL);
            String does = action == Views.Action.RETRY
                    ? "Plans " + change.id() + " (" + change.branch() + ") again where a plan failed, else all of it."
                    : "Stops the plans of " + change.id() + " (" + change.branch() + ") that are queued or under way.";
            String why = no.orElse(
                    fits ? does : change.id() + " is " + change.state().word() + ".");
            return new Views.Prospect(
                    change.id(),
                    no.isPresent() || !fits,
                    TerminalText.safeLine(why),
                    null,
                    change.head().hex(),
                    null);
        }
        Run run = ((OnRun) target).run();
        boolean fits = action == Views.Action.CANCEL && !run.state().ended();
        String what = run.id() + ", the " + run.order().phase().word() + " of " + run.stack();
        String why = no.orElse(
                fits ? "Stops " + what + "." : what + ", is " + run.state().word() + ".");
        return new Views.Prospect(
                run.id().toString(),
                no.isPresent() || !fits,
                why,
                run.id().toString(),
                run.order().commit().hex(),
                null);
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

    private List<Target> everything(Views.Action action) {
        List<Target> all = new ArrayList<>();
        for (Intent intent : action == Views.Action.CANCEL ? reviews.unendedIntents() : newest()) {
            boolean fits = switch (action) {
                case APPROVE -> intent.state() == IntentState.AWAITING_APPROVAL;
                case CANCEL -> !intent.state().ended();
                case APPLY, RETRY -> intent.state() == IntentState.FAILED || intent.state() == IntentState.CANCELLED;
                case DRIFT_CHECK, FETCH -> false;
            };
            if (fits) {
                all.add(new OnIntent(intent));
            }
        }
        if (action == Views.Action.RETRY) {
            reviews.changes(false).stream()
                    .filter(change -> change.state() == ChangeState.FAILED)
                    .forEach(change -> all.add(new OnChange(change)));
        }
        return all;
    }

    /** What main asked for last, and what an older commit asked for that is still being applied. */
    private List<Target> unended(StackId stack) {
        return reviews.unendedIntents().stream()
                .filter(intent -> intent.stack().equals(stack))
                .<Target>map(OnIntent::new)
                .toList();
    }

    private List<Intent> newest() {
        List<Intent> all = new ArrayList<>();
        engine.catalogs().repositories().forEach(repository -> all.addAll(reviews.intents(repository)));
        return all;
    }

    private List<Target> named(Views.Action action, String name) {
        if (RUN.matcher(name).matches()) {
            Run run = engine.ledger()
                    .find(new RunId(Long.parseLong(name.substring(1))))
                    .orElseThrow(() -> new NoSuchSubjectException("There is no run " + name + "."));
            return List.of(onRun(action, run));
        }
        if (CHANGE.matcher(name).matches()) {
            Change change = reviews.change(Long.parseLong(name.substring(1)))
                    .orElseThrow(() -> new NoSuchSubjectException("There is no change " + name + "."));
            return onChange(action, change);
        }
        StackId id = directory.resolve(name);
        if (action == Views.Action.CANCEL) {
            List<Target> unended = unended(id);
            if (!unended.isEmpty()) {
                return unended;
            }
        }
        return List.of(new OnIntent(reviews.intent(id)
                .orElseThrow(() -> new NoSuchSubjectException(
                        id + " has nothing to act on: main has not asked for anything yet."))));
    }

    private Target onRun(Views.Action action, Run run) {
        boolean ofIntent = run.order().forWhom().kind().equals("intent");
        if (action == Views.Action.CANCEL && (!ofIntent || run.state().ended())) {
            return new OnRun(run);
        }
        Subject cause = run.order().forWhom();
        return switch (cause.kind()) {
            case "intent" -> onRun(action, run, reviews.intent(cause.number()).orElseThrow());
            case "change" -> new OnChange(reviews.change(cause.number()).orElseThrow());
            default -> new OnRun(run);
        };
    }

    /** A run that is approved is the plan somebody looked at: it does not stand for one that was made later. */
    private Target onRun(Views.Action action, Run run, Intent intent) {
        boolean outdated = action == Views.Action.APPROVE
                && reviews.planOf(intent)
                        .filter(plan -> plan.id().equals(run.id()))
                        .isEmpty();
        return outdated ? new OnRun(run) : new OnIntent(intent);
    }

    /** An open change stands for itself; a merged one for the intents that came of it. */
    private List<Target> onChange(Views.Action action, Change change) {
        if (change.state().open()) {
            return List.of(new OnChange(change));
        }
        List<Target> intents = new ArrayList<>();
        for (ChangeStack stack : reviews.stacks(change)) {
            reviews.intent(new StackId(change.repository(), stack.folder()))
                    .filter(intent -> Long.valueOf(change.number()).equals(intent.change())
                            || intent.promise().commit().equals(change.head()))
                    .ifPresent(intent -> intents.add(new OnIntent(intent)));
        }
        if (intents.isEmpty()) {
            throw new NoSuchSubjectException(
                    change.id() + " is " + change.state().word() + ": nothing of it is left to " + action.word() + ".");
        }
        return intents;
    }

    /** What was let in for one kind of target may still not be meant for another one. */
    private static Optional<String> lacking(Views.Action action, Target target, Principal by) {
        Role needed = target.leastRole().covers(action.leastRole()) ? target.leastRole() : action.leastRole();
        return by.may(needed)
                ? Optional.empty()
                : Optional.of("to " + action.word() + " " + target.called() + " is not for you: " + by.lacks(needed)
                        + " " + needed.remedy());
    }

    private Optional<String> refusal(Views.Action action, Target target, String actor) {
        if (target instanceof OnIntent on) {
            return switch (action) {
                case APPROVE -> reviews.approve(on.intent(), actor);
                case APPLY, RETRY ->
                    on.intent().state() == IntentState.AWAITING_APPROVAL
                            ? Optional.of(on.intent().stack() + " awaits approval: plumbline approve "
                                    + on.intent().stack().typed())
                            : reviews.retry(on.intent(), actor);
                case CANCEL -> reviews.cancel(on.intent(), actor);
                case DRIFT_CHECK, FETCH -> Optional.of("a drift check is asked for by stack");
            };
        }
        if (target instanceof OnChange on) {
            return switch (action) {
                case RETRY -> reviews.retry(on.change(), actor);
                case CANCEL -> cancel(on.change(), actor);
                case APPROVE, APPLY ->
                    Optional.of(on.change().id() + " is not merged: merging "
                            + on.change().branch() + " into main and pushing main approves and applies it");
                case DRIFT_CHECK, FETCH -> Optional.of("a drift check is asked for by stack");
            };
        }
        Run run = ((OnRun) target).run();
        if (action == Views.Action.APPROVE) {
            return Optional.of(run.id() + " is not what " + run.stack()
                    + " would apply now: look at plumbline status, and approve what it names");
        }
        return action == Views.Action.CANCEL
                ? reviews.cancel(run, actor)
                : Optional.of(run.id() + " was a " + run.order().phase().word() + ": only cancel fits it");
    }

    private Optional<String> cancel(Change change, String actor) {
        List<Run> runs = engine.ledger().orderedBy(change.subject()).stream()
                .filter(run -> !run.state().ended())
                .toList();
        if (runs.isEmpty()) {
            return Optional.of(change.id() + " has nothing that runs");
        }
        runs.forEach(run -> reviews.cancel(run, actor));
        return Optional.empty();
    }

    private static String handle(Target target) {
        if (target instanceof OnIntent on) {
            return on.intent().subject().toString();
        }
        return target instanceof OnChange on
                ? on.change().subject().toString()
                : ((OnRun) target).run().subject().toString();
    }
}
