package dev.plumbline.review;

import dev.plumbline.config.Floor;
import dev.plumbline.forge.BranchListener;
import dev.plumbline.forge.LookRequests;
import dev.plumbline.forge.NoteText;
import dev.plumbline.forge.Outbox;
import dev.plumbline.forge.Proposals;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullListener;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.PullText;
import dev.plumbline.forge.Remotes;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import dev.plumbline.git.server.PushListener;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.StateOrder;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import dev.plumbline.store.Transaction;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything between a push and an applied stack: the front door of this package. */
public final class Reviews {
    private final Database database;
    private final Outbox outbox;
    private final PullBook pulls;
    private final Advances advances;
    private final RunEngine engine;
    private final Pushes pushes;
    private final Changes changes;
    private final Intents intents;
    private final IntentApprovals intentApprovals = new IntentApprovals();
    private final Merges merges;
    private final RevertRequests revertRequests = new RevertRequests();
    private final Acts acts;
    private final EarlyApply earlyApply;
    private final MergeCheck mergeCheck;
    private final MergedChanges merged;
    private final PromisedPlans promisedPlans;
    private final ChangeApprovals approvals;
    private final Applies applies;
    private final ChangeSnapshots changeSnapshots;
    private final PlanVerdicts verdicts;
    private final ChangeReport report;
    private final Map<String, Advancer> advancers;
    private final Arrivals arrivals;
    private final PullNews news;
    private final Notes notes;
    private final PullComments pullText;
    private final PushDoor door;

    /**
     * @param remotes which repositories live elsewhere; nobody pushes to those here
     * @param outbox where what is to be told elsewhere goes
     * @param pulls what is known of pull requests
     * @param publicUrl how others reach this server; without it nothing told elsewhere links here
     * @param floors what repositories' own rules may not loosen
     */
    public Reviews(
            Database database,
            Advances advances,
            Feed feed,
            RunEngine engine,
            Remotes remotes,
            Outbox outbox,
            PullBook pulls,
            Optional<URI> publicUrl,
            List<Floor> floors) {
        this.database = database;
        this.outbox = outbox;
        this.pulls = pulls;
        this.advances = advances;
        this.engine = engine;
        this.pushes = new Pushes(database);
        this.changes = new Changes(database);
        this.intents = new Intents(database);
        Waiters waiters = new Waiters(intents, changes, advances, outbox);
        this.merges = new Merges(database);
        this.verdicts = new PlanVerdicts(engine.plans());
        Refusals refusals = new Refusals(database, merges, intents, engine, verdicts);
        this.approvals = new ChangeApprovals(database);
        this.promisedPlans = new PromisedPlans(database, changes, intents, intentApprovals, engine.ledger(), refusals);
        this.changeSnapshots = new ChangeSnapshots(database, changes, intents, pulls, engine, verdicts, approvals);
        this.report = new ChangeReport(engine.plans());
        Pushers pushers = new Pushers(merges, revertRequests);
        this.applies = new Applies(
                database,
                engine.ledger(),
                intents,
                intentApprovals,
                merges,
                changes,
                pulls,
                remotes,
                engine.catalogs());
        this.earlyApply =
                new EarlyApply(database, changes, merges, intents, intentApprovals, pushers, engine, advances, floors);
        this.mergeCheck = new MergeCheck(database, changes, pulls, changeSnapshots, engine);
        this.acts = new Acts(database, advances, engine, changes, intents, intentApprovals, pushers, waiters, refusals);
        FormerHeads formerHeads = new FormerHeads(database);
        this.merged = new MergedChanges(database, changes, merges, pulls, engine.catalogs());
        UnseenChanges unseen = new UnseenChanges(changes, formerHeads, pulls, remotes, engine.catalogs());
        Endings endings = new Endings(changes, acts, outbox, advances);
        MergeIntake intake = new MergeIntake(
                database,
                pushes,
                changes,
                merges,
                pushers,
                intents,
                engine,
                advances,
                feed,
                outbox,
                pulls,
                verdicts,
                floors,
                new BroughtChanges(database, changes, merges, merged, unseen, pulls),
                endings);
        LateMerges lateMerges = new LateMerges(
                database,
                changes,
                merges,
                unseen,
                intents,
                intentApprovals,
                pushers,
                endings,
                pulls,
                remotes,
                advances);
        this.advancers = Map.of(
                StateOrder.SUBJECT,
                new StateAdvance(database, intents, changes, engine, advances),
                "push",
                new PushAdvance(
                        database,
                        pushes,
                        changes,
                        formerHeads,
                        intake,
                        lateMerges,
                        endings,
                        acts,
                        engine,
                        advances,
                        feed,
                        pulls,
                        remotes),
                "change",
                new ChangeAdvance(
                        database,
                        changes,
                        intents,
                        changeSnapshots,
                        new AffectedStacks(),
                        report,
                        engine,
                        feed,
                        outbox,
                        pulls,
                        advances),
                Intent.SUBJECT,
                new IntentAdvance(
                        database,
                        intents,
                        intentApprovals,
                        new IntentSnapshots(database, intents, intentApprovals, refusals, engine),
                        engine,
                        waiters,
                        advances,
                        feed));
        this.news = new PullNews(changes, approvals, pulls, engine.catalogs(), outbox, advances);
        this.notes = new Notes(changes, changeSnapshots, report, merges, intents);
        this.pullText = new PullComments(
                database,
                changes,
                changeSnapshots,
                formerHeads,
                merges,
                intents,
                new MergeQueue(database, changes, pulls, engine),
                new Credits(database, pulls, intents, intentApprovals, engine.ledger()),
                engine,
                new PageLinks(publicUrl),
                refusals,
                promisedPlans,
                remotes);
        this.arrivals = new Arrivals(database, pushes, advances);
        this.door = new PushDoor(remotes, arrivals, pushes, changes, merges, intents, advances, feed);
    }

    /**
     * Takes merged changes back.
     *
     * @param proposals where repositories live elsewhere
     */
    public Reverts reverts(Remotes remotes, Proposals proposals, Clock clock) {
        LookRequests looks = new LookRequests(database, advances);
        return new Reverts(
                database,
                merged::own,
                earlyApply,
                arrivals,
                revertRequests,
                engine.catalogs(),
                remotes,
                proposals,
                looks,
                clock);
    }

    /** Who had this server make a branch, each by their name alone; empty for one that people made. */
    public Set<String> askedFor(String repository, String branch) {
        return database.read(handle -> revertRequests.by(handle, repository, branch)).stream()
                .map(Pushers::person)
                .collect(Collectors.toSet());
    }

    /** What changes became on the default branch. */
    public MergedChanges merged() {
        return merged;
    }

    /** Who approved changes before they were merged. */
    public ChangeApprovals approvals() {
        return approvals;
    }

    /** What holds stacks' lanes although nothing runs. */
    public Holds holds() {
        return new Holds(database);
    }

    /** The pull request that a change is; empty where its repository has none. */
    public Optional<PullRequest> pull(Change change) {
        return pulls.ofChange(change.number()).map(PullBook.Entry::pull);
    }

    /** What was applied. */
    public Applies applies() {
        return applies;
    }

    /** Whether commits that are about to become the default branch bring what was reviewed. */
    public MergeCheck mergeCheck() {
        return mergeCheck;
    }

    /** Applies changes before they are merged. */
    public EarlyApply earlyApply() {
        return earlyApply;
    }

    /** The plans that intents would apply. */
    public PromisedPlans promisedPlans() {
        return promisedPlans;
    }

    /** What people ask of changes and intents. */
    public Acts acts() {
        return acts;
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

    /** Where news of pull requests come in. */
    public PullListener pullNews() {
        return news;
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

    /** Finds what a crash left behind, or what had to be left alone for a while. */
    public Recovery recovery(Mirrors mirrors) {
        return new Recovery(database, mirrors, pushes, changes, intents, engine, advances);
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

    /** The folders of the stacks whose plans policies refuse, as a change stands now. */
    public Set<String> refused(Change change) {
        return change.state() != ChangeState.FAILED
                ? Set.of()
                : changeSnapshots.of(change).all(ChangeSnapshot.Ended.class).stream()
                        .filter(ended -> ended.refusal().isPresent())
                        .map(ended -> ended.stack().folder())
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** The report of a change as it stands now, for a terminal. */
    public String report(Change change) {
        ChangeSnapshot now = changeSnapshots.of(change);
        return ChangeReport.opening(change, stacks(change), now.problems(), now.released()) + "\n"
                + report.text(now, change.reason());
    }

    /** The same in Markdown, as a forge shows it. */
    public String markdown(Change change) {
        return pullText.report(change, stacks(change));
    }

    /** All changes that people may mean by a number: a change's own, or that of its pull request. */
    public List<Change> changesNumbered(long number) {
        return changes.numbered(number);
    }

    /** The newest intent of a stack. */
    public Optional<Intent> intent(StackId stack) {
        return database.read(handle -> intents.latest(handle, stack));
    }

    public Optional<Intent> intent(long id) {
        return intents.find(id);
    }

    /** What is told of a change where it lives is told again: something about it came about. */
    public void tellAgain(Transaction transaction, Change change) {
        outbox.tellProgress(transaction, change.repository(), change.head(), change.subject());
    }

    /** What keeps the policies of a repository's default branch from being read, each with file, line and column. */
    public List<String> policyProblems(String repository) {
        Mirror mirror = engine.catalogs().mirror(repository);
        return mirror.main().map(head -> verdicts.problems(mirror.tree(head))).orElse(List.of());
    }

    /** What a change's merge promised, in the order of its stacks. */
    public List<Intent> intents(Change change) {
        return intents.ofChange(change.number());
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

    /** Stacks that main has not, and won't be asked about: their state moves to another, or an open or closed change has them. */
    public Set<StackId> betweenPlaces() {
        return intents.betweenPlaces();
    }

    /** Whether a head of main was taken in: what it asks of each stack is known. */
    public boolean takenIn(String repository, CommitSha main) {
        return database.read(handle -> merges.takenInBefore(handle, repository, Long.MAX_VALUE))
                .filter(main::equals)
                .isPresent();
    }
}
