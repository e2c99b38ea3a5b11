package dev.plumbline.app;

import dev.plumbline.drift.DriftCheck;
import dev.plumbline.drift.DriftState;
import dev.plumbline.drift.DriftWatch;
import dev.plumbline.forge.RemoteWatch;
import dev.plumbline.review.Change;
import dev.plumbline.review.ChangeState;
import dev.plumbline.review.Intent;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunState;
import dev.plumbline.store.Subject;
import dev.plumbline.web.NoSuchSubjectException;
import dev.plumbline.web.Views;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells where pieces of work stand, by the handles that {@link Actions} gave out. */
final class Outcomes {
    /** So many lines tell why a plan failed; its log has them all. */
    private static final int SHOWN_LINES = 6;

    private final RunEngine engine;
    private final Reviews reviews;
    private final DriftWatch drift;
    private final RemoteDesk remotes;

    Outcomes(RunEngine engine, Reviews reviews, DriftWatch drift, RemoteDesk remotes) {
        this.remotes = remotes;
        this.engine = engine;
        this.reviews = reviews;
        this.drift = drift;
    }

    /** Where a piece of work stands. */
    Views.Outcome of(String handle) {
        Subject subject = subject(handle);
        return switch (subject.kind()) {
            case "intent" ->
                reviews.intent(subject.number())
                        .map(intent -> outcome(handle, intent))
                        .orElseThrow(() -> unknown(handle));
            case "change" ->
                reviews.change(subject.number())
                        .map(change -> outcome(handle, change))
                        .orElseThrow(() -> unknown(handle));
            case "run" ->
                engine.ledger()
                        .find(new RunId(subject.number()))
                        .map(run -> outcome(handle, run))
                        .orElseThrow(() -> unknown(handle));
            case DriftCheck.KIND ->
                drift.find(subject.number())
                        .map(check -> outcome(handle, check))
                        .orElseThrow(() -> unknown(handle));
            case RemoteWatch.KIND -> remotes.outcome(handle, subject.number()).orElseThrow(() -> unknown(handle));
            default -> throw unknown(handle);
        };
    }

    private static Views.Outcome outcome(String handle, DriftCheck check) {
        return new Views.Outcome(
                handle,
                check.stack().toString(),
                check.state().word(),
                check.settled(),
                check.settled() && check.state() != DriftState.FAILED,
                check.changesPresent(),
                check.reason());
    }

    private static Subject subject(String handle) {
        try {
            return Subject.parse(handle);
        } catch (IllegalArgumentException nonsense) {
            throw unknown(handle);
        }
    }

    private static NoSuchSubjectException unknown(String handle) {
        return new NoSuchSubjectException("There is no work with the handle " + handle + ".");
    }

    private static Views.Outcome outcome(String handle, Intent intent) {
        return new Views.Outcome(
                handle,
                intent.stack().toString(),
                intent.state().word(),
                intent.state().settled(),
                intent.state().fulfilled(),
                false,
                intent.reason());
    }

    private Views.Outcome outcome(String handle, Change change) {
        boolean good = change.state() == ChangeState.PLANNED || change.state() == ChangeState.NO_CHANGES;
        return new Views.Outcome(
                handle,
                change.id(),
                change.state().word(),
                change.state() != ChangeState.PLANNING,
                good,
                false,
                change.state() == ChangeState.FAILED ? change.reason() + why(change) : change.reason());
    }

    private String why(Change change) {
        return reviews.acts().unplanned(change).stream().map(Outcomes::why).collect(Collectors.joining());
    }

    /** Terraform's errors have many lines: those that say what is wrong and where come first. */
    private static String why(Run run) {
        Stream<String> said =
                run.reason().lines().filter(line -> !line.isBlank()).limit(SHOWN_LINES);
        return Stream.concat(said, Stream.of("plumbline logs " + run.id()))
                .map(line -> "\n  " + line)
                .collect(Collectors.joining());
    }

    private static Views.Outcome outcome(String handle, Run run) {
        boolean bad = run.state() == RunState.FAILED || run.state() == RunState.LOST;
        return new Views.Outcome(
                handle,
                run.id().toString(),
                run.state().word(),
                run.state().ended(),
                run.state().ended() && !bad,
                false,
                run.reason());
    }
}
