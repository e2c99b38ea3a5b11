package dev.plumbline.run;

import dev.plumbline.process.CancelSignal;
import dev.plumbline.store.Database;
import java.util.Optional;

/** Does what people ask to be done with a state, alone in the stack's lane. */
final class StateRunner {
    private final Database database;
    private final RunLedger ledger;
    private final StateOrders orders;
    private final BackendChange change;
    private final Catalogs catalogs;
    private final ManagedStates managed;
    private final BackendStates inBackends;
    private final StateMigration migration;
    private final StateLeftovers leftovers;

    StateRunner(
            Database database,
            RunLedger ledger,
            StateOrders orders,
            BackendChange change,
            Catalogs catalogs,
            ManagedStates managed,
            BackendStates inBackends,
            StateMigration migration,
            StateLeftovers leftovers) {
        this.database = database;
        this.ledger = ledger;
        this.orders = orders;
        this.change = change;
        this.catalogs = catalogs;
        this.managed = managed;
        this.inBackends = inBackends;
        this.migration = migration;
        this.leftovers = leftovers;
    }

    /** Runs it to its end, and records that. */
    void run(Run run, RunLog log, CancelSignal cancel) {
        StateOrder order = orders.find(run.order().forWhom()).orElseThrow();
        StateTask task = new StateTask(
                run, order, catalogs.of(run.stack().repository(), run.order().tree()), log, cancel);
        Attempt<StateTask.Conclusion> attempt = carryOut(task);
        if (attempt instanceof Attempt.Refused<StateTask.Conclusion> && cancel.isCancelled()) {
            stopped(task);
        } else if (attempt instanceof Attempt.Refused<StateTask.Conclusion> refused) {
            refuse(task, log.masked(refused.sentence()));
        } else {
            conclude(task, ((Attempt.Worked<StateTask.Conclusion>) attempt).value());
        }
        leftovers.tidy();
    }

    private Attempt<StateTask.Conclusion> carryOut(StateTask task) {
        if (task.order().kind() == StateOrder.Kind.MIGRATE) {
            return migration.carryOut(task);
        }
        Optional<StatePlace> place = change.placeOf(task.id(), task.given());
        if (place.isEmpty()) {
            return task.code().then(unknown -> Attempt.refused("its state is nowhere"));
        }
        return place.get().managed()
                ? managed.carryOut(
                        task, place.get().stack().or(() -> task.given().map(StackCode::stack)))
                : inBackends.carryOut(task, place.get().code().orElseThrow());
    }

    private void conclude(StateTask task, StateTask.Conclusion conclusion) {
        Run run = task.run();
        database.change(transaction -> {
            String sentence = task.log().masked(conclusion.in(transaction));
            transaction.record(task.order().actor(), "state", run.stack().qualified(), run.id() + " " + sentence);
            ledger.move(transaction, run, RunState.APPLIED, sentence);
        });
    }

    /** Nothing was changed: where the server is stopping, it is begun again at the next start. */
    private void stopped(StateTask task) {
        Run now = ledger.find(task.run().id()).orElseThrow();
        Optional<Run.Wish> wish = now.wish();
        if (wish.isEmpty()) {
            task.log().write("the server is stopping; this is begun again at its next start");
            return;
        }
        task.log().write(wish.get().end().word() + ": " + wish.get().reason());
        database.change(transaction ->
                ledger.move(transaction, now, wish.get().end(), wish.get().reason()));
    }

    private void refuse(StateTask task, String shown) {
        Run run = task.run();
        task.log().write("failed: " + shown);
        database.change(transaction -> {
            transaction.record(
                    task.order().actor(),
                    "state",
                    run.stack().qualified(),
                    run.id() + " " + task.order().kind().word() + " was refused: "
                            + shown.lines().findFirst().orElse(""));
            ledger.move(transaction, run, RunState.FAILED, shown);
        });
    }
}
