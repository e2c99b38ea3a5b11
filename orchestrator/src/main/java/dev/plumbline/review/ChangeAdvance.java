package dev.plumbline.review;

import dev.plumbline.forge.Outbox;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.QueueEntry;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.MergePreview;
import dev.plumbline.git.Mirror;
import dev.plumbline.review.ChangeSnapshot.Unplanned;
import dev.plumbline.review.ChangeStep.PlanStacks;
import dev.plumbline.review.ChangeStep.PreviewMerge;
import dev.plumbline.review.ChangeStep.Report;
import dev.plumbline.review.ChangeStep.Rest;
import dev.plumbline.review.ChangeStep.Retire;
import dev.plumbline.review.ChangeStep.Supersede;
import dev.plumbline.run.Phase;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunState;
import dev.plumbline.stack.Released;
import dev.plumbline.stack.ShellWord;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackProblem;
import dev.plumbline.store.Advancer;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Feed;
import dev.plumbline.store.Transaction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Moves a change on: one step after the other until it has to wait. */
final class ChangeAdvance implements Advancer {
    /** Asks that all stacks be planned, whatever the pull request touches. */
    static final String PLAN_ALL = "plumbline:plan-all";

    private final Database database;
    private final Changes changes;
    private final Intents intents;
    private final ChangeSnapshots snapshots;
    private final ChangeDecider decider = new ChangeDecider();
    private final AffectedStacks affected;
    private final ChangeReport report;
    private final RunEngine engine;
    private final Feed feed;
    private final Outbox outbox;
    private final PullBook pulls;
    private final Advances advances;

    ChangeAdvance(
            Database database,
            Changes changes,
            Intents intents,
            ChangeSnapshots snapshots,
            AffectedStacks affected,
            ChangeReport report,
            RunEngine engine,
            Feed feed,
            Outbox outbox,
            PullBook pulls,
            Advances advances) {
        this.pulls = pulls;
        this.advances = advances;
        this.database = database;
        this.changes = changes;
        this.intents = intents;
        this.snapshots = snapshots;
        this.affected = affected;
        this.report = report;
        this.engine = engine;
        this.feed = feed;
        this.outbox = outbox;
    }

    @Override
    public void advance(long number) {
        boolean more = true;
        while (more) {
            ChangeSnapshot now = snapshots.of(changes.find(number).orElseThrow());
            more = take(decider.next(now), now);
        }
        feed.wake();
    }

    private boolean take(ChangeStep step, ChangeSnapshot now) {
        Change change = now.change();
        if (step instanceof Retire retire) {
            stop(
                    retire.unfinished(),
                    RunState.CANCELLED,
                    "the change is " + change.state().word());
            if (change.state() == ChangeState.CLOSED) {
                forgetPlans(change);
            }
            return false;
        }
        if (step instanceof PreviewMerge preview) {
            preview(change, preview);
            return true;
        }
        if (step instanceof Supersede supersede) {
            stop(supersede.obsolete(), RunState.SUPERSEDED, "newer commits came");
            return false;
        }
        if (step instanceof PlanStacks plan) {
            write(change, transaction -> plan.stacks().forEach(stack -> plan(transaction, change, stack)));
            return true;
        }
        if (step instanceof Report tell) {
            tell(now, tell);
            return true;
        }
        Rest rest = (Rest) step;
        write(change, transaction -> {
            changes.move(transaction, change.number(), rest.state(), rest.reason());
            if (!rest.reason().equals(change.reason())) {
                outbox.tellProgress(transaction, change.repository(), change.head(), change.subject());
            }
            if (rest.state() == ChangeState.WAITING && change.state() != ChangeState.WAITING) {
                feed.say(transaction, change.subject(), change.id() + ": " + rest.reason());
            }
        });
        return false;
    }

    /** Nobody applies them any more, except where main got the same code another way while this one was open. */
    private void forgetPlans(Change change) {
        Set<RunId> used = intents.plans(change.repository());
        engine.ledger().orderedBy(change.subject()).stream()
                .map(Run::id)
                .filter(run -> !used.contains(run))
                .forEach(engine.plans()::forgetFile);
    }

    /** Its branch may have been pushed, merged or deleted since it was read; then it was marked, and is decided on anew. */
    private void write(Change read, Consumer<Transaction> step) {
        database.change(transaction -> {
            if (changes.stands(transaction, read)) {
                step.accept(transaction);
            }
        });
    }

    private void stop(List<Run> runs, RunState end, String reason) {
        database.change(transaction -> runs.forEach(run -> engine.stop(transaction, run.id(), end, reason)));
    }

    private void preview(Change change, PreviewMerge step) {
        Mirror mirror = engine.catalogs().mirror(change.repository());
        MergePreview merge = mirror.previewMerge(step.base(), step.head());
        Change.Preview old = change.preview();
        if (old != null && !(old.base().equals(step.base()) && old.head().equals(step.head()))) {
            mirror.releasePreview(old.base(), old.head());
        }
        if (merge instanceof MergePreview.Merged merged) {
            merged(change, step, mirror, merged.treeId());
        } else {
            refuse(change, step, merge);
        }
    }

    private void merged(Change change, PreviewMerge step, Mirror mirror, String treeId) {
        String repository = change.repository();
        StackCatalog before =
                engine.catalogs().of(repository, mirror.tree(step.base()).id());
        StackCatalog after = engine.catalogs().of(repository, treeId);
        List<ChangeStack> known = database.read(handle -> changes.stacks(handle, change.number()));
        boolean all = pulls.ofChange(change.number())
                .filter(entry -> entry.pull().labels().contains(PLAN_ALL))
                .isPresent();
        List<ChangeStack> touched = all
                ? affected.all(before, after, "the label " + PLAN_ALL + " asks for it")
                : affected.between(before, after);
        List<ChangeStack> stacks = database.read(handle -> touched.stream()
                .map(stack -> stack.takingOver(
                        intents.latest(handle, new StackId(repository, stack.folder()))
                                .orElse(null),
                        after))
                .map(stack -> keepingRun(stack, known))
                .toList());
        Released released = Released.between(before, after);
        Change.Preview preview = new Change.Preview(step.head(), step.base(), treeId);
        write(change, transaction -> {
            changes.previewed(transaction, change.number(), preview, stacks);
            changes.move(transaction, change.number(), ChangeState.PLANNING, "planning");
            outbox.tellProgress(transaction, repository, step.head(), change.subject());
            feed.say(transaction, change.subject(), ChangeReport.opening(change, stacks, errors(after), released));
        });
    }

    /** All of them at once, those of single stacks too: nobody wants to find them one after the other. */
    private static List<String> errors(StackCatalog catalog) {
        return catalog.usable()
                ? List.of()
                : catalog.problems().stream()
                        .filter(StackProblem::error)
                        .map(StackProblem::toString)
                        .toList();
    }

    /** A plan of the same code is kept, though head or base moved; whether it still holds is looked at anew. */
    private static ChangeStack keepingRun(ChangeStack stack, List<ChangeStack> known) {
        Optional<RunId> run = known.stream()
                .filter(former -> former.folder().equals(stack.folder())
                        && former.code().equals(stack.code())
                        && former.kind() == stack.kind())
                .map(ChangeStack::run)
                .filter(Objects::nonNull)
                .findFirst();
        return run.isEmpty()
                ? stack
                : new ChangeStack(
                        stack.folder(),
                        stack.kind(),
                        stack.origin(),
                        stack.why(),
                        stack.code(),
                        stack.place(),
                        stack.reader(),
                        run.get());
    }

    private void refuse(Change change, PreviewMerge step, MergePreview merge) {
        String reason = merge instanceof MergePreview.Conflict conflict
                ? "it conflicts with main: "
                        + conflict.files().stream()
                                .map(file -> file.path() + " (" + file.what() + ")")
                                .collect(Collectors.joining(", "))
                : "it shares no commit with main, so it can't be merged";
        write(change, transaction -> {
            changes.previewed(
                    transaction, change.number(), new Change.Preview(step.head(), step.base(), null), List.of());
            changes.move(transaction, change.number(), ChangeState.CONFLICT, reason);
            outbox.tell(transaction, change.repository(), change.head(), change.subject());
            feed.say(
                    transaction,
                    change.subject(),
                    reason + "\n"
                            + (merge instanceof MergePreview.Conflict
                                    ? "merge main into " + ShellWord.of(change.branch()) + ", mend it, and push again"
                                    : "begin a branch at main, bring the work there (git cherry-pick), and push that"));
        });
    }

    private void plan(Transaction transaction, Change change, Unplanned unplanned) {
        ChangeStack stack = unplanned.stack();
        Change.Preview preview = Objects.requireNonNull(change.preview(), "a planned change has a preview");
        boolean destroy = stack.kind() == Intent.Kind.DESTROY;
        StackId id = new StackId(change.repository(), stack.folder());
        String origin = stack.origin();
        Run.Order order = new Run.Order(
                id,
                Phase.PLAN,
                destroy,
                origin == null ? null : new StackId(change.repository(), origin),
                destroy ? preview.base() : preview.head(),
                destroy ? treeOf(change, preview.base()) : Objects.requireNonNull(preview.tree()),
                change.subject(),
                null,
                unplanned.given());
        RunId run = engine.ledger().enqueue(transaction, order);
        changes.planning(transaction, change.number(), stack.folder(), run);
        if (stack.run() != null) {
            feed.say(transaction, change.subject(), stack.folder() + ": planned again: " + unplanned.reason());
        }
    }

    private String treeOf(Change change, CommitSha commit) {
        return engine.catalogs().mirror(change.repository()).tree(commit).id();
    }

    private void tell(ChangeSnapshot now, Report step) {
        String text = report.text(now, step.reason());
        String plans = ChangeReport.plansShown(now);
        // Looked at again because main moved, and nothing about it changed: its author has read this.
        boolean news = step.state() != now.change().state()
                || !plans.equals(now.change().reported());
        write(now.change(), transaction -> {
            changes.move(transaction, now.change().number(), step.state(), step.reason());
            changes.reported(transaction, now.change().number(), plans, PlansDigest.of(now));
            judgeQueue(transaction, now.change());
            advances.mark(transaction, now.change().ballot());
            if (news) {
                outbox.tell(
                        transaction,
                        now.change().repository(),
                        now.change().head(),
                        now.change().subject());
                feed.say(transaction, now.change().subject(), text);
            }
        });
    }

    /** Entries of a merge queue are compared with what stands on their pull requests, so they are judged anew. */
    private void judgeQueue(Transaction transaction, Change reported) {
        changes.open(transaction.handle(), reported.repository()).stream()
                .filter(entry -> entry.number() != reported.number()
                        && QueueEntry.of(entry.branch()).isPresent())
                .forEach(entry -> outbox.tell(transaction, entry.repository(), entry.head(), entry.subject()));
    }
}
