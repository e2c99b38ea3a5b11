package dev.plumbline.review;

import dev.plumbline.config.Floor;
import dev.plumbline.config.RepositoryConfig;
import dev.plumbline.config.RepositoryConfig.ApplyWhen;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.run.RunEngine;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Applies changes before they are merged, where their base asks for that: by the same promises that a merge makes. */
public final class EarlyApply {
    private final Database database;
    private final Changes changes;
    private final Merges merges;
    private final Intents intents;
    private final IntentApprovals given;
    private final Pushers pushers;
    private final RunEngine engine;
    private final Advances advances;
    private final List<Floor> floors;

    EarlyApply(
            Database database,
            Changes changes,
            Merges merges,
            Intents intents,
            IntentApprovals given,
            Pushers pushers,
            RunEngine engine,
            Advances advances,
            List<Floor> floors) {
        this.database = database;
        this.changes = changes;
        this.merges = merges;
        this.intents = intents;
        this.given = given;
        this.pushers = pushers;
        this.engine = engine;
        this.advances = advances;
        this.floors = floors;
    }

    /** What the base of a change says of it; what the change itself says does not count. */
    public RepositoryConfig rules(Change change) {
        Mirror mirror = engine.catalogs().mirror(change.repository());
        return mirror.main()
                .map(main -> engine.catalogs()
                        .of(change.repository(), mirror.tree(main).id()))
                .map(StackCatalog::config)
                .orElse(RepositoryConfig.DEFAULT);
    }

    /** Whether a change is to be applied before it is merged. */
    public boolean fits(Change change) {
        return rules(change).apply() == ApplyWhen.BEFORE_MERGE;
    }

    /** Whether its branch has all that its base has. */
    public boolean upToDate(Change change) {
        Mirror mirror = engine.catalogs().mirror(change.repository());
        return mirror.main().map(main -> mirror.isAncestor(main, change.head())).orElse(true);
    }

    /** What is applied of a change at its present head, or was; none where nobody asked for it yet. */
    public List<Intent> of(Change change) {
        return intents.ofHead(change);
    }

    /** Whether a change touches no stack, so that there is nothing to do but to merge it. */
    public boolean nothingToApply(Change change) {
        return change.state() == ChangeState.NO_CHANGES
                && database.read(handle -> changes.stacks(handle, change.number()))
                        .isEmpty();
    }

    /** Why a change can't be applied as it was planned: not all of it could be, or a policy refuses it. */
    public Optional<String> unfit(Change change) {
        return change.state() == ChangeState.PLANNED || change.state() == ChangeState.NO_CHANGES
                ? Optional.empty()
                : Optional.of("it can't be applied: " + change.reason());
    }

    /**
     * Promises to apply a change as it was planned.
     *
     * @param approvers whose approvals of these plans count
     * @return why it can't be applied; empty where it will be
     */
    public Optional<String> apply(Change change, Collection<String> approvers, String actor) {
        Change.Preview preview = change.preview();
        Mirror mirror = engine.catalogs().mirror(change.repository());
        Optional<String> unfit = unfit(change);
        if (unfit.isPresent()) {
            return unfit;
        }
        if (preview == null || !Optional.of(preview.base()).equals(mirror.main())) {
            return Optional.of("main moved since it was planned: it is planned again now, look at that first");
        }
        return database.write(transaction -> {
            // Main may have moved while this waited for others to write.
            if (!changes.stands(transaction, change)
                    || !Optional.of(preview.base()).equals(mirror.main())) {
                return Optional.of("it moved on just now: look at it again first");
            }
            if (!intents.ofHead(change).isEmpty()) {
                // Asked for twice at once: once is enough.
                return Optional.empty();
            }
            List<ChangeStack> stacks = changes.stacks(transaction.handle(), change.number());
            Optional<String> obstacle = stacks.stream()
                    .flatMap(stack -> obstacle(transaction, change, stack).stream())
                    .findFirst();
            if (obstacle.isEmpty()) {
                promise(transaction, change, preview, stacks, approvers, actor);
            }
            return obstacle;
        });
    }

    /** What another change did to a stack, and main doesn't say yet, would be undone. */
    private Optional<String> obstacle(Transaction transaction, Change change, ChangeStack stack) {
        StackId id = new StackId(change.repository(), stack.folder());
        return intents.latest(transaction.handle(), id)
                .flatMap(intent -> Optional.ofNullable(intent.change())
                        .filter(other -> other != change.number())
                        .flatMap(other -> changes.find(transaction.handle(), other))
                        .filter(other -> other.state().open()
                                && other.head().equals(intent.promise().commit()))
                        .map(other -> stack.folder() + obstacle(other, intent.state())));
    }

    private static String obstacle(Change other, IntentState state) {
        String named = other.id() + " (" + other.title() + "), which is not merged yet: ";
        return state.fulfilled()
                ? " is applied from " + named + "merge that first"
                : " is " + state.word() + " from " + named + "see to that first, or close it";
    }

    private void promise(
            Transaction transaction,
            Change change,
            Change.Preview preview,
            List<ChangeStack> stacks,
            Collection<String> approvers,
            String actor) {
        RepositoryConfig rules = rules(change);
        int approvals = Floor.approvals(floors, change.repository(), rules.approvals());
        Mirror mirror = engine.catalogs().mirror(change.repository());
        Set<String> own = Floor.othersApprove(floors, change.repository(), rules)
                ? pushers.of(transaction.handle(), change, mirror)
                : Set.of();
        CommitSha head = change.head();
        long merge = merges.propose(transaction, change.repository(), preview.base(), head, actor);
        transaction.record(actor, "apply", change.id(), "before its merge, at " + head.abbreviated());
        String baseTree = mirror.tree(preview.base()).id();
        for (ChangeStack stack : stacks) {
            boolean destroy = stack.kind() == Intent.Kind.DESTROY;
            String origin = stack.origin();
            Intent.Promise promise = new Intent.Promise(
                    new StackId(change.repository(), stack.folder()),
                    merge,
                    head,
                    destroy ? baseTree : Objects.requireNonNull(preview.tree()),
                    stack.kind(),
                    origin == null ? null : new StackId(change.repository(), origin),
                    stack.why(),
                    stack.code(),
                    stack.reader(),
                    Intent.Rule.APPROVE,
                    approvals);
            intents.promise(transaction, promise, change.number(), stack.run()).ifPresent(intent -> {
                pushers.record(transaction, intent, own);
                engine.ledger()
                        .digest(stack.run())
                        .ifPresent(plan -> approvers.forEach(who -> given.approve(transaction, intent, plan, who)));
                advances.mark(transaction, Intent.subject(intent));
            });
        }
        advances.mark(transaction, change.subject());
    }
}
