package dev.plumbline.run;

import dev.plumbline.config.ServerConfig;
import dev.plumbline.git.Mirrors;
import dev.plumbline.hcl.Dialect;
import dev.plumbline.secret.ServerKey;
import dev.plumbline.stack.StackCatalogReader;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import dev.plumbline.store.Transaction;
import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.WorkspaceFolders;
import dev.plumbline.terraform.install.Terraforms;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that runs, put together: the front door of this package. */
public final class RunEngine {
    private static final Duration DRAIN_LOOK = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(RunEngine.class);

    private final RunLedger ledger;
    private final Lanes lanes;
    private final StateVault states;
    private final StateMarks marks;
    private final AppliedStacks applied;
    private final BackendChange change;
    private final KeptPlans plans;
    private final KeptProblems problems;
    private final StateDesk desk;
    private final StateReads reads;
    private final StateLeftovers leftovers;
    private final StackInputs inputs;
    private final Catalogs catalogs;
    private final WorkspaceFolders workspaces;
    private final Checkout checkout;
    private final RunAdvance advance;
    private final Path runs;
    private final Programs programs;
    private final Feed feed;
    private volatile boolean stopping;

    public RunEngine(
            ServerConfig config,
            Database database,
            Advances advances,
            Feed feed,
            Artifacts artifacts,
            ServerKey key,
            Mirrors mirrors,
            Terraforms terraforms,
            Lanes lanes,
            Clock clock) {
        this.feed = feed;
        this.lanes = lanes;
        this.ledger = new RunLedger(database, advances, lanes);
        this.states = new StateVault(database, artifacts);
        this.applied = new AppliedStacks(database, artifacts);
        this.plans = new KeptPlans(artifacts);
        this.problems = new KeptProblems(artifacts);
        this.inputs = new StackInputs(config, applied, plans, key);
        this.catalogs = new Catalogs(
                mirrors,
                new StackCatalogReader(
                        config.localBackends(),
                        terraforms.standard().binary().product() == TerraformBinary.Product.TOFU
                                ? Dialect.OPENTOFU
                                : Dialect.TERRAFORM));
        this.runs = config.home().resolve("runs");
        this.programs = new Programs(terraforms);
        this.workspaces = new WorkspaceFolders(config.home());
        StateOrders orders = new StateOrders(database);
        this.marks = new StateMarks(states, orders);
        this.checkout = new Checkout(workspaces, states, marks);
        ApplyFollower follower = new ApplyFollower(
                database, ledger, states, applied, artifacts, plans, catalogs, programs, clock, config, () -> stopping);
        this.change = new BackendChange(applied, states, catalogs);
        StateBackend backends = new StateBackend(programs, checkout, inputs, catalogs);
        StateEdit editor = new StateEdit(programs, workspaces);
        ManagedStates managed = new ManagedStates(states, applied, artifacts, editor);
        this.leftovers = new StateLeftovers(ledger, orders, artifacts, clock);
        this.desk = new StateDesk(database, ledger, orders, states, plans, artifacts);
        this.reads = new StateReads(desk, ledger, artifacts, feed);
        this.advance = new RunAdvance(
                database,
                ledger,
                feed,
                runs,
                new PlanRunner(
                        database,
                        ledger,
                        catalogs,
                        checkout,
                        change,
                        inputs,
                        programs,
                        new PlanReporter(plans, problems, artifacts, key),
                        config.limits()),
                new ApplyRunner(database, ledger, catalogs, checkout, change, inputs, programs, plans, follower),
                new StateRunner(
                        database,
                        ledger,
                        orders,
                        change,
                        catalogs,
                        managed,
                        new BackendStates(applied, artifacts, backends, editor),
                        new StateMigration(states, applied, backends, change, managed, catalogs),
                        leftovers),
                follower,
                checkout);
    }

    /** Advances the subjects of kind {@code run}. */
    public Advancer advancer() {
        return advance;
    }

    public RunLedger ledger() {
        return ledger;
    }

    public Lanes lanes() {
        return lanes;
    }

    public StateVault states() {
        return states;
    }

    /** What a plan rests on of its stack's state. */
    public StateMarks stateMarks() {
        return marks;
    }

    public AppliedStacks applied() {
        return applied;
    }

    /** Asked before a plan is made, taken over or applied, and where a state is. */
    public BackendChange backendChange() {
        return change;
    }

    /** Where people ask for something to be done with a state. */
    public StateDesk desk() {
        return desk;
    }

    /** Where people wait for states out of backends. */
    public StateReads reads() {
        return reads;
    }

    public KeptPlans plans() {
        return plans;
    }

    public KeptProblems problems() {
        return problems;
    }

    public StackInputs inputs() {
        return inputs;
    }

    public Catalogs catalogs() {
        return catalogs;
    }

    /** Which program plans and applies each stack. */
    public Programs programs() {
        return programs;
    }

    /**
     * Deletes what former processes left in workspaces and ends what still runs there; never the workspace of an apply, which may
     * have gone on without a server. Called once at each start, before anything is advanced.
     */
    public void sweep() {
        Set<Path> applies = ledger.active().stream()
                .filter(run -> run.state() == RunState.APPLYING)
                .map(run -> checkout.workspaceOf(run).folder())
                .collect(Collectors.toSet());
        workspaces.sweep(applies::contains);
        leftovers.tidyAtStart();
    }

    /** Deletes states that were read for somebody who no longer waits; called now and then. */
    public void tidy() {
        leftovers.tidy();
    }

    /**
     * A piece of the log of a run, masked; an empty one where it has none yet.
     *
     * @param position zero, or {@link LogPiece#next} of the piece before
     */
    public LogPiece log(RunId run, long position) {
        return new LogFile(new RunFolder(runs.resolve(run.toString())).log()).read(position);
    }

    /**
     * Ends a queued run, or stops the process of a live one.
     *
     * @param end {@link RunState#CANCELLED} or {@link RunState#SUPERSEDED}
     */
    public void stop(Transaction transaction, RunId run, RunState end, String reason) {
        ledger.stop(transaction, run, end, reason);
        transaction.afterCommit(() -> advance.cancel(run));
    }

    /**
     * The server is stopping: plans are stopped and will run again, applies go on by themselves.
     *
     * @param waitForApplies whether to wait until no apply runs any more: where nothing outlives the server
     */
    public void stop(boolean waitForApplies) throws InterruptedException {
        advance.beginNoMore();
        advance.stopPlans();
        if (waitForApplies && advance.applying()) {
            log.info(
                    "waiting for {} to end: nothing that this server started outlives where it runs; kill -9 leaves it to the next start",
                    ledger.active().stream()
                            .filter(run -> run.order().phase() == Phase.APPLY)
                            .map(run -> run.id() + " of " + run.stack())
                            .collect(Collectors.joining(", ")));
        }
        while (waitForApplies && advance.applying()) {
            feed.await(DRAIN_LOOK);
        }
        stopping = true;
    }
}
