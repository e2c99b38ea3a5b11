package dev.plumbline.app;

import dev.plumbline.access.Principal;
import dev.plumbline.review.Change;
import dev.plumbline.review.ChangeState;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.StackId;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.Optional;

/** What acting would do now, target by target, without doing it. */
final class Prospects {
    private final StackDirectory directory;
    private final RunEngine engine;
    private final Reviews reviews;
    private final TargetFinder finder;
    private final RemoteDesk remotes;

    Prospects(StackDirectory directory, RunEngine engine, Reviews reviews, TargetFinder finder, RemoteDesk remotes) {
        this.directory = directory;
        this.engine = engine;
        this.reviews = reviews;
        this.finder = finder;
        this.remotes = remotes;
    }

    List<Views.Prospect> of(Views.Action action, Views.Targets targets, Principal by) {
        return switch (action) {
            case DRIFT_CHECK -> targets.names().stream().map(this::driftCheck).toList();
            case FETCH -> remotes.prospects(targets);
            default ->
                finder.of(action, targets).stream()
                        .map(target -> prospect(action, target, by))
                        .toList();
        };
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
        Optional<String> no = target.lacking(action, by);
        if (target instanceof Target.OnIntent on) {
            return new IntentProspect(reviews, engine, directory.names()).of(action, on.intent(), no);
        }
        return target instanceof Target.OnChange on
                ? prospect(action, on.change(), no)
                : prospect(action, ((Target.OnRun) target).run(), no);
    }

    private static Views.Prospect prospect(Views.Action action, Change change, Optional<String> no) {
        boolean fits = action == Views.Action.REVERT
                ? change.state() == ChangeState.MERGED
                : change.state().open() && (action == Views.Action.RETRY || action == Views.Action.CANCEL);
        String named = change.id() + " (" + change.branch() + ")";
        String does = switch (action) {
            case RETRY -> "Plans " + named + " again where a plan failed, else all of it.";
            case REVERT ->
                "Opens a change that takes " + named + " back; it is planned, and applied once it is merged.";
            default -> "Stops the plans of " + named + " that are queued or under way.";
        };
        String why =
                no.orElse(fits ? does : change.id() + " is " + change.state().word() + ".");
        return new Views.Prospect(
                change.qualified(),
                no.isPresent() || !fits,
                TerminalText.safeLine(why),
                null,
                change.head().hex(),
                null);
    }

    private static Views.Prospect prospect(Views.Action action, Run run, Optional<String> no) {
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
}
