package dev.plumbline.review.command;

import dev.plumbline.review.Acts;
import dev.plumbline.review.Intent;
import dev.plumbline.review.IntentState;
import dev.plumbline.review.Reverts;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.command.Outcome.Done;
import dev.plumbline.review.command.Outcome.Refused;
import dev.plumbline.store.Advances;
import dev.plumbline.terraform.report.Markdown;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What can be asked of a pull request that is applied, or was promised to be: after its merge, or before it. */
final class PromisedActs {
    private final Reviews reviews;
    private final Reverts reverts;
    private final Advances advances;

    PromisedActs(Reviews reviews, Reverts reverts, Advances advances) {
        this.reviews = reviews;
        this.reverts = reverts;
        this.advances = advances;
    }

    Outcome perform(Scene scene) {
        if (scene.selection().refusal().isPresent()) {
            return new Refused(scene.selection().refusal().get());
        }
        Acts acts = reviews.acts();
        return switch (scene.command().verb()) {
            case APPROVE ->
                each(
                        scene,
                        intent -> intent.state() == IntentState.AWAITING_APPROVAL,
                        "nothing of it awaits approval",
                        intent -> approve(scene, intent));
            case RETRY, APPLY, PLAN ->
                each(
                        scene,
                        intent -> intent.state().ended() && !intent.state().fulfilled(),
                        "nothing of it failed",
                        intent -> acts.retry(intent, scene.actor()));
            case CANCEL ->
                each(
                        scene,
                        intent -> !intent.state().ended(),
                        "nothing of it is under way",
                        intent -> acts.cancel(intent, scene.actor()));
            case UNLOCK ->
                Outcome.together(scene.stacks().stream()
                        .map(stack -> acts.unlock(stack, scene.actor()))
                        .toList());
            case REVERT -> revert(scene);
            case HELP -> new Done(CommandHelp.TEXT);
        };
    }

    private Optional<String> approve(Scene scene, Intent intent) {
        if (intent.promise().approvals() == 0) {
            return reviews.acts().approve(intent, scene.actor());
        }
        Optional<String> refusal = reviews.acts().vote(intent, scene.actor());
        if (refusal.isEmpty()) {
            advances.mark(scene.change().ballot());
        }
        return refusal;
    }

    private Outcome revert(Scene scene) {
        Reverts.Reverted reverted = reverts.revert(scene.change(), scene.actor());
        return reverted instanceof Reverts.Reverted.Opened opened
                ? new Done(opened.pull()
                        .map(pull -> "[Pull request " + pull.number() + "](" + pull.url() + ") takes it back.")
                        .orElse("Branch " + Markdown.code(opened.branch()) + " takes it back."))
                : new Refused(((Reverts.Reverted.Refused) reverted).why());
    }

    /** @param fits those that it is about, where no stack is named */
    private Outcome each(Scene scene, Predicate<Intent> fits, String none, Function<Intent, Optional<String>> act) {
        Set<String> folders = scene.selection().folders();
        List<Intent> meant = reviews.intents(scene.change()).stream()
                .filter(intent -> folders.contains(intent.stack().folder()))
                .filter(intent -> scene.named() || fits.test(intent))
                .toList();
        return meant.isEmpty()
                ? new Refused(none)
                : Outcome.together(meant.stream().map(act).toList());
    }
}
