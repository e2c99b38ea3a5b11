package dev.plumbline.review.command;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Trouble;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.review.Change;
import dev.plumbline.review.ChangeStack;
import dev.plumbline.review.ChangeState;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.command.CommandBook.Row;
import dev.plumbline.review.command.Outcome.Done;
import dev.plumbline.review.command.Outcome.Later;
import dev.plumbline.review.command.Outcome.Refused;
import dev.plumbline.run.RunEngine;
import dev.plumbline.stack.StackCatalog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Does what a command asks for, where its author may. */
final class CommandActs {
    /** So long a comment may be ahead of the pull request that it stands on: the list of those is read before. */
    private static final Duration OVERTAKEN = Duration.ofMinutes(2);

    private final Reviews reviews;
    private final RunEngine engine;
    private final PullBook pulls;
    private final Gate gate;
    private final ForkActs forks;
    private final PullApply apply;
    private final OpenActs open;
    private final PromisedActs promised;
    private final Clock clock;

    CommandActs(
            Reviews reviews,
            RunEngine engine,
            PullBook pulls,
            Gate gate,
            ForkActs forks,
            PullApply apply,
            OpenActs open,
            PromisedActs promised,
            Clock clock) {
        this.reviews = reviews;
        this.engine = engine;
        this.pulls = pulls;
        this.gate = gate;
        this.forks = forks;
        this.apply = apply;
        this.open = open;
        this.promised = promised;
        this.clock = clock;
    }

    Outcome perform(Command command, Row row, Remote remote, PullForge forge) {
        if (command.verb() == Verb.HELP) {
            return new Done(CommandHelp.of(remote.forge().command()));
        }
        if (command.other().isPresent()) {
            return revert(command.other().get(), command, row, remote, forge);
        }
        // Whether its author may is asked at the first time, so that who may not is told at once.
        if (command.verb() == Verb.APPLY
                && row.state() == CommandBook.State.BEGUN
                && change(remote, row.pull())
                        .filter(found -> apply.goesOn(found, row))
                        .isPresent()) {
            return new Later("it is being applied", false);
        }
        Answer<Optional<PullDetail>> asked = forge.find(remote, row.pull());
        if (asked instanceof Answer.Failed<Optional<PullDetail>> failed) {
            // Who may not even read it has a token that ended; its author is answered by the next one.
            return failed.trouble().kind() == Trouble.Kind.CREDENTIALS
                    ? new Later(failed.trouble().sentence(), true)
                    : Outcome.of(failed.trouble());
        }
        Optional<PullDetail> pull = ((Answer.Given<Optional<PullDetail>>) asked).value();
        if (pull.isEmpty()) {
            return new Refused("the pull request is gone");
        }
        Mirror mirror = engine.catalogs().mirror(remote.repository());
        boolean intoMain = pull.get().pull().base().equals(mirror.mainBranch());
        if (intoMain && forks.concerns(pull.get(), remote)) {
            return forks.perform(command, row, pull.get().pull(), remote, forge);
        }
        Optional<Change> change = change(remote, row.pull());
        if (!intoMain && change.filter(found -> found.state().open()).isPresent()) {
            return new Refused(
                    "it is no longer to be merged into " + mirror.mainBranch() + ", which is what is applied");
        }
        Optional<Outcome> barred = gate.against(
                command.verb(), row.author(), remote, forge, pull.get().pull(), change);
        if (barred.isPresent()) {
            return barred.get() instanceof Refused refused && command.verb() == Verb.APPROVE
                    ? new Refused(refused.why() + instead(pull.get().pull(), change, remote, forge))
                    : barred.get();
        }
        if (change.isEmpty()) {
            return unknown(pull.get(), mirror, row, remote);
        }
        if (change.get().state() == ChangeState.PLANNING && row.place() > 0) {
            return new Later("the command before it still plans", false);
        }
        return act(new Scene(command, row, remote, forge, pull.get(), change.get(), selection(command, change.get())));
    }

    /** What somebody may do who may not approve, where nobody in particular must. */
    private String instead(PullRequest pull, Optional<Change> change, Remote remote, PullForge forge) {
        boolean alone = change.filter(
                        found -> reviews.intents(found).stream().anyMatch(reviews.promisedPlans()::confirmable))
                .filter(found ->
                        gate.approvals(remote, forge, pull, found, List.of()).complete())
                .isPresent();
        return alone
                ? ". The base branch asks for no approvals, so "
                        + remote.forge().command() + " apply lets it go on, by whoever may apply"
                : "";
    }

    private Optional<Change> change(Remote remote, long pull) {
        return pulls.find(remote.repository(), pull)
                .flatMap(found -> Optional.ofNullable(found.change()))
                .flatMap(reviews::change);
    }

    /** Takes another pull request back, for whoever might have that done by a comment on that one. */
    private Outcome revert(Command.Other other, Command command, Row row, Remote remote, PullForge forge) {
        if (!other.path().isEmpty() && !other.path().equalsIgnoreCase(remote.path())) {
            return new Refused(other + " is not of " + remote.path() + ": ask for it in a comment on that one itself");
        }
        Answer<Optional<PullDetail>> asked = forge.find(remote, other.number());
        if (asked instanceof Answer.Failed<Optional<PullDetail>> failed) {
            return Outcome.of(failed.trouble());
        }
        Optional<PullDetail> pull = ((Answer.Given<Optional<PullDetail>>) asked).value();
        if (pull.isEmpty()) {
            return new Refused("there is no " + other + " in " + remote.path());
        }
        if (pull.get().mergedAs().isEmpty()) {
            return new Refused(other + " is not merged: only what was merged can be taken back");
        }
        Optional<Change> change = change(remote, other.number());
        Optional<Outcome> barred = gate.against(
                command.verb(), row.author(), remote, forge, pull.get().pull(), change);
        if (barred.isPresent()) {
            return barred.get();
        }
        String main = engine.catalogs().mirror(remote.repository()).mainBranch();
        if (change.isEmpty() || !pull.get().pull().base().equals(main)) {
            return new Refused(
                    "nothing of " + other + " was applied here: it was merged into another branch than " + main
                            + ", or before this server watched " + remote.path()
                            + "; run git revert for it, and push that as a branch");
        }
        if (change.get().state().open()) {
            return new Later("the merge of " + other + " was not looked at yet", false);
        }
        return change.get().state() == ChangeState.MERGED
                ? promised.perform(new Scene(
                        command, row, remote, forge, pull.get(), change.get(), selection(command, change.get())))
                : new Refused(other + " is " + change.get().state().word() + " here: "
                        + change.get().reason());
    }

    private Outcome unknown(PullDetail pull, Mirror mirror, Row row, Remote remote) {
        if (!pull.pull().base().equals(mirror.mainBranch())) {
            return new Refused(
                    "nothing of it is planned here: it is not to be merged into the branch that is applied from "
                            + remote.shown());
        }
        if (pull.mergedAs().isPresent() && soon(row)) {
            return new Later("its merge was not looked at yet", false);
        }
        if (pull.mergedAs().isPresent()) {
            return new Refused("it was merged before anything of it was looked at here, and counts as a push to "
                    + mirror.mainBranch() + ": plumbline status, in a terminal, shows what becomes of it");
        }
        if (!pull.open()) {
            return new Refused("it was closed before anything of it was planned");
        }
        CommitSha head = pull.pull().head();
        if (mirror.has(head)
                && mirror.main().map(main -> mirror.isAncestor(head, main)).orElse(false)) {
            return new Refused("nothing of it is planned here: " + mirror.mainBranch() + " has all of it already");
        }
        return soon(row)
                ? new Later("it was not looked at yet", false)
                : new Refused(
                        "it was not looked at yet: plumbline status, in a terminal, says what keeps it from that");
    }

    private boolean soon(Row row) {
        return clock.instant().isBefore(row.movedAt().plus(OVERTAKEN));
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
            return promised.perform(scene);
        }
        return change.state().open()
                ? open.perform(scene)
                : new Refused("it is " + change.state().word() + ": " + change.reason());
    }
}
