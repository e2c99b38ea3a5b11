package dev.plumbline.app;

import dev.plumbline.review.Change;
import dev.plumbline.review.ChangeStack;
import dev.plumbline.review.ChangeState;
import dev.plumbline.review.Intent;
import dev.plumbline.review.IntentState;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Subject;
import dev.plumbline.web.NoSuchSubjectException;
import dev.plumbline.web.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds what people mean when they act. */
final class TargetFinder {
    private static final Pattern RUN = Pattern.compile("r\\d{1,18}");

    private final StackDirectory directory;
    private final RunEngine engine;
    private final Reviews reviews;
    private final ChangeFinder changes;

    TargetFinder(StackDirectory directory, RunEngine engine, Reviews reviews) {
        this.directory = directory;
        this.engine = engine;
        this.reviews = reviews;
        this.changes = new ChangeFinder(reviews);
    }

    /** @throws NoSuchSubjectException where a name means nothing, or more than one thing */
    List<Target> of(Views.Action action, Views.Targets targets) {
        return targets.all()
                ? everything(action)
                : targets.names().stream()
                        .flatMap(name -> named(action, name).stream())
                        .toList();
    }

    private List<Target> everything(Views.Action action) {
        List<Target> all = new ArrayList<>();
        for (Intent intent : action == Views.Action.CANCEL ? reviews.unendedIntents() : newest()) {
            boolean fits = switch (action) {
                case APPROVE -> intent.state() == IntentState.AWAITING_APPROVAL;
                case CANCEL -> !intent.state().ended();
                case APPLY, RETRY -> intent.state() == IntentState.FAILED || intent.state() == IntentState.CANCELLED;
                case REVERT, DRIFT_CHECK, FETCH -> false;
            };
            if (fits) {
                all.add(new Target.OnIntent(intent));
            }
        }
        if (action == Views.Action.RETRY) {
            reviews.openChanges().stream()
                    .filter(change -> change.state() == ChangeState.FAILED)
                    .forEach(change -> all.add(new Target.OnChange(change)));
        }
        return all;
    }

    /** What main asked for last, and what an older commit asked for that is still being applied. */
    private List<Target> unended(StackId stack) {
        return reviews.unendedIntents().stream()
                .filter(intent -> intent.stack().equals(stack))
                .<Target>map(Target.OnIntent::new)
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
        if (ChangeFinder.names(name)) {
            return onChange(action, changes.find(name));
        }
        StackId id = directory.resolve(name);
        if (action == Views.Action.CANCEL) {
            List<Target> unended = unended(id);
            if (!unended.isEmpty()) {
                return unended;
            }
        }
        return List.of(new Target.OnIntent(reviews.intent(id)
                .orElseThrow(() -> new NoSuchSubjectException(
                        id + " has nothing to act on: main has not asked for anything yet."))));
    }

    private Target onRun(Views.Action action, Run run) {
        boolean ofIntent = run.order().forWhom().kind().equals("intent");
        if (action == Views.Action.CANCEL && (!ofIntent || run.state().ended())) {
            return new Target.OnRun(run);
        }
        Subject cause = run.order().forWhom();
        return switch (cause.kind()) {
            case "intent" -> onRun(action, run, reviews.intent(cause.number()).orElseThrow());
            case "change" -> new Target.OnChange(reviews.change(cause.number()).orElseThrow());
            default -> new Target.OnRun(run);
        };
    }

    /** A run that is approved is the plan somebody looked at: it does not stand for one that was made later. */
    private Target onRun(Views.Action action, Run run, Intent intent) {
        boolean outdated = action == Views.Action.APPROVE
                && reviews.promisedPlans()
                        .planOf(intent)
                        .filter(plan -> plan.id().equals(run.id()))
                        .isEmpty();
        return outdated ? new Target.OnRun(run) : new Target.OnIntent(intent);
    }

    /** An open change stands for itself; a merged one, or one that is applied before that, for the intents that came of it. */
    private List<Target> onChange(Views.Action action, Change change) {
        boolean promised =
                !change.state().open() || !reviews.earlyApply().of(change).isEmpty();
        if (!promised || action == Views.Action.REVERT) {
            return List.of(new Target.OnChange(change));
        }
        RetryRule retry = new RetryRule(reviews, engine);
        List<Target> intents = new ArrayList<>();
        for (ChangeStack stack : reviews.stacks(change)) {
            reviews.intent(new StackId(change.repository(), stack.folder()))
                    .filter(intent -> Long.valueOf(change.number()).equals(intent.change())
                            || intent.promise().commit().equals(change.head()))
                    .filter(intent -> action != Views.Action.RETRY || retry.failed(intent))
                    .ifPresent(intent -> intents.add(new Target.OnIntent(intent)));
        }
        if (intents.isEmpty()) {
            throw new NoSuchSubjectException(
                    change.id() + " is " + change.state().word() + ": nothing of it is left to " + action.word() + ".");
        }
        return intents;
    }
}
