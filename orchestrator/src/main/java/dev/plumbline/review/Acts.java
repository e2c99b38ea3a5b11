package dev.plumbline.review;

import dev.plumbline.run.AppliedStacks;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunState;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What people ask of changes and intents: approve, retry, cancel. Each gives why it can't be done; empty where it was begun. */
public final class Acts {
    private final Database database;
    private final Advances advances;
    private final RunEngine engine;
    private final Changes changes;
    private final Intents intents;
    private final IntentApprovals approvals;
    private final Pushers pushers;
    private final Waiters waiters;
    private final Refusals refusals;

    Acts(
            Database database,
            Advances advances,
            RunEngine engine,
            Changes changes,
            Intents intents,
            IntentApprovals approvals,
            Pushers pushers,
            Waiters waiters,
            Refusals refusals) {
        this.refusals = refusals;
        this.database = database;
        this.advances = advances;
        this.engine = engine;
        this.changes = changes;
        this.intents = intents;
        this.approvals = approvals;
        this.pushers = pushers;
        this.waiters = waiters;
    }

    /**
     * Approves what an intent would apply, as it was shown. Whoever holds a token of this server for that stands above what a
     * pull request may still lack.
     */
    public Optional<String> approve(Intent intent, String actor) {
        return approve(intent, actor, false);
    }

    /** {@link #approve} by somebody on a forge: applied once {@link #counted} says that all approvals together suffice. */
    public Optional<String> vote(Intent intent, String actor) {
        return approve(intent, actor, true);
    }

    /**
     * The approvals of a pull request were counted.
     *
     * @param digest of the plan for which they were; empty where it had none yet
     * @param counted those whose approval counts for the plan as it was reviewed
     * @param missing why they don't suffice; empty where they do
     */
    public void counted(Intent intent, Optional<String> digest, Collection<String> counted, Optional<String> missing) {
        database.change(transaction -> {
            if (!stillStands(transaction, intent)) {
                count(transaction, intent);
                return;
            }
            engine.ledger()
                    .digest(intent.reviewed())
                    .ifPresent(
                            seen -> counted.forEach(actor -> approvals.approve(transaction, intent.id(), seen, actor)));
            intents.counted(transaction, intent.id(), digest.orElse(""), missing.orElse(null));
            advances.mark(transaction, intent.subject());
        });
    }

    /** It was merged without approvals that main asks for: the history says so also once they are given. */
    public void bypassed(Intent intent) {
        database.change(transaction -> intents.bypassed(transaction, intent.id()));
    }

    private Optional<String> approve(Intent intent, String actor, boolean vote) {
        if (intent.state() != IntentState.AWAITING_APPROVAL) {
            return Optional.of(intent.stack() + " awaits no approval: it is "
                    + intent.state().word() + ", " + intent.reason());
        }
        Run plan = intent.shownPlan().flatMap(engine.ledger()::find).orElseThrow();
        String digest = Objects.requireNonNull(plan.facts()).digest();
        Optional<String> refusal = refusals.of(intent, plan);
        return database.write(transaction -> {
            if (!stillStands(transaction, intent)) {
                return Optional.of(intent.stack() + " moved on just now; look again and approve what it shows then");
            }
            int wanted = intent.promise().approvals();
            if (pushers.pushed(transaction.handle(), intent, actor)) {
                return Optional.of(actor + " pushed part of what " + intent.stack()
                        + " would apply, and the rules ask for "
                        + (wanted <= 1 ? "the approval" : wanted + " approvals") + " of others"
                        + (wanted == 0 ? "" : " (approvals: " + wanted + ")")
                        + ": somebody else must approve, with a token of their own");
            }
            boolean before = approvals.approvers(transaction.handle(), intent.id(), digest).stream()
                    .anyMatch(other -> Pushers.person(other).equalsIgnoreCase(Pushers.person(actor)));
            boolean again = before || !approvals.approve(transaction, intent.id(), digest, actor);
            // Whoever approved it on its pull request may still say that it goes on in spite of a policy.
            if (again && refusal.isEmpty()) {
                return Optional.of(actor + " has approved " + plan.id() + " of " + intent.stack()
                        + " already; another person must");
            }
            refusal.ifPresent(why -> intents.allow(transaction, intent.id(), digest));
            transaction.record(
                    actor,
                    "approve",
                    intent.stack().qualified(),
                    plan.id() + " change " + digest.substring(0, 12)
                            + refusal.map(why -> ", though " + why).orElse(""));
            intents.move(transaction, intent.id(), IntentState.WAITING, plan.id() + " was approved by " + actor);
            if (vote) {
                intents.toCount(transaction, intent.id());
                count(transaction, intent);
            } else {
                intents.counted(transaction, intent.id(), digest, null);
            }
            advances.mark(transaction, intent.subject());
            return Optional.empty();
        });
    }

    /** Lets the approvals of its pull request be counted. */
    private void count(Transaction transaction, Intent intent) {
        Optional.ofNullable(intent.change()).ifPresent(change -> advances.mark(transaction, Change.ballot(change)));
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
        boolean newest = database.read(handle -> intents.latest(handle, intent.stack()))
                .map(latest -> latest.id() == intent.id())
                .orElse(false);
        if (!newest) {
            return Optional.of("a newer commit of " + intent.stack() + " came after it");
        }
        database.change(transaction -> {
            engine.applied().release(transaction, intent.stack());
            intents.reopen(transaction, intent.id(), "asked for again by " + actor);
            waiters.begun(transaction, intent);
            count(transaction, intent);
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
            replan(transaction, change, failed.isEmpty() ? all : failed, actor);
        });
        return Optional.empty();
    }

    /**
     * Plans stacks of a change again, whatever came of them.
     *
     * @param folders that it touches
     */
    public Optional<String> replan(Change change, Set<String> folders, String actor) {
        if (!change.state().open() || change.state() == ChangeState.CONFLICT) {
            return retry(change, actor);
        }
        database.change(transaction -> replan(
                transaction,
                change,
                changes.stacks(transaction.handle(), change.number()).stream()
                        .filter(stack -> folders.contains(stack.folder()))
                        .toList(),
                actor));
        return Optional.empty();
    }

    private void replan(Transaction transaction, Change change, List<ChangeStack> stacks, String actor) {
        stacks.forEach(stack -> changes.planning(transaction, change.number(), stack.folder(), null));
        changes.move(transaction, change.number(), ChangeState.PLANNING, "asked for again by " + actor);
        transaction.record(actor, "retry", change.id(), change.head().abbreviated());
        advances.mark(transaction, change.subject());
    }

    /** The runs by which a change should have been planned, and was not. */
    public List<Run> unplanned(Change change) {
        return database.read(handle -> changes.stacks(handle, change.number())).stream()
                .flatMap(stack -> Optional.ofNullable(stack.run()).stream())
                .flatMap(run -> engine.ledger().find(run).stream())
                .filter(Acts::failed)
                .toList();
    }

    private static boolean failed(Run run) {
        return run.state().ended() && run.facts() == null;
    }

    private boolean failed(ChangeStack stack) {
        return Optional.ofNullable(stack.run())
                .flatMap(engine.ledger()::find)
                .map(Acts::failed)
                .orElse(true);
    }

    /** Gives an intent up; what runs for it is stopped. */
    public Optional<String> cancel(Intent intent, String actor) {
        if (intent.state().ended()) {
            return Optional.of(intent.stack() + " is " + intent.state().word() + " already");
        }
        database.change(transaction -> {
            stop(transaction, intent, "cancelled by " + actor);
            transaction.record(actor, "cancel", intent.stack().qualified(), intent.reason());
        });
        return Optional.empty();
    }

    private void stop(Transaction transaction, Intent intent, String why) {
        List<Run> runs = engine.ledger().orderedBy(intent.subject()).stream()
                .filter(run -> !run.state().ended())
                .toList();
        runs.forEach(run -> engine.stop(transaction, run.id(), RunState.CANCELLED, why));
        if (runs.isEmpty()) {
            intents.move(transaction, intent.id(), IntentState.CANCELLED, why);
            waiters.wake(transaction, intent);
        }
        advances.mark(transaction, intent.subject());
    }

    /** Stops what was to be applied of a change before its merge; what is being applied by now goes on to its end. */
    void withdraw(Transaction transaction, Change change, String why) {
        intents.ofHead(change).stream()
                .filter(intent -> !intent.state().ended() && intent.apply() == null)
                .forEach(intent -> stop(transaction, intent, why));
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

    /** Stops what runs for a change. */
    public Optional<String> cancel(Change change, String actor) {
        return cancel(change, Set.of(), false, actor);
    }

    /**
     * Stops what runs for some stacks of a change.
     *
     * @param folders of the stacks that are meant
     * @param only whether it is meant for those only, else for all
     */
    public Optional<String> cancel(Change change, Set<String> folders, boolean only, String actor) {
        List<Run> runs = engine.ledger().orderedBy(change.subject()).stream()
                .filter(run -> !run.state().ended())
                .filter(run -> !only || folders.contains(run.stack().folder()))
                .toList();
        if (runs.isEmpty()) {
            return Optional.of(change.id() + " has nothing that runs");
        }
        runs.forEach(run -> cancel(run, actor));
        return Optional.empty();
    }

    /**
     * Lets a stack go on that is held back because its state needed a person. Nothing is planned or applied by that alone.
     *
     * @return why there is nothing to let go on; empty where it does
     */
    public Optional<String> unlock(StackId stack, String actor) {
        return database.write(transaction -> {
            boolean held = engine.applied()
                    .find(stack)
                    .map(AppliedStacks.Applied::quarantine)
                    .isPresent();
            if (!held) {
                return Optional.of(stack + " is not held back");
            }
            engine.applied().release(transaction, stack);
            transaction.record(actor, "unlock", stack.qualified(), "let go on");
            intents.latest(transaction.handle(), stack)
                    .ifPresent(latest -> advances.mark(transaction, latest.subject()));
            return Optional.empty();
        });
    }
}
