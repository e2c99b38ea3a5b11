package dev.plumbline.app;

import dev.plumbline.drift.DriftCheck;
import dev.plumbline.drift.DriftStatus;
import dev.plumbline.drift.DriftWatch;
import dev.plumbline.review.Hold;
import dev.plumbline.review.Intent;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.Standing;
import dev.plumbline.run.AppliedStacks.Applied;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackNames;
import dev.plumbline.web.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says why a stack is as it is, and what a run waits for. */
record Reasons(
        StackDirectory directory,
        RunEngine engine,
        Reviews reviews,
        DriftWatch drift,
        RemoteDesk remotes,
        StateConsole states) {

    /** Why a stack is, or is not, running. */
    Views.Why why(StackId id, StackNames names) {
        Optional<Intent> intent = reviews.intent(id);
        Optional<Hold> hold = reviews.holds().of(id);
        Optional<String> unmanaged = intent.flatMap(this::unmanaged);
        String state = unmanaged.isPresent()
                ? KnownStacks.UNMANAGED
                : intent.map(latest -> latest.state().word()).orElse("unknown");
        String sentence = directory
                .brokenMain(id.repository())
                .or(() -> unmanaged)
                .or(() -> intent.map(latest -> sentence(latest, hold.isPresent())))
                .orElse("main has not asked for anything yet");
        List<String> details = new ArrayList<>();
        hold.map(Hold::sentence).ifPresent(details::add);
        runs(id, details);
        engine.applied()
                .find(id)
                .map(Applied::commit)
                .ifPresent(commit -> details.add("applied last at " + commit.substring(0, 8)));
        remotes.trouble(id.repository())
                .ifPresent(trouble -> details.add("what main asks for may be older: " + trouble));
        remotes.untold(id.repository()).ifPresent(details::add);
        reviews.openChanges(id)
                .forEach(change -> details.add(
                        "change " + change.id() + " is " + change.state().word() + ": " + change.reason()));
        states.noneYet(id).ifPresent(details::add);
        engine.applied().find(id).map(Applied::quarantine).ifPresent(details::add);
        drift(id, details);
        return new Views.Why(
                names.printed(id), state, sentence, details, origin(intent).orElse(null));
    }

    private Optional<String> unmanaged(Intent latest) {
        Standing standing = new Standing(latest.stack(), latest.promise().kind(), latest.state(), latest.reason());
        return Optional.ofNullable(directory.unmanaged(List.of(standing)).get(latest.stack()));
    }

    private void runs(StackId id, List<String> details) {
        List<Run> ahead = new ArrayList<>();
        for (Run run : engine.ledger().active()) {
            if (run.stack().equals(id)) {
                details.add(run.id() + " " + run.order().phase().word() + " is "
                        + run.state().word() + ": " + (run.state().live() ? run.reason() : queued(run, ahead)));
            }
            ahead.add(run);
        }
    }

    private void drift(StackId id, List<String> details) {
        DriftStatus drifted = drift.status(id);
        drifted.open().forEach(divergence -> details.add("diverged: " + divergence.line()));
        DriftCheck check = drifted.latest();
        if (check != null) {
            details.add("drift check " + check.state().word() + ": " + check.reason());
        }
    }

    /** What the newest of it came of. */
    private Optional<Views.Origin> origin(Optional<Intent> intent) {
        return intent.flatMap(latest -> Optional.ofNullable(latest.change()))
                .flatMap(reviews::change)
                .map(change -> new Views.Origin(
                        change.number(),
                        TerminalText.safeLine(change.title()),
                        reviews.pull(change)
                                .map(pull -> ChangeDesk.pull(change.repository(), pull))
                                .orElse(null)));
    }

    private static String sentence(Intent intent, boolean held) {
        String commit = intent.promise().commit().abbreviated();
        return intent.state().fulfilled()
                ? "it is as commit " + commit + " wants it (" + intent.reason() + ")"
                        + (held ? ", which main has not" : "; nothing to do")
                : intent.reason() + " (commit " + commit + ")";
    }

    /**
     * What a queued run waits for.
     *
     * @param ahead what goes before it
     */
    String queued(Run run, List<Run> ahead) {
        for (Run other : ahead) {
            if (other.stack().equals(run.stack())) {
                return "behind " + other.id() + ", which "
                        + (other.state().live() ? "holds the stack's lane" : "is queued before it");
            }
        }
        return ahead.size() + " runs go first; this machine takes "
                + engine.lanes().plans() + " plans at a time";
    }
}
