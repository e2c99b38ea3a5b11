package dev.plumbline.run;

import dev.plumbline.process.CancelSignal;
import dev.plumbline.process.DurableCommandException;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import dev.plumbline.terraform.ApplyRun;
import dev.plumbline.terraform.Workspace;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Moves a run on: starts one that was let into its lane, and takes up what a process that died left behind. A plan runs again
 * from its beginning; an apply is adopted, and where it can't be found it is lost, never started again.
 */
final class RunAdvance implements Advancer {
    private static final Logger log = LoggerFactory.getLogger(RunAdvance.class);

    private final Database database;
    private final RunLedger ledger;
    private final Feed feed;
    private final Path runs;
    private final PlanRunner planner;
    private final ApplyRunner applier;
    private final StateRunner stateRunner;
    private final ApplyFollower follower;
    private final Checkout checkout;
    private final Map<RunId, CancelSignal> signals = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    RunAdvance(
            Database database,
            RunLedger ledger,
            Feed feed,
            Path runs,
            PlanRunner planner,
            ApplyRunner applier,
            StateRunner stateRunner,
            ApplyFollower follower,
            Checkout checkout) {
        this.database = database;
        this.ledger = ledger;
        this.feed = feed;
        this.runs = runs;
        this.planner = planner;
        this.applier = applier;
        this.stateRunner = stateRunner;
        this.follower = follower;
        this.checkout = checkout;
    }

    @Override
    public void advance(long number) throws InterruptedException {
        Run run = ledger.find(new RunId(number)).orElseThrow();
        try (MDC.MDCCloseable about = MDC.putCloseable("stack", run.stack().toString())) {
            advance(run);
            ledger.find(run.id()).filter(now -> now.state().ended()).ifPresent(RunAdvance::told);
        }
    }

    /** An apply that changed less than was promised, or nobody knows how much, is for a person to see to. */
    static void told(Run run) {
        boolean bad = run.order().phase() == Phase.APPLY
                && (run.state() == RunState.LOST || run.state() == RunState.FAILED && !run.planWasStale());
        log.atLevel(bad ? Level.WARN : Level.INFO)
                .log(
                        "{} ({}) of {}: {}, {}{}",
                        run.id(),
                        run.order().phase().word(),
                        run.stack().qualified(),
                        run.state().word(),
                        // What to do next would stand below all that Terraform printed.
                        bad ? run.reason().lines().findFirst().orElse("") : run.reason(),
                        bad
                                ? "; plumbline logs " + run.id() + " shows what it did, plumbline why "
                                        + run.stack().typed() + " how to go on"
                                : "");
    }

    private void advance(Run run) throws InterruptedException {
        switch (run.state()) {
            case PREPARING -> {
                if (!stopping) {
                    begin(run);
                }
            }
            case PLANNING -> {
                new RunFolder(runs.resolve(run.id().toString())).create().forgetSecrets();
                database.change(transaction ->
                        ledger.requeue(transaction, run, "queued again: the server stopped while it was planned"));
            }
            case APPLYING -> adopt(run);
            default -> {}
        }
    }

    private void begin(Run run) throws InterruptedException {
        RunFolder folder = new RunFolder(runs.resolve(run.id().toString())).create();
        RunLog runLog = new RunLog(run, folder, feed);
        CancelSignal cancel = signalFor(run);
        try {
            if (run.order().phase() == Phase.APPLY) {
                applier.run(run, folder, runLog, cancel);
            } else if (run.order().phase() == Phase.STATE) {
                stateRunner.run(run, runLog, cancel);
            } else {
                planner.run(run, folder, runLog, cancel);
            }
        } catch (RuntimeException broken) {
            giveUp(run, runLog, broken);
        } catch (OutOfMemoryError full) {
            // What filled the memory is gone by now, and trying again would fill it again.
            giveUp(
                    run,
                    runLog,
                    new IllegalStateException(
                            "the server's memory is too small for it; give more with PLUMBLINE_JAVA_OPTS=-Xmx2g",
                            full));
        } finally {
            signals.remove(run.id());
            forgetSecrets(run, folder);
        }
    }

    private CancelSignal signalFor(Run run) {
        CancelSignal cancel = signals.computeIfAbsent(run.id(), id -> new CancelSignal());
        // Read again: who asked in the meantime found no signal to give.
        if (ledger.find(run.id()).map(Run::cancelled).isPresent()) {
            cancel.cancel();
        }
        return cancel;
    }

    /** An apply that is under way is looked at again by the next advance; everything else has changed nothing and fails. */
    private void giveUp(Run run, RunLog runLog, RuntimeException broken) {
        Run now = ledger.find(run.id()).orElseThrow();
        if (now.state() == RunState.APPLYING || broken instanceof LaneLostException) {
            throw broken;
        }
        log.error("{} of {} broke", run.id(), run.stack(), broken);
        if (now.state().live()) {
            String reason = runLog.masked("Plumbline could not go on: " + broken.getMessage());
            database.change(transaction -> ledger.move(transaction, now, RunState.FAILED, reason));
            runLog.tell("failed: " + reason);
        }
    }

    private void adopt(Run run) throws InterruptedException {
        RunFolder folder = new RunFolder(runs.resolve(run.id().toString())).create();
        RunLog runLog = new RunLog(run, folder, feed);
        try {
            runLog.tell("the server was restarted; taking up the apply that went on without it");
            follower.adopt(run, ApplyRun.adopt(folder.apply()), checkout.workspaceOf(run), runLog, signalFor(run));
        } catch (DurableCommandException neverStarted) {
            String reason = "its plan was handed over, but no process of it is known: " + neverStarted.getMessage();
            runLog.tell("lost: " + reason);
            database.change(transaction -> ledger.move(transaction, run, RunState.LOST, reason));
        } finally {
            signals.remove(run.id());
            forgetSecrets(run, folder);
        }
    }

    private void forgetSecrets(Run run, RunFolder folder) {
        if (ledger.find(run.id()).map(now -> now.state().ended()).orElse(true)) {
            folder.forgetSecrets();
            Workspace workspace = checkout.workspaceOf(run);
            if (workspace.cleared()) {
                return;
            }
            // Runs are let in by writing transactions only, so none begins in this workspace while this one lasts.
            database.change(transaction -> {
                if (!ledger.live(transaction.handle(), run.stack())) {
                    workspace.clearTree();
                }
            });
        }
    }

    /** Stops a run's process, where this server has one; what that means for the run was recorded before. */
    void cancel(RunId run) {
        CancelSignal signal = signals.get(run);
        if (signal != null) {
            signal.cancel();
        }
    }

    /** From now on no run is begun: what is let into its lane waits there for the next start. */
    void beginNoMore() {
        stopping = true;
    }

    /** Whether this process prepares or follows an apply. */
    boolean applying() {
        return signals.keySet().stream()
                .flatMap(id -> ledger.find(id).stream())
                .anyMatch(run -> run.order().phase() == Phase.APPLY);
    }

    /** Stops all plans, which will run again, and leaves applies to themselves. */
    void stopPlans() {
        signals.forEach((id, signal) -> {
            if (ledger.find(id).map(run -> run.order().phase() != Phase.APPLY).orElse(false)) {
                signal.cancel();
            }
        });
    }
}
