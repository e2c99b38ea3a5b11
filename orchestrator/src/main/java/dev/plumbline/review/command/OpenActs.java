package dev.plumbline.review.command;

import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullText.Shown;
import dev.plumbline.review.Acts;
import dev.plumbline.review.Change;
import dev.plumbline.review.ChangeApprovals;
import dev.plumbline.review.HeldBack;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.command.Outcome.Done;
import dev.plumbline.review.command.Outcome.Refused;
import dev.plumbline.store.Advances;
import java.util.Optional;
import java.util.function.Supplier;

/** What can be asked of a pull request that waits to be merged. */
final class OpenActs {
    private final Reviews reviews;
    private final PullBook pulls;
    private final PullApply apply;
    private final PromisedActs promised;
    private final Advances advances;

    OpenActs(Reviews reviews, PullBook pulls, PullApply apply, PromisedActs promised, Advances advances) {
        this.reviews = reviews;
        this.pulls = pulls;
        this.apply = apply;
        this.promised = promised;
        this.advances = advances;
    }

    Outcome perform(Scene scene) {
        Change change = scene.change();
        Optional<String> misnamed = scene.selection().refusal().filter(why -> scene.named());
        if (misnamed.isPresent()) {
            return new Refused(misnamed.get());
        }
        Acts acts = reviews.acts();
        // What is being applied before the merge is no longer only planned.
        boolean early = !reviews.earlyApply().of(change).isEmpty();
        return switch (scene.command().verb()) {
            case PLAN ->
                early
                        ? new Refused("it is applied, or being applied: push to plan something else")
                        : planned(
                                scene,
                                () -> acts.replan(change, scene.selection().folders(), scene.actor()));
            case APPLY ->
                scene.named() && reviews.earlyApply().fits(change) ? whole(scene, "applied") : apply.step(scene);
            case APPROVE -> early ? notHeld(scene) : scene.named() ? whole(scene, "approved") : approve(scene);
            case RETRY ->
                early
                        ? promised.perform(scene)
                        : planned(
                                scene,
                                () -> scene.named()
                                        ? acts.replan(change, scene.selection().folders(), scene.actor())
                                        : acts.retry(change, scene.actor()));
            case CANCEL ->
                early
                        ? promised.perform(scene)
                        : Outcome.of(acts.cancel(change, scene.selection().folders(), scene.named(), scene.actor()));
            case UNLOCK -> promised.perform(scene);
            case REVERT -> new Refused("it is not merged yet: close it, and nothing of it is applied");
            case HELP -> new Done(CommandHelp.of(scene.remote().forge().command()));
        };
    }

    /** Nothing is planned of what is held back, and what was planned of it stays. */
    private Outcome planned(Scene scene, Supplier<Optional<String>> plan) {
        return Outcome.of(HeldBack.of(scene.pull().pull(), reviews.earlyApply().rules(scene.change()))
                .or(plan));
    }

    /** What waits before its merge goes on by an approval, so a label that holds it back forbids that, too. */
    private Outcome notHeld(Scene scene) {
        return HeldBack.of(scene.pull().pull(), reviews.earlyApply().rules(scene.change()))
                .<Outcome>map(Refused::new)
                .orElseGet(() -> promised.perform(scene));
    }

    private static Outcome whole(Scene scene, String what) {
        return new Refused("all stacks of a pull request are " + what + " together: "
                + scene.remote().forge().command() + " "
                + scene.command().verb().word() + ", with no stack behind it");
    }

    /** For what the comment showed when it was given, or for the digest that it names. */
    private Outcome approve(Scene scene) {
        ChangeApprovals approvals = reviews.approvals();
        Optional<String> named = scene.command().reference();
        Optional<Shown> seen = named.isPresent()
                ? approvals.subject(scene.change()).filter(now -> now.digest().startsWith(named.get()))
                : pulls.find(scene.row().repository(), scene.row().pull())
                        .flatMap(entry -> pulls.shownAt(entry, scene.row().at()));
        if (seen.isPresent()) {
            Optional<String> refusal = approvals.approve(
                    scene.change(), seen.get(), scene.actor(), scene.row().at());
            advances.mark(scene.change().ballot());
            return Outcome.of(refusal);
        }
        return new Refused(
                named.isPresent()
                        ? "the plans of this pull request don't have that digest: read the comment again, and approve what"
                                + " it shows now"
                        : "the comment showed no plans just then: read it again, and approve what it shows now");
    }
}
