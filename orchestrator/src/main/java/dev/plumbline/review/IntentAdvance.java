package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.review.IntentStep.Apply;
import dev.plumbline.review.IntentStep.Count;
import dev.plumbline.review.IntentStep.Discard;
import dev.plumbline.review.IntentStep.End;
import dev.plumbline.review.IntentStep.Inspect;
import dev.plumbline.review.IntentStep.Plan;
import dev.plumbline.review.IntentStep.Wait;
import dev.plumbline.run.GivenOutputs;
import dev.plumbline.run.KeptPlans;
import dev.plumbline.run.Phase;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import dev.plumbline.store.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Moves an intent on: one step after the other until it has to wait or is over. */
final class IntentAdvance implements Advancer {
    /** How soon it is looked again whether a state is free that is to be taken over. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    private final Database database;
    private final Intents intents;
    private final IntentApprovals approvals;
    private final IntentSnapshots snapshots;
    private final IntentDecider decider = new IntentDecider();
    private final RunEngine engine;
    private final Waiters waiters;
    private final Advances advances;
    private final Feed feed;

    IntentAdvance(
            Database database,
            Intents intents,
            IntentApprovals approvals,
            IntentSnapshots snapshots,
            RunEngine engine,
            Waiters waiters,
            Advances advances,
            Feed feed) {
        this.database = database;
        this.intents = intents;
        this.approvals = approvals;
        this.snapshots = snapshots;
        this.engine = engine;
        this.waiters = waiters;
        this.advances = advances;
        this.feed = feed;
    }

    @Override
    public void advance(long id) {
        boolean more = true;
        while (more) {
            IntentSnapshot now = snapshots.of(intents.find(id).orElseThrow());
            more = take(decider.next(now), now);
        }
        feed.wake();
    }

    private boolean take(IntentStep step, IntentSnapshot now) {
        Intent intent = now.intent();
        if (step instanceof Plan) {
            write(intent, transaction -> plan(transaction, intent, step.reason()));
        } else if (step instanceof Apply apply) {
            write(intent, transaction -> apply(transaction, intent, apply));
        } else if (step instanceof Inspect inspect) {
            write(intent, transaction -> {
                approvals.forget(transaction, intent.id());
                intents.lost(transaction, intent.id(), inspect.lost().id());
                intents.move(transaction, intent.id(), IntentState.PLANNING, inspect.reason());
                feed.say(transaction, intent.subject(), intent.stack() + ": " + inspect.reason());
            });
        } else if (step instanceof Discard) {
            write(intent, transaction -> {
                intents.runs(transaction, intent.id(), null, null);
                plan(transaction, intent, step.reason());
            });
        } else if (step instanceof Count) {
            write(intent, transaction -> {
                intents.toCount(transaction, intent.id());
                Optional.ofNullable(intent.change())
                        .ifPresent(change -> advances.mark(transaction, Change.ballot(change)));
            });
        } else if (step instanceof Wait wait) {
            if (now.blocked().filter(wait.reason()::equals).isPresent() && stateStandsElsewhere(intent)) {
                // So that what unblocks it can be done under the name that it has now.
                write(intent, transaction -> takeOverState(transaction, intent));
                return true;
            }
            rest(now, wait.state(), wait.reason());
            if (now.busyOrigin().isPresent()) {
                // The end of what runs under the former name may be nobody's news: that of a drift check, say.
                database.change(transaction -> advances.mark(transaction, intent.subject(), BUSY));
            }
            return false;
        } else {
            End end = (End) step;
            end(now, end);
            return false;
        }
        return true;
    }

    /** A person may have cancelled or retried it since it was read; then it was marked, and is decided on anew. */
    private void write(Intent read, Consumer<Transaction> step) {
        database.change(transaction -> {
            if (intents.stands(transaction, read)) {
                step.accept(transaction);
            }
        });
    }

    private void plan(Transaction transaction, Intent intent, String reason) {
        takeOverState(transaction, intent);
        RunId run = engine.ledger().enqueue(transaction, order(intent, Phase.PLAN, null));
        intents.runs(transaction, intent.id(), run, null);
        intents.move(transaction, intent.id(), IntentState.PLANNING, reason);
        feed.say(transaction, intent.subject(), intent.stack() + ": " + reason);
    }

    private void apply(Transaction transaction, Intent intent, Apply step) {
        takeOverState(transaction, intent);
        RunId run = engine.ledger()
                .enqueue(transaction, order(intent, Phase.APPLY, step.plan().id()));
        intents.runs(transaction, intent.id(), intent.plan(), run);
        intents.move(transaction, intent.id(), IntentState.APPLYING, step.reason());
        waiters.begun(transaction, intent);
        transaction.record(
                "plumbline", "intent", intent.stack().qualified(), step.reason() + "; applying it as " + run);
    }

    private static Run.Order order(Intent intent, Phase phase, @Nullable RunId plan) {
        Intent.Promise promise = intent.promise();
        return new Run.Order(
                promise.stack(),
                phase,
                promise.kind() == Intent.Kind.DESTROY,
                null,
                promise.commit(),
                promise.tree(),
                intent.subject(),
                plan,
                GivenOutputs.NONE);
    }

    /** The folder was moved: its state, with all versions, belongs to the new one from now on. */
    private void takeOverState(Transaction transaction, Intent intent) {
        StackId origin = intent.promise().origin();
        if (origin != null && stateStandsElsewhere(intent)) {
            engine.states().move(transaction, origin, intent.stack());
            engine.applied().move(transaction, origin, intent.stack());
            transaction.record("plumbline", "state", intent.stack().qualified(), "taken over from " + origin);
        }
    }

    private boolean stateStandsElsewhere(Intent intent) {
        StackId origin = intent.promise().origin();
        return origin != null && engine.states().current(origin).isPresent();
    }

    private void rest(IntentSnapshot now, IntentState state, String reason) {
        Intent intent = now.intent();
        if (intent.state() == state && intent.reason().equals(reason)) {
            return;
        }
        write(intent, transaction -> {
            intents.move(transaction, intent.id(), state, reason);
            if (state == IntentState.AWAITING_APPROVAL) {
                showPlan(transaction, now);
            }
            if (state != IntentState.PLANNING && state != IntentState.APPLYING) {
                feed.say(transaction, intent.subject(), intent.stack() + ": " + reason);
            }
            if (state.settled()) {
                waiters.wake(transaction, intent);
            }
        });
    }

    private void showPlan(Transaction transaction, IntentSnapshot now) {
        now.plan()
                .flatMap(plan -> engine.plans().report(plan.id(), KeptPlans.Form.TEXT))
                .ifPresent(text -> feed.say(transaction, now.intent().subject(), "\n" + text.stripTrailing() + "\n"));
    }

    private void end(IntentSnapshot now, End end) {
        Intent intent = now.intent();
        if (intent.state().ended()) {
            return;
        }
        write(intent, transaction -> {
            intents.move(transaction, intent.id(), end.state(), end.reason());
            transaction.record(
                    "plumbline",
                    "intent",
                    intent.stack().qualified(),
                    end.state().word() + ": " + end.reason());
            if (end.state() == IntentState.NO_CHANGES) {
                takeOverState(transaction, intent);
                feed.say(transaction, intent.subject(), intent.stack() + ": no changes: " + end.reason());
                settledAsIs(transaction, now);
            } else if (end.state() == IntentState.APPLIED) {
                forgetOrigin(transaction, intent);
            } else if (end.state() == IntentState.SUPERSEDED) {
                feed.say(transaction, intent.subject(), intent.stack() + ": superseded: " + end.reason());
            }
            waiters.wake(transaction, intent);
        });
    }

    /** What is known of the former folder came along with a managed state; one in a backend is known here since it was applied. */
    private void forgetOrigin(Transaction transaction, Intent intent) {
        StackId origin = intent.promise().origin();
        boolean gone = origin != null
                && !stateStandsElsewhere(intent)
                && intents.latest(transaction.handle(), origin)
                        .filter(latest -> latest.id() > intent.id())
                        .isEmpty()
                && engine.catalogs()
                        .of(origin.repository(), intent.promise().tree())
                        .find(origin)
                        .isEmpty();
        if (origin != null && gone) {
            engine.applied().forget(transaction, origin);
        }
    }

    /** The stack is as its commit wants it without an apply: that counts as applied, where it ever was. */
    private void settledAsIs(Transaction transaction, IntentSnapshot now) {
        now.plan().or(now::reviewed).ifPresent(plan -> {
            // Read beside this transaction, so as it was before it.
            boolean here = engine.applied().find(plan.stack()).isPresent();
            StackId origin = now.intent().promise().origin();
            boolean elsewhere = origin != null && engine.applied().find(origin).isPresent();
            if (origin != null && elsewhere && !here && !stateStandsElsewhere(now.intent())) {
                // Its state is in a backend, where folders have no names; what is known of it comes along now.
                engine.applied().move(transaction, origin, plan.stack());
            }
            boolean known = here || elsewhere;
            if (now.intent().promise().kind() == Intent.Kind.APPLY && known && plan.facts() != null) {
                Optional<Stack> stack = engine.catalogs()
                        .of(plan.stack().repository(), plan.order().tree())
                        .find(plan.stack());
                // It may have been planned on another pull request, which made the same of it.
                CommitSha commit = now.intent().promise().commit();
                engine.applied()
                        .applied(transaction, plan, commit, stack, plan.facts().basis(), null);
            }
        });
    }
}
