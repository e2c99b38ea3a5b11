package dev.plumbline.drift;

import dev.plumbline.drift.DriftStep.Compare;
import dev.plumbline.drift.DriftStep.End;
import dev.plumbline.drift.DriftStep.StartRun;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.hcl.Variable;
import dev.plumbline.run.AppliedStacks;
import dev.plumbline.run.GivenOutputs;
import dev.plumbline.run.Inputs;
import dev.plumbline.run.Phase;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.secret.Secrets;
import dev.plumbline.secret.ServerKey;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import dev.plumbline.store.Transaction;
import dev.plumbline.terraform.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a drift check on: one step after the other until it has to wait or is over. */
final class DriftAdvance implements Advancer {
    private static final Logger ALERT = LoggerFactory.getLogger("dev.plumbline.alert");

    private final Database database;
    private final DriftChecks checks;
    private final Divergences divergences;
    private final DriftDecider decider = new DriftDecider();
    private final RunEngine engine;
    private final ServerKey key;
    private final Feed feed;

    DriftAdvance(
            Database database,
            DriftChecks checks,
            Divergences divergences,
            RunEngine engine,
            ServerKey key,
            Feed feed) {
        this.database = database;
        this.checks = checks;
        this.divergences = divergences;
        this.engine = engine;
        this.key = key;
        this.feed = feed;
    }

    @Override
    public void advance(long id) {
        boolean more = true;
        while (more) {
            DriftSnapshot now =
                    snapshot(database.read(handle -> checks.find(handle, id)).orElseThrow());
            more = take(decider.next(now), now);
        }
        feed.wake();
    }

    private boolean take(DriftStep step, DriftSnapshot now) {
        DriftCheck check = now.check();
        if (step instanceof StartRun start) {
            database.change(transaction -> start(transaction, check, start));
            return true;
        }
        if (step instanceof Compare compare) {
            compare(check, compare.run());
        } else if (step instanceof End end) {
            database.change(transaction -> end(transaction, check, end.state(), end.reason()));
            if (end.state() == DriftState.FAILED) {
                ALERT.warn("the drift check of {} failed: {}", check.stack().qualified(), end.reason());
            }
        }
        return false;
    }

    private DriftSnapshot snapshot(DriftCheck check) {
        StackId stack = check.stack();
        Optional<AppliedStacks.Applied> applied = engine.applied().find(stack);
        RunId ordered = check.run();
        if (ordered != null || check.settled()) {
            Optional<Run> run = Optional.ofNullable(ordered).flatMap(engine.ledger()::find);
            return new DriftSnapshot(check, run, Optional.empty(), applied, Optional.empty());
        }
        Mirror mirror = engine.catalogs().mirror(stack.repository());
        Optional<DriftSnapshot.OnMain> onMain = mirror.main().flatMap(main -> onMain(mirror, main, stack));
        Optional<Run> busy = engine.ledger().active().stream()
                .filter(run -> run.stack().equals(stack))
                .findFirst();
        return new DriftSnapshot(check, Optional.empty(), onMain, applied, busy);
    }

    private Optional<DriftSnapshot.OnMain> onMain(Mirror mirror, CommitSha main, StackId stack) {
        String tree = mirror.tree(main).id();
        return engine.catalogs()
                .of(stack.repository(), tree)
                .find(stack)
                .map(found -> new DriftSnapshot.OnMain(
                        main, tree, found.closure().hash(), inputs(found).map(Inputs.Known::digest)));
    }

    private Optional<Inputs.Known> inputs(Stack stack) {
        return Optional.of(engine.inputs().resolve(stack, GivenOutputs.NONE))
                .filter(Inputs.Known.class::isInstance)
                .map(Inputs.Known.class::cast);
    }

    /** Looks again whether the stack is free, in the transaction that orders the run: a deploy may have come meanwhile. */
    private void start(Transaction transaction, DriftCheck check, StartRun start) {
        if (!engine.ledger().idle(transaction.handle(), check.stack())) {
            return;
        }
        Run.Order order = new Run.Order(
                check.stack(),
                Phase.DRIFT,
                false,
                null,
                start.onMain().commit(),
                start.onMain().tree(),
                check.subject(),
                null,
                GivenOutputs.NONE);
        RunId run = engine.ledger().enqueue(transaction, order);
        checks.checking(transaction, check.id(), run, start.reason());
        feed.say(transaction, check.subject(), check.stack() + ": " + start.reason() + " (" + run + ")");
    }

    private void compare(DriftCheck check, Run run) {
        Plan plan = engine.plans().model(run.id());
        List<Difference> found = PlanDifferences.of(check.stack(), plan, secrets(run, plan), key);
        Divergences.Transition moved = database.write(transaction -> {
            Divergences.Transition transition = divergences.record(transaction, check.stack(), found);
            checked(transaction, check, run);
            remember(transaction, check.stack(), transition);
            found.forEach(
                    difference -> feed.say(transaction, check.subject(), check.stack() + ": " + difference.line()));
            end(
                    transaction,
                    check,
                    found.isEmpty() ? DriftState.CLEAN : DriftState.DIVERGED,
                    found.isEmpty() ? "nothing diverged" : count(found.size()));
            return transition;
        });
        if (!moved.appeared().isEmpty()) {
            ALERT.warn("{}", Divergences.alert(check.stack(), moved.appeared()));
        }
        moved.resolved()
                .forEach(gone -> ALERT.info("resolved in {}: {}", check.stack().qualified(), gone.line()));
    }

    /** What the plan file doesn't mark: inputs of other stacks, and variables that the code calls sensitive. */
    private Secrets secrets(Run run, Plan plan) {
        Optional<Stack> stack = engine.catalogs()
                .of(run.stack().repository(), run.order().tree())
                .find(run.stack());
        if (stack.isEmpty()) {
            return Secrets.none();
        }
        Set<String> sensitive = stack.get().code().variables().stream()
                .filter(Variable::sensitive)
                .map(Variable::name)
                .collect(Collectors.toSet());
        Secrets given = inputs(stack.get()).map(Inputs.Known::secrets).orElse(Secrets.none());
        return given.plus(plan.secretsOf(sensitive));
    }

    private static String count(int found) {
        return found == 1 ? "1 attribute diverged" : found + " attributes diverged";
    }

    private static void checked(Transaction transaction, DriftCheck check, Run run) {
        transaction
                .handle()
                .createUpdate("""
                        UPDATE stack SET drift_checked_at = :now, drift_run = :run
                         WHERE repository = :repository AND folder = :folder
                        """)
                .bind("now", transaction.now().toEpochMilli())
                .bind("run", run.id().number())
                .bind("repository", check.stack().repository())
                .bind("folder", check.stack().folder())
                .execute();
    }

    private static void remember(Transaction transaction, StackId stack, Divergences.Transition transition) {
        if (!transition.appeared().isEmpty()) {
            transaction.record(
                    "plumbline", "drift", stack.qualified(), Divergences.alert(stack, transition.appeared()));
        }
        transition
                .resolved()
                .forEach(gone ->
                        transaction.record("plumbline", "drift", stack.qualified(), "resolved: " + gone.line()));
    }

    private void end(Transaction transaction, DriftCheck check, DriftState state, String reason) {
        checks.end(transaction, check.id(), state, reason);
        feed.say(transaction, check.subject(), check.stack() + ": " + state.word() + ": " + reason);
    }
}
