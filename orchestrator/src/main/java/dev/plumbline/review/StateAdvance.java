package dev.plumbline.review;

import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunState;
import dev.plumbline.run.StateOrder;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Subject;
import dev.plumbline.store.Transaction;
import java.util.Optional;

/** A state was changed by hand: what was planned on the former one is looked at again. */
final class StateAdvance implements Advancer {
    private final Database database;
    private final Intents intents;
    private final Changes changes;
    private final RunEngine engine;
    private final Advances advances;

    StateAdvance(Database database, Intents intents, Changes changes, RunEngine engine, Advances advances) {
        this.database = database;
        this.intents = intents;
        this.changes = changes;
        this.engine = engine;
        this.advances = advances;
    }

    @Override
    public void advance(long order) {
        for (Run run : engine.ledger().orderedBy(new Subject(StateOrder.SUBJECT, order))) {
            boolean read = engine.desk().reads(run);
            if (run.state() == RunState.APPLIED && !read) {
                database.change(transaction -> {
                    intents.latest(transaction.handle(), run.stack())
                            .ifPresent(intent -> advances.mark(transaction, intent.subject()));
                    changes.open(transaction.handle(), run.stack().repository())
                            .forEach(change -> planAgain(transaction, change, run));
                });
            }
        }
    }

    private void planAgain(Transaction transaction, Change change, Run order) {
        boolean outdated = change.state() != ChangeState.CONFLICT
                && changes.stacks(transaction.handle(), change.number()).stream()
                        .filter(stack -> stack.folder().equals(order.stack().folder()))
                        .flatMap(stack -> Optional.ofNullable(stack.run()).stream())
                        .flatMap(run -> engine.ledger().find(transaction.handle(), run).stream())
                        .anyMatch(run -> outdated(run, order));
        if (outdated) {
            changes.planning(transaction, change.number(), order.stack().folder(), null);
            changes.move(
                    transaction,
                    change.number(),
                    ChangeState.PLANNING,
                    "the state of " + order.stack() + " was changed by " + order.id());
            advances.mark(transaction, change.subject());
        }
    }

    /** What was planned later than the order knew of it; a plan that failed may have waited for it. */
    private boolean outdated(Run plan, Run order) {
        if (!plan.state().ended() || plan.id().number() > order.id().number()) {
            return false;
        }
        PlanFacts facts = plan.facts();
        return facts == null
                || engine.catalogs()
                        .of(plan.stack().repository(), plan.order().tree())
                        .find(plan.stack())
                        .map(stack -> engine.stateMarks().of(stack, plan.stateOf()))
                        .filter(mark -> mark != facts.basis().stateVersion())
                        .isPresent();
    }
}
