package dev.plumbline.review;

import dev.plumbline.forge.BranchListener;
import dev.plumbline.forge.NoteText;
import dev.plumbline.forge.Outbox;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullText;
import dev.plumbline.forge.Remotes;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import dev.plumbline.git.server.PushListener;
import dev.plumbline.run.AppliedStacks;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunState;
import dev.plumbline.run.StateOrder;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import dev.plumbline.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Everything between a push and an applied stack: the front door of this package. */
public final class Reviews {
    /** A push is written down, then its refs move, then it is looked at; all of that within moments. */
    private static final Duration LONGEST_BETWEEN = Duration.ofMinutes(1);

    private final Database database;
    private final Advances advances;
    private final RunEngine engine;
    private final Pushes pushes;
    private final Changes changes;
    private final Intents intents;
    private final Pushers pushers;
    private final Waiters waiters;
    private final ChangeSnapshots changeSnapshots;
    private final ChangeReport report;
    private final Map<String, Advancer> advancers;
    private final Arrivals arrivals;
    private final Notes notes;
    private final PullComments pullText;
    private final PushDoor door;

    /**
     * @param remotes which repositories live elsewhere; nobody pushes to those here
     * @param outbox where what is to be told elsewhere goes
     * @param pulls what is known of pull requests
     */
    public Reviews(
            Database database,
            Advances advances,
            Feed feed,
            RunEngine engine,
            Remotes remotes,
            Outbox outbox,
            PullBook pulls) {
        this.database = database;
        this.advances = advances;
        this.engine = engine;
        this.pushes = new Pushes(database);
        this.changes = new Changes(database);
        this.intents = new Intents(database);
        this.waiters = new Waiters(intents, changes, advances, outbox);
        Merges merges = new Merges(database);
        this.changeSnapshots = new ChangeSnapshots(database, changes, intents, engine);
        this.report = new ChangeReport(engine.plans());
        this.pushers = new Pushers(merges);
        MergeIntake intake =
                new MergeIntake(database, pushes, changes, merges, pushers, intents, engine, advances, feed, outbox);
        this.advancers = Map.of(
                StateOrder.SUBJECT,
                new StateAdvance(database, intents, changes, engine, advances),
                "push",
                new PushAdvance(database, pushes, changes, intake, engine, advances, feed, pulls, outbox),
                "change",
                new ChangeAdvance(
                        database, changes, changeSnapshots, new AffectedStacks(), report, engine, feed, outbox),
                Intent.SUBJECT,
                new IntentAdvance(
                        database, intents, new IntentSnapshots(database, intents, engine), engine, waiters, feed));
        this.notes = new Notes(changes, changeSnapshots, report, merges, intents);
        this.pullText = new PullComments(changes, changeSnapshots, engine.plans(), merges, intents);
        this.arrivals = new Arrivals(database, pushes, advances);
        this.door = new PushDoor(remotes, arrivals, pushes, changes, merges, intents, advances, feed);
    }

    /** Advances pushes, changes and intents, by their subjects' kind. */
    public Map<String, Advancer> advancers() {
        return advancers;
    }

    /** Where pushes to the built-in forge come in. */
    public PushListener door() {
        return door;
    }

    /** Where movements of branches that live elsewhere come in. */
    public BranchListener arrivals() {
        return arrivals;
    }

    /** What is to be told on commits of repositories that live elsewhere. */
    public NoteText notes() {
        return notes;
    }

    /** What is told on pull requests. */
    public PullText pullText() {
        return pullText;
    }

    /** The server is stopping: open pushes are let go, each with a word of why. */
    public void stop() throws InterruptedException {
        door.stop();
    }

    /**
     * Finds what a crash left behind: branches that moved without being written down, and whatever had not ended. Called once at
     * each start, before anything is advanced.
     */
    public void recover(Mirrors mirrors) {
        for (String repository : mirrors.names()) {
            findMovements(repository, mirrors.find(repository).orElseThrow());
        }
        database.change(transaction -> {
            pushes.pending().forEach(id -> advances.mark(transaction, Pushes.Movement.subject(id)));
            changes.open().forEach(change -> advances.mark(transaction, change.subject()));
            intents.unended().forEach(intent -> advances.mark(transaction, intent.subject()));
            engine.ledger().active().forEach(run -> advances.mark(transaction, run.subject()));
            engine.ledger().admit(transaction);
        });
    }

    /**
     * Looks at pushes that were written down and then left alone, since the server could not do more for them just then: the disk
     * was full, or it was too busy. To be called now and then.
     */
    public void remember() {
        database.change(transaction -> pushes.pendingBefore(
                        transaction.handle(), transaction.now().minus(LONGEST_BETWEEN))
                .forEach(id -> advances.mark(transaction, Pushes.Movement.subject(id))));
    }

    /** A movement that was written down and never came about must not count as where the branch was last. */
    private void findMovements(String repository, Mirror mirror) {
        Map<String, CommitSha> heads = mirror.branches();
        database.change(transaction -> pushes.pending().stream()
                .flatMap(id -> pushes.find(id).stream())
                .filter(movement -> movement.repository().equals(repository))
                .filter(movement -> !pushes.cameAbout(movement, Optional.ofNullable(heads.get(movement.branch()))))
                .forEach(movement -> pushes.forget(transaction, movement.id())));
        Map<String, CommitSha> known = pushes.lastKnown(repository);
        Set<String> branches = new TreeSet<>(known.keySet());
        branches.addAll(heads.keySet());
        database.change(transaction -> branches.stream()
                .filter(branch -> !Objects.equals(known.get(branch), heads.get(branch)))
                .forEach(branch -> pushes.record(
                        transaction,
                        repository,
                        branch,
                        known.get(branch),
                        heads.get(branch),
                        "found at start",
                        null)));
    }

    /**
     * Changes, newest first.
     *
     * @param all whether merged and closed ones are listed too
     * @param limit at most so many
     */
    public List<Change> changes(boolean all, int limit) {
        return changes.latest(all, limit);
    }

    /** All changes that wait to be merged, newest first. */
    public List<Change> openChanges() {
        return changes.open();
    }

    /** Those of them that touch a stack. */
    public List<Change> openChanges(StackId stack) {
        return changes.open(stack);
    }

    public Optional<Change> change(long number) {
        return changes.find(number);
    }

    /** The stacks a change touches, in dependency order. */
    public List<ChangeStack> stacks(Change change) {
        return database.read(handle -> changes.stacks(handle, change.number()));
    }

    /** The report of a change as it stands now, for a terminal. */
    public String report(Change change) {
        ChangeSnapshot now = changeSnapshots.of(change);
        return ChangeReport.opening(change, stacks(change), now.problems()) + "\n" + report.text(now, change.reason());
    }

    /** The same in Markdown, as a forge shows it. */
    public String markdown(Change change) {
        return pullText.report(change, stacks(change));
    }

    /** The newest intent of a stack. */
    public Optional<Intent> intent(StackId stack) {
        return database.read(handle -> intents.latest(handle, stack));
    }

    public Optional<Intent> intent(long id) {
        return intents.find(id);
    }

    /** Who approved what an apply applies, in the order in which they did; nobody where the merge was enough. */
    public List<String> approvers(Run apply) {
        return Optional.ofNullable(apply.order().plan())
                .flatMap(engine.ledger()::find)
                .flatMap(plan -> Optional.ofNullable(plan.facts()))
                .filter(facts -> apply.order().forWhom().kind().equals(Intent.SUBJECT))
                .map(facts -> intents.approvers(apply.order().forWhom().number(), facts.digest()))
                .orElse(List.of());
    }

    /** The newest intent of each stack of a repository. */
    public List<Intent> intents(String repository) {
        return database.read(handle -> intents.latest(handle, repository));
    }

    /** Intents that have not ended, of all repositories. */
    public List<Intent> unendedIntents() {
        return intents.unended();
    }

    /** Where each stack stands by its newest intent; without those of which nothing was ever asked. */
    public List<Standing> standings() {
        return intents.standings();
    }

    /** The run whose plan an intent would apply; empty while it has none. */
    public Optional<Run> planOf(Intent intent) {
        RunId plan = intent.plan() == null ? intent.reviewed() : intent.plan();
        return Optional.ofNullable(plan).flatMap(engine.ledger()::find);
    }

    /**
     * Approves what an intent would apply, as it was shown.
     *
     * @return why it can't be approved; empty where it was
     */
    public Optional<String> approve(Intent intent, String actor) {
        if (intent.state() != IntentState.AWAITING_APPROVAL) {
            return Optional.of(intent.stack() + " awaits no approval: it is "
                    + intent.state().word() + ", " + intent.reason());
        }
        Run plan = planOf(intent).orElseThrow();
        String digest = Objects.requireNonNull(plan.facts()).digest();
        return database.write(transaction -> {
            if (!stillStands(transaction, intent)) {
                return Optional.of(intent.stack() + " moved on just now; look again and approve what it shows then");
            }
            int wanted = intent.promise().approvals();
            if (wanted > 0 && pushers.pushed(transaction.handle(), intent, actor)) {
                return Optional.of(actor + " pushed part of what " + intent.stack() + " would apply, and main asks for "
                        + (wanted == 1 ? "the approval" : wanted + " approvals") + " of others (approvals: " + wanted
                        + "): somebody else must approve, with a token of their own");
            }
            if (!intents.approve(transaction, intent.id(), digest, actor)) {
                return Optional.of(actor + " has approved " + plan.id() + " of " + intent.stack()
                        + " already; another person must");
            }
            transaction.record(
                    actor, "approve", intent.stack().qualified(), plan.id() + " change " + digest.substring(0, 12));
            intents.move(transaction, intent.id(), IntentState.WAITING, plan.id() + " was approved by " + actor);
            advances.mark(transaction, intent.subject());
            return Optional.empty();
        });
    }

    /** Whether nothing became of an intent since it was read: what was meant for one plan must not hit another. */
    private boolean stillStands(Transaction transaction, Intent intent) {
        return intents.find(transaction.handle(), intent.id())
                .filter(now -> now.state() == intent.state())
                .filter(now -> Objects.equals(now.plan(), intent.plan()))
                .isPresent();
    }

    /**
     * Plans and applies an intent anew.
     *
     * @return why it can't be; empty where it was begun
     */
    public Optional<String> retry(Intent intent, String actor) {
        boolean quarantined = engine.applied()
                .find(intent.stack())
                .map(AppliedStacks.Applied::quarantine)
                .isPresent();
        if (!intent.state().ended() && !quarantined) {
            return Optional.of(intent.stack() + " is " + intent.state().word() + " already: " + intent.reason());
        }
        boolean newest =
                intent(intent.stack()).map(latest -> latest.id() == intent.id()).orElse(false);
        if (!newest) {
            return Optional.of("a newer commit of " + intent.stack() + " came after it");
        }
        database.change(transaction -> {
            engine.applied().release(transaction, intent.stack());
            intents.reopen(transaction, intent.id(), "asked for again by " + actor);
            transaction.record(
                    actor,
                    "retry",
                    intent.stack().qualified(),
                    "commit " + intent.promise().commit());
            advances.mark(transaction, intent.subject());
        });
        return Optional.empty();
    }

    /** Plans again what could not be planned of a change, or all of it where nothing failed. */
    public Optional<String> retry(Change change, String actor) {
        if (!change.state().open()) {
            return Optional.of(change.id() + " is " + change.state().word());
        }
        if (change.state() == ChangeState.CONFLICT) {
            return Optional.of(change.id() + " can't be planned: " + change.reason() + "; merge main into "
                    + change.branch() + ", mend it, and push again");
        }
        database.change(transaction -> {
            List<ChangeStack> all = changes.stacks(transaction.handle(), change.number());
            List<ChangeStack> failed = all.stream().filter(this::failed).toList();
            (failed.isEmpty() ? all : failed)
                    .forEach(stack -> changes.planning(transaction, change.number(), stack.folder(), null));
            changes.move(transaction, change.number(), ChangeState.PLANNING, "asked for again by " + actor);
            transaction.record(actor, "retry", change.id(), change.head().abbreviated());
            advances.mark(transaction, change.subject());
        });
        return Optional.empty();
    }

    /** The runs by which a change should have been planned, and was not. */
    public List<Run> unplanned(Change change) {
        return stacks(change).stream()
                .flatMap(stack -> Optional.ofNullable(stack.run()).stream())
                .flatMap(run -> engine.ledger().find(run).stream())
                .filter(Reviews::failed)
                .toList();
    }

    private static boolean failed(Run run) {
        return run.state().ended() && run.facts() == null;
    }

    private boolean failed(ChangeStack stack) {
        return Optional.ofNullable(stack.run())
                .flatMap(engine.ledger()::find)
                .map(Reviews::failed)
                .orElse(true);
    }

    /** Gives an intent up; what runs for it is stopped. */
    public Optional<String> cancel(Intent intent, String actor) {
        if (intent.state().ended()) {
            return Optional.of(intent.stack() + " is " + intent.state().word() + " already");
        }
        database.change(transaction -> {
            List<Run> runs = engine.ledger().orderedBy(intent.subject()).stream()
                    .filter(run -> !run.state().ended())
                    .toList();
            runs.forEach(run -> engine.stop(transaction, run.id(), RunState.CANCELLED, "cancelled by " + actor));
            if (runs.isEmpty()) {
                intents.move(transaction, intent.id(), IntentState.CANCELLED, "cancelled by " + actor);
                waiters.wake(transaction, intent);
            }
            transaction.record(actor, "cancel", intent.stack().qualified(), intent.reason());
            advances.mark(transaction, intent.subject());
        });
        return Optional.empty();
    }

    /** Stops a run. */
    public Optional<String> cancel(Run run, String actor) {
        if (run.state().ended()) {
            return Optional.of(run.id() + " is " + run.state().word() + " already");
        }
        database.change(transaction -> {
            engine.stop(transaction, run.id(), RunState.CANCELLED, "cancelled by " + actor);
            transaction.record(actor, "cancel", run.id().toString(), run.stack().qualified());
        });
        return Optional.empty();
    }
}
