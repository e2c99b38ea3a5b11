package dev.plumbline.review.command;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.LookRequests;
import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.PullText;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Trouble;
import dev.plumbline.git.Mirror;
import dev.plumbline.review.Acts;
import dev.plumbline.review.Change;
import dev.plumbline.review.ChangeApprovals;
import dev.plumbline.review.ChangeStack;
import dev.plumbline.review.ChangeState;
import dev.plumbline.review.Intent;
import dev.plumbline.review.IntentState;
import dev.plumbline.review.Reverts;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.command.CommandBook.Row;
import dev.plumbline.review.command.Outcome.Done;
import dev.plumbline.review.command.Outcome.Later;
import dev.plumbline.review.command.Outcome.Refused;
import dev.plumbline.run.RunEngine;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.terraform.report.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Does what a command asks for, where its author may. */
final class CommandActs {
    private final Reviews reviews;
    private final Reverts reverts;
    private final RunEngine engine;
    private final PullBook pulls;
    private final Gate gate;
    private final PullApply apply;
    private final Advances advances;
    private final Database database;
    private final LookRequests looks;

    CommandActs(
            Reviews reviews,
            Reverts reverts,
            RunEngine engine,
            PullBook pulls,
            Gate gate,
            PullApply apply,
            Advances advances,
            Database database) {
        this.database = database;
        this.looks = new LookRequests(database, advances);
        this.reviews = reviews;
        this.reverts = reverts;
        this.engine = engine;
        this.pulls = pulls;
        this.gate = gate;
        this.apply = apply;
        this.advances = advances;
    }

    /**
     * Where a command finds its pull request.
     *
     * @param change that it is here
     * @param selection the stacks that it means
     */
    private record Scene(
            Command command,
            Row row,
            Remote remote,
            PullForge forge,
            PullDetail pull,
            Change change,
            StackSelection selection) {
        /** As the history names people of a forge. */
        String actor() {
            return row.author() + " on " + remote.forge().name();
        }
    }

    Outcome perform(Command command, Row row, Remote remote, PullForge forge) {
        if (command.verb() == Verb.HELP) {
            return new Done(CommandHelp.TEXT);
        }
        Answer<Optional<PullDetail>> asked = forge.find(remote, row.pull());
        if (asked instanceof Answer.Failed<Optional<PullDetail>> failed) {
            return unasked(failed.trouble());
        }
        Optional<PullDetail> pull = ((Answer.Given<Optional<PullDetail>>) asked).value();
        if (pull.isEmpty()) {
            return new Refused("the pull request is gone");
        }
        Optional<PullBook.Entry> entry = pulls.find(remote.repository(), row.pull());
        if (unvouched(pull.get(), remote)) {
            return entry.isEmpty()
                    ? new Later("it was not looked at yet", false)
                    : fork(command, row, pull.get().pull(), entry.get(), remote, forge);
        }
        Optional<Change> change =
                entry.flatMap(found -> Optional.ofNullable(found.change())).flatMap(reviews::change);
        Optional<Outcome> barred = gate.against(
                command.verb(), row.author(), remote, forge, pull.get().pull(), change);
        if (barred.isPresent()) {
            return barred.get();
        }
        if (change.isEmpty()) {
            return unknown(pull.get(), remote);
        }
        if (change.get().state() == ChangeState.PLANNING && row.place() > 0) {
            return new Later("the command before it still plans", false);
        }
        return act(new Scene(command, row, remote, forge, pull.get(), change.get(), selection(command, change.get())));
    }

    private boolean unvouched(PullDetail pull, Remote remote) {
        PullRequest request = pull.pull();
        return pull.open()
                && request.foreign()
                && !request.head().equals(pulls.vouched(remote.repository()).get(request.number()));
    }

    /** What it would run is code of somebody who may not write here: whoever may must have read just that commit. */
    private Outcome fork(
            Command command, Row row, PullRequest pull, PullBook.Entry entry, Remote remote, PullForge forge) {
        String head = pull.head().hex();
        if (command.verb() != Verb.PLAN
                || command.reference().filter(head::startsWith).isEmpty()) {
            return new Refused("it comes from a fork: read what it would run, then plumbline plan "
                    + head.substring(0, 12) + " plans that commit; nothing else can be done with it before");
        }
        Answer<Permission> permission = forge.permission(remote, row.author());
        if (permission instanceof Answer.Failed<Permission> failed) {
            return unasked(failed.trouble());
        }
        if (((Answer.Given<Permission>) permission).value().compareTo(Permission.WRITE) < 0) {
            return new Refused(row.author() + " may not have a fork planned: that takes write permission here");
        }
        String actor = row.author() + " on " + remote.forge().name();
        database.change(transaction -> {
            pulls.vouch(transaction, entry, pull.head(), actor);
            transaction.record(
                    actor,
                    "fork",
                    remote.repository(),
                    "pull request " + pull.number() + " at " + head + " from a fork may be planned");
            looks.hurry(transaction, remote.repository());
        });
        return Done.silently();
    }

    static Outcome unasked(Trouble trouble) {
        return passes(trouble) ? new Later(trouble.sentence(), true) : new Refused(trouble.sentence());
    }

    /** Whether it is likely to be gone when it is tried again. */
    static boolean passes(Trouble trouble) {
        return trouble.kind() == Trouble.Kind.UNREACHABLE || trouble.kind() == Trouble.Kind.HERE;
    }

    /** It may not have been taken in yet: a comment may overtake the push that it is about. */
    private static Outcome unknown(PullDetail pull, Remote remote) {
        if (pull.pull().foreign()) {
            return new Refused("it comes from a fork, and forks are not planned");
        }
        return pull.open()
                ? new Refused(
                        "nothing of it is planned here: it is not to be merged into the branch that is applied from "
                                + remote.shown())
                : new Refused("it was closed before anything of it was planned");
    }

    private StackSelection selection(Command command, Change change) {
        Mirror mirror = engine.catalogs().mirror(change.repository());
        Change.Preview preview = change.preview();
        String after = preview == null ? null : preview.tree();
        Stream<String> trees = Stream.concat(
                Stream.ofNullable(after), mirror.main().map(mirror::tree).map(tree -> tree.id()).stream());
        List<StackCatalog> catalogs = trees.map(tree -> engine.catalogs().of(change.repository(), tree))
                .toList();
        List<String> touched = change.state() == ChangeState.MERGED
                ? reviews.intents(change).stream()
                        .map(intent -> intent.stack().folder())
                        .toList()
                : reviews.stacks(change).stream().map(ChangeStack::folder).toList();
        return StackSelection.of(command, change.repository(), touched, catalogs);
    }

    private Outcome act(Scene scene) {
        Change change = scene.change();
        if (change.state() == ChangeState.MERGED) {
            return merged(scene);
        }
        if (!change.state().open()) {
            return new Refused("it is " + change.state().word() + ": " + change.reason());
        }
        if (scene.selection().refusal().isPresent() && !scene.command().stacks().isEmpty()) {
            return new Refused(scene.selection().refusal().get());
        }
        Acts acts = reviews.acts();
        return switch (scene.command().verb()) {
            case PLAN -> done(acts.replan(change, scene.selection().folders(), scene.actor()));
            case RETRY -> done(acts.retry(change, scene.actor()));
            case CANCEL -> done(acts.cancel(change, scene.actor()));
            case UNLOCK -> unlock(scene);
            case APPROVE ->
                reviews.earlyApply().of(change).stream()
                                .anyMatch(intent -> intent.state() == IntentState.AWAITING_APPROVAL)
                        ? approveWaiting(scene)
                        : approve(scene);
            case APPLY -> apply.step(change, scene.row(), scene.actor(), scene.pull(), scene.remote(), scene.forge());
            case REVERT -> new Refused("it is not merged yet: close it, and nothing of it is applied");
            case HELP -> new Done(CommandHelp.TEXT);
        };
    }

    private Outcome approveWaiting(Scene scene) {
        return each(
                scene,
                intent -> intent.state() == IntentState.AWAITING_APPROVAL,
                "nothing of it awaits approval",
                intent -> approve(scene, intent));
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

    /** For what the comment showed when it was given, or for the digest that it names. */
    private Outcome approve(Scene scene) {
        ChangeApprovals approvals = reviews.approvals();
        Optional<String> named = scene.command().reference();
        Optional<PullText.Shown> seen = named.isPresent()
                ? approvals.subject(scene.change()).filter(now -> now.digest().startsWith(named.get()))
                : pulls.find(scene.row().repository(), scene.row().pull())
                        .flatMap(entry -> pulls.shownAt(entry, scene.row().at()));
        if (seen.isPresent()) {
            return done(approvals.approve(scene.change(), seen.get(), scene.actor()));
        }
        return new Refused(
                named.isPresent()
                        ? "the plans of this pull request don't have that digest: read the comment again, and approve what"
                                + " it shows now"
                        : "the comment showed no plans just then: read it again, and approve what it shows now");
    }

    private static Outcome done(Optional<String> refusal) {
        return refusal.<Outcome>map(Refused::new).orElseGet(Done::silently);
    }

    /** What was promised by its merge. */
    private Outcome merged(Scene scene) {
        if (scene.selection().refusal().isPresent()) {
            return new Refused(scene.selection().refusal().get());
        }
        Acts acts = reviews.acts();
        return switch (scene.command().verb()) {
            case APPROVE -> approveWaiting(scene);
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
            case UNLOCK -> unlock(scene);
            case REVERT -> revert(scene);
            case HELP -> new Done(CommandHelp.TEXT);
        };
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
        boolean named = !scene.command().stacks().isEmpty();
        List<Intent> meant = reviews.intents(scene.change()).stream()
                .filter(intent -> folders.contains(intent.stack().folder()))
                .filter(intent -> named || fits.test(intent))
                .toList();
        if (meant.isEmpty()) {
            return new Refused(none);
        }
        return together(meant.stream().map(act).toList());
    }

    private Outcome unlock(Scene scene) {
        return together(scene.selection().folders().stream()
                .map(folder -> new StackId(scene.change().repository(), folder))
                .map(stack -> reviews.acts().unlock(stack, scene.actor()))
                .toList());
    }

    /** Done where at least one was; what was refused is told all the same. */
    private static Outcome together(List<Optional<String>> refusals) {
        List<String> refused = new ArrayList<>();
        refusals.forEach(refusal -> refusal.ifPresent(refused::add));
        String all = String.join("; ", refused);
        return refused.size() == refusals.size()
                ? new Refused(all.isEmpty() ? "there is no stack it could be about" : all)
                : new Done(Markdown.inline(all));
    }
}
