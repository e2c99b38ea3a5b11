package dev.plumbline.review.command;

import dev.plumbline.config.RepositoryConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.LookRequests;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullForge.MergeMethod;
import dev.plumbline.forge.PullText;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Trouble;
import dev.plumbline.review.Change;
import dev.plumbline.review.ChangeApprovals;
import dev.plumbline.review.EarlyApply;
import dev.plumbline.review.HeldBack;
import dev.plumbline.review.Intent;
import dev.plumbline.review.IntentState;
import dev.plumbline.review.command.Outcome.Done;
import dev.plumbline.review.command.Outcome.Later;
import dev.plumbline.review.command.Outcome.Refused;
import dev.plumbline.review.right.Approvals;
import dev.plumbline.store.Database;
import dev.plumbline.terraform.report.Markdown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code plumbline apply} on a pull request that is applied before it is merged: where it is mergeable, approved and planned against
 * main as it is now, it is applied, and merged once all of that is done.
 */
final class PullApply {
    /** How long a forge may take to find out whether a pull request can be merged, after a push or a status. */
    private static final Duration SETTLING = Duration.ofMinutes(1);

    private final EarlyApply early;
    private final ChangeApprovals approvals;
    private final GivenApprovals given;
    private final Gate gate;
    private final PromisedActs promised;
    private final PullBook pulls;
    private final Database database;
    private final LookRequests looks;
    private final Clock clock;

    PullApply(
            EarlyApply early,
            ChangeApprovals approvals,
            GivenApprovals given,
            Gate gate,
            PromisedActs promised,
            PullBook pulls,
            Database database,
            LookRequests looks,
            Clock clock) {
        this.early = early;
        this.approvals = approvals;
        this.given = given;
        this.gate = gate;
        this.promised = promised;
        this.pulls = pulls;
        this.database = database;
        this.looks = looks;
        this.clock = clock;
    }

    /** Goes on from where it was: asked again until it comes to an end. */
    Outcome step(Scene scene) {
        Change change = scene.change();
        if (!early.fits(change)) {
            return new Refused("it is applied by merging it: what is planned here is what will be applied; apply:"
                    + " before_merge in plumbline.yaml would have it applied by this command");
        }
        List<Intent> intents = early.of(change);
        if (intents.isEmpty()) {
            return begin(scene);
        }
        if (confirms(intents, scene.row())) {
            Optional<String> held = HeldBack.of(scene.pull().pull(), early.rules(change));
            if (held.isPresent()) {
                return new Refused(held.get());
            }
            if (promised.confirm(scene) instanceof Refused refused) {
                return refused;
            }
        }
        List<Intent> now = early.of(change);
        Optional<Intent> moving = moving(now);
        if (moving.isPresent()) {
            return new Later(
                    moving.get().stack() + " is " + moving.get().state().word() + ": "
                            + moving.get().why(),
                    false);
        }
        String stopped = now.stream()
                .filter(intent -> !intent.state().fulfilled())
                .map(intent -> intent.stack().folder() + " is " + intent.state().word() + ": " + intent.why())
                .collect(Collectors.joining("; "));
        return stopped.isEmpty()
                ? merge(scene)
                : new Refused("it is not merged, since not all of it is applied: " + stopped);
    }

    private Outcome begin(Scene scene) {
        Change change = scene.change();
        Remote remote = scene.remote();
        PullDetail pull = scene.pull();
        PullBook.Entry entry =
                pulls.find(remote.repository(), scene.row().pull()).orElseThrow();
        Optional<String> obstacle = obstacle(scene, entry);
        if (obstacle.isPresent()) {
            return new Refused(obstacle.get());
        }
        if (!pull.mergeable().orElse(false)) {
            return pull.mergeable().isEmpty() && settling(scene.row().movedAt())
                    ? new Later("the forge finds out whether it can be merged", false)
                    : new Refused("the forge says that it can't be merged: look there for what stands against it"
                            + (early.upToDate(change) ? "" : "; its branch lacks commits that the base branch has"));
        }
        Answer<Set<String>> logins = given.of(change, entry, remote, scene.forge());
        if (logins instanceof Answer.Failed<Set<String>> failed) {
            return Outcome.of(failed.trouble());
        }
        Approvals counted = gate.approvals(
                remote, scene.forge(), pull.pull(), change, ((Answer.Given<Set<String>>) logins).value());
        if (counted.later().isPresent()) {
            return Outcome.of(counted.later().get());
        }
        if (!counted.complete()) {
            return new Refused("it is not approved: " + counted.sentence().orElse(""));
        }
        List<String> approvers = counted.counted().stream().map(remote::actor).toList();
        return early.apply(change, approvers, scene.actor())
                .<Outcome>map(Refused::new)
                .orElse(new Later("it is being applied", false));
    }

    /** What is applied is what its author read when they asked for it, however long that took to be heard. */
    private Optional<String> obstacle(Scene scene, PullBook.Entry entry) {
        // The label may have come after the plans, and after the forge was looked at last.
        Optional<String> held = HeldBack.of(scene.pull().pull(), early.rules(scene.change()));
        if (held.isPresent()) {
            return held;
        }
        if (scene.pull().pull().draft()) {
            return Optional.of("it is a draft: mark it as ready first");
        }
        if (early.nothingToApply(scene.change())) {
            return Optional.of("it touches no stack, so that nothing is to be applied: merge it");
        }
        Optional<PullText.Shown> now = approvals.subject(scene.change());
        if (now.isEmpty()) {
            return Optional.of("not all of it is planned: " + scene.change().reason());
        }
        Optional<String> unfit = early.unfit(scene.change());
        if (unfit.isPresent()) {
            return unfit;
        }
        return now.equals(pulls.shownAt(entry, scene.row().at()))
                ? Optional.empty()
                : Optional.of("its plans are not those that the comment showed then: read it again, and ask anew");
    }

    /** Whether a command for it has nothing to do but to wait: it is being applied, or somebody must approve what it goes on with. */
    boolean goesOn(Change change, CommandBook.Row row) {
        List<Intent> intents = early.of(change);
        return change.state().open() && moving(intents).isPresent() && !confirms(intents, row);
    }

    /** Whoever asks after they read a plan that waits says by that, that it is to be applied. */
    private boolean confirms(List<Intent> intents, CommandBook.Row row) {
        return intents.stream()
                .filter(intent -> intent.state() == IntentState.AWAITING_APPROVAL)
                .anyMatch(intent -> promised.shown(intent, row));
    }

    /** What is not at its end and may come to a good one by itself or by an approval; empty where something else must be done. */
    private static Optional<Intent> moving(List<Intent> intents) {
        boolean failed = intents.stream()
                .anyMatch(intent -> intent.state().ended() && !intent.state().fulfilled());
        return intents.stream()
                .filter(intent ->
                        failed ? !intent.state().settled() : !intent.state().ended())
                .findFirst();
    }

    private Outcome merge(Scene scene) {
        Change change = scene.change();
        if (scene.pull().mergedAs().isPresent()) {
            database.change(
                    transaction -> looks.hurry(transaction, scene.remote().repository()));
            return Done.silently();
        }
        RepositoryConfig.MergeHow how = early.rules(change).merge();
        Answer<PullForge.Merged> merged =
                scene.forge().merge(scene.remote(), scene.row().pull(), change.head(), MergeMethod.valueOf(how.name()));
        Optional<Trouble> trouble = merged.failure();
        if (trouble.isEmpty()) {
            database.change(
                    transaction -> looks.hurry(transaction, scene.remote().repository()));
            return Done.silently();
        }
        if (trouble.get().passes()) {
            return new Later(trouble.get().sentence(), true);
        }
        // Statuses that were set just now make some forges look again whether it can be merged.
        Instant applied = early.of(change).stream()
                .flatMap(intent -> Optional.ofNullable(intent.endedAt()).stream())
                .max(Comparator.naturalOrder())
                .orElse(scene.row().movedAt());
        return settling(
                        applied.isAfter(scene.row().movedAt())
                                ? applied
                                : scene.row().movedAt())
                ? new Later(trouble.get().sentence(), false)
                : new Done("All of it is applied, but the forge does not merge it: "
                        + Markdown.inline(trouble.get().sentence()) + ". Merge it there.");
    }

    private boolean settling(Instant since) {
        return clock.instant().isBefore(since.plus(SETTLING));
    }
}
