package dev.plumbline.review.command;

import dev.plumbline.forge.PullBook;
import dev.plumbline.review.Acts;
import dev.plumbline.review.Intent;
import dev.plumbline.review.IntentState;
import dev.plumbline.review.Reverts;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.command.Outcome.Done;
import dev.plumbline.review.command.Outcome.Later;
import dev.plumbline.review.command.Outcome.Refused;
import dev.plumbline.terraform.report.Markdown;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What can be asked of a pull request that is applied, or was promised to be: after its merge, or before it. */
final class PromisedActs {
    private final Reviews reviews;
    private final Reverts reverts;
    private final PullBook pulls;
    private final Gate gate;

    PromisedActs(Reviews reviews, Reverts reverts, PullBook pulls, Gate gate) {
        this.gate = gate;
        this.pulls = pulls;
        this.reviews = reviews;
        this.reverts = reverts;
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
            case APPLY -> allApplied(scene) ? Done.silently() : anyAwaits(scene) ? confirm(scene) : again(scene);
            case RETRY, PLAN -> again(scene);
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
            case HELP -> new Done(CommandHelp.of(scene.remote().forge().command()));
        };
    }

    private boolean anyAwaits(Scene scene) {
        return reviews.intents(scene.change()).stream()
                .filter(intent ->
                        scene.selection().folders().contains(intent.stack().folder()))
                .anyMatch(intent -> intent.state() == IntentState.AWAITING_APPROVAL);
    }

    /**
     * Where the rules ask for nobody's approval, whoever may apply says that a plan is to be applied which nobody saw before; else only
     * approving does.
     */
    Outcome confirm(Scene scene) {
        return each(
                scene,
                intent -> intent.state() == IntentState.AWAITING_APPROVAL,
                "nothing of it awaits approval",
                intent -> !reviews.promisedPlans().confirmable(intent) || !oneSuffices(scene)
                        ? Optional.of(awaits(scene, intent))
                        : unseen(scene, intent).or(() -> reviews.acts().approve(intent, scene.actor())));
    }

    /** Whether the rules ask for approvals, which are counted. */
    private boolean needsOthers(Scene scene, Intent intent) {
        return intent.promise().approvals() > 0 || reviews.promisedPlans().held(intent) || !oneSuffices(scene);
    }

    private Outcome again(Scene scene) {
        return each(
                scene,
                intent -> intent.state().ended() && !intent.state().fulfilled(),
                noneFailed(scene),
                intent -> intent.state() == IntentState.AWAITING_APPROVAL
                        ? Optional.of(awaits(scene, intent))
                        : reviews.acts().retry(intent, scene.actor()));
    }

    /** Why nothing is tried again. */
    private String noneFailed(Scene scene) {
        return reviews.intents(scene.change()).stream()
                .filter(intent -> intent.state() == IntentState.AWAITING_APPROVAL)
                .findFirst()
                .map(intent -> "nothing of it failed, but " + awaits(scene, intent))
                .orElse("nothing of it failed, so there is nothing to plan or to apply again");
    }

    private static String awaits(Scene scene, Intent intent) {
        String stack = intent.stack().folder();
        return stack + " awaits approval: " + intent.why() + "; read its plan in the comment above, and approve it by "
                + scene.remote().forge().command() + " approve " + stack;
    }

    /** It may have been merged by this very command, before that could be written down. */
    private boolean allApplied(Scene scene) {
        return reviews.intents(scene.change()).stream()
                .allMatch(intent -> intent.state().fulfilled());
    }

    private Optional<String> approve(Scene scene, Intent intent) {
        Optional<String> unseen = unseen(scene, intent);
        if (unseen.isPresent()) {
            return unseen;
        }
        return needsOthers(scene, intent)
                ? reviews.acts().vote(intent, scene.actor())
                : reviews.acts().approve(intent, scene.actor());
    }

    /** Whether the rules ask for nobody in particular, so that there is nothing to count. */
    private boolean oneSuffices(Scene scene) {
        return gate.approvals(scene.remote(), scene.forge(), scene.pull().pull(), scene.change(), List.of())
                .complete();
    }

    /** An approval is for the plan that the comment showed when it was given, or for the one whose digest it names. */
    private Optional<String> unseen(Scene scene, Intent intent) {
        Optional<String> named = scene.command().reference();
        Optional<String> line = reviews.promisedPlans().planLine(intent);
        boolean seen = named.isPresent()
                ? line.filter(plan -> plan.substring(plan.lastIndexOf(' ') + 1).startsWith(named.get()))
                        .isPresent()
                : shown(intent, scene.row());
        return seen
                ? Optional.empty()
                : Optional.of("the plan of " + intent.stack().folder() + " is not the one that "
                        + (named.isPresent() ? "was named" : "the comment showed then")
                        + ": read the comment again, and approve what it shows now");
    }

    /** Whether the comment showed the plan that an intent would apply when a command was given. */
    boolean shown(Intent intent, CommandBook.Row row) {
        Optional<String> line = reviews.promisedPlans().planLine(intent);
        return line.isPresent()
                && pulls.find(row.repository(), row.pull())
                        .flatMap(entry -> pulls.shownAt(entry, row.at()))
                        .filter(shown -> shown.digest().lines().anyMatch(line.get()::equals))
                        .isPresent();
    }

    /** Why the rights on another pull request, which the same stack brings along, forbid it. */
    private Optional<String> barred(Verb verb, Scene scene, Intent intent) {
        return Stream.concat(
                        Optional.ofNullable(intent.change()).flatMap(reviews::change).stream(),
                        reviews.promisedPlans().carried(intent).stream())
                .filter(other -> other.number() != scene.change().number())
                .distinct()
                .flatMap(other -> pulls
                        .ofChange(other.number())
                        .flatMap(entry -> gate.against(
                                verb,
                                scene.row().author(),
                                scene.remote(),
                                scene.forge(),
                                entry.pull(),
                                Optional.of(other)))
                        .map(outcome -> intent.stack().folder() + " brings along " + other.id() + ": " + why(outcome))
                        .stream())
                .findFirst();
    }

    private static String why(Outcome outcome) {
        return outcome instanceof Refused refused ? refused.why() : ((Later) outcome).why();
    }

    private Outcome revert(Scene scene) {
        String what = scene.command()
                .other()
                .map(other -> "pull request " + other.number())
                .orElse("it");
        Reverts.Reverted reverted = reverts.revert(scene.change(), scene.actor());
        if (reverted instanceof Reverts.Reverted.Refused refused) {
            return refused.passes() ? new Later(refused.why(), true) : new Refused(refused.why());
        }
        Reverts.Reverted.Opened opened = (Reverts.Reverted.Opened) reverted;
        return new Done(opened.pull()
                .map(pull -> "[Pull request " + pull.number() + "](" + pull.url() + ") takes " + what + " back.")
                .orElse("Branch " + Markdown.code(opened.branch()) + " takes " + what + " back."));
    }

    /** @param fits those that it is about, where no stack is named */
    private Outcome each(Scene scene, Predicate<Intent> fits, String none, Function<Intent, Optional<String>> act) {
        Verb verb = scene.command().verb();
        Set<String> folders = scene.selection().folders();
        List<Intent> meant = reviews.intents(scene.change()).stream()
                .filter(intent -> folders.contains(intent.stack().folder()))
                .filter(intent -> scene.named() || fits.test(intent))
                .toList();
        return meant.isEmpty()
                ? new Refused(none)
                : Outcome.together(meant.stream()
                        .map(intent -> barred(verb, scene, intent).or(() -> act.apply(intent)))
                        .toList());
    }
}
