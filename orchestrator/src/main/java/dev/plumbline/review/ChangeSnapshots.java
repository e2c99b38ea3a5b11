package dev.plumbline.review;

import dev.plumbline.config.RepositoryConfig;
import dev.plumbline.config.RepositoryConfig.ApplyWhen;
import dev.plumbline.forge.PullBook;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.SourceTree;
import dev.plumbline.policy.Policies;
import dev.plumbline.review.ChangeSnapshot.Deferred;
import dev.plumbline.review.ChangeSnapshot.Ended;
import dev.plumbline.review.ChangeSnapshot.Running;
import dev.plumbline.review.ChangeSnapshot.Standing;
import dev.plumbline.review.ChangeSnapshot.Unaffected;
import dev.plumbline.review.ChangeSnapshot.Unplanned;
import dev.plumbline.review.ChangeSnapshot.Waiting;
import dev.plumbline.run.AppliedStacks;
import dev.plumbline.run.Basis;
import dev.plumbline.run.GivenOutputs;
import dev.plumbline.run.Inputs;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunState;
import dev.plumbline.stack.Released;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackProblem;
import dev.plumbline.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads all that decides over a change's next step. */
final class ChangeSnapshots {
    private final Database database;
    private final Changes changes;
    private final Intents intents;
    private final PullBook pulls;
    private final RunEngine engine;
    private final PlanVerdicts verdicts;
    private final ChangeApprovals approvals;

    ChangeSnapshots(
            Database database,
            Changes changes,
            Intents intents,
            PullBook pulls,
            RunEngine engine,
            PlanVerdicts verdicts,
            ChangeApprovals approvals) {
        this.verdicts = verdicts;
        this.approvals = approvals;
        this.database = database;
        this.changes = changes;
        this.intents = intents;
        this.pulls = pulls;
        this.engine = engine;
    }

    ChangeSnapshot of(Change change) {
        Mirror mirror = engine.catalogs().mirror(change.repository());
        Optional<CommitSha> main = mirror.main();
        List<Run> runs = engine.ledger().orderedBy(change.subject());
        List<Run> unfinished = runs.stream().filter(run -> !run.state().ended()).toList();
        Change.Preview preview = change.preview();
        if (preview == null || preview.tree() == null || !change.state().open()) {
            return new ChangeSnapshot(
                    change,
                    main,
                    List.of(),
                    false,
                    List.of(),
                    unfinished,
                    Optional.empty(),
                    false,
                    Released.NONE,
                    Optional.empty());
        }
        StackCatalog after = engine.catalogs().of(change.repository(), preview.tree());
        List<String> problems = problems(after, mirror.treeById(preview.tree()));
        SourceTree base = mirror.tree(preview.base());
        StackCatalog before = engine.catalogs().of(change.repository(), base.id());
        Policies policies = verdicts.in(base);
        return new ChangeSnapshot(
                change,
                main,
                problems,
                !problems.isEmpty() && problems(before, base).containsAll(problems),
                standings(change, before, after, runs).stream()
                        .map(standing -> judged(standing, policies))
                        .toList(),
                unfinished,
                held(change, before.config()),
                before.config().apply() == ApplyWhen.BEFORE_MERGE,
                Released.between(before, after),
                approvals.count(change));
    }

    private List<String> problems(StackCatalog catalog, SourceTree tree) {
        return Stream.concat(
                        catalog.problems().stream()
                                .filter(problem ->
                                        problem.error() && problem.stack().isEmpty())
                                .map(StackProblem::toString),
                        verdicts.problems(tree).stream())
                .toList();
    }

    private Standing judged(Standing standing, Policies policies) {
        return standing instanceof Ended ended
                ? new Ended(ended.stack(), ended.run(), ended.reason(), verdicts.of(ended.run(), policies))
                : standing;
    }

    private Optional<String> held(Change change, RepositoryConfig rules) {
        return pulls.ofChange(change.number()).flatMap(entry -> HeldBack.of(entry.pull(), rules));
    }

    /** What is known of all its stacks, each kind asked for once: a change may touch hundreds. */
    private record Known(Map<RunId, Run> runs, Map<StackId, Intent> onMain, Map<StackId, Long> states) {}

    private Known known(Change change, List<ChangeStack> rows, List<Run> runs) {
        Map<RunId, Run> byId = new HashMap<>();
        runs.forEach(run -> byId.put(run.id(), run));
        Map<StackId, Intent> onMain = new HashMap<>();
        database.read(handle -> intents.latestOfChange(handle, change.repository(), change.number()))
                .forEach(intent -> onMain.put(intent.stack(), intent));
        List<String> owners =
                rows.stream().map(row -> owner(row, change).folder()).distinct().toList();
        return new Known(byId, onMain, engine.states().currentNumbers(change.repository(), owners));
    }

    private static StackId owner(ChangeStack row, Change change) {
        String origin = row.origin();
        return new StackId(change.repository(), origin == null ? row.folder() : origin);
    }

    private List<Standing> standings(Change change, StackCatalog before, StackCatalog after, List<Run> runs) {
        List<ChangeStack> rows = database.read(handle -> changes.stacks(handle, change.number()));
        Known known = known(change, rows, runs);
        Map<StackId, Standing> byStack = new LinkedHashMap<>();
        for (ChangeStack row : rows) {
            StackId id = new StackId(change.repository(), row.folder());
            StackCatalog catalog = row.kind() == Intent.Kind.DESTROY ? before : after;
            byStack.put(id, standing(change, row, id, catalog.find(id), byStack, known, owner(row, change)));
        }
        return new ArrayList<>(byStack.values());
    }

    /** Whether an intent is of the change itself, which is applied before it is merged. */
    private static boolean appliesEarly(Intent intent, Change change) {
        return Long.valueOf(change.number()).equals(intent.change())
                && intent.promise().commit().equals(change.head());
    }

    private Standing standing(
            Change change,
            ChangeStack row,
            StackId id,
            Optional<Stack> stack,
            Map<StackId, Standing> upstreams,
            Known known,
            StackId owner) {
        Optional<Run> run = Optional.ofNullable(row.run()).map(known.runs()::get);
        if (run.isPresent() && !run.get().state().ended()) {
            return new Running(
                    row, run.get(), run.get().id() + " is " + run.get().state().word());
        }
        Intent onMain = known.onMain().get(id);
        if (onMain != null && appliesEarly(onMain, change) && run.isPresent()) {
            // What it is applied by: what that does to the stack is no reason to plan it again.
            return new Ended(row, run.get(), run.get().reason());
        }
        if (onMain != null && !onMain.state().settled()) {
            return new Waiting(row, row.folder() + " is being applied from main first");
        }
        if (stack.isEmpty()) {
            return run.isPresent()
                    ? new Ended(row, run.get(), run.get().reason())
                    : new Unplanned(row, row.why(), GivenOutputs.NONE);
        }
        Map<StackId, RunId> given = new LinkedHashMap<>();
        for (Stack.Input input : stack.get().inputs().values()) {
            Standing upstream = upstreams.get(input.stack());
            if (upstream instanceof Running || upstream instanceof Unplanned || upstream instanceof Waiting) {
                return new Waiting(row, row.folder() + " is planned after " + input.stack());
            }
            if (upstream instanceof Deferred || upstream instanceof Ended ended && failed(ended.run())) {
                return new Deferred(row, "planned after " + input.stack() + " is applied, since it reads " + input);
            }
            if (upstream instanceof Ended ended) {
                given.put(input.stack(), ended.run().id());
            }
        }
        long state = stack.get().managedState()
                ? known.states().getOrDefault(owner, 0L)
                : engine.stateMarks().of(stack.get(), owner);
        return standing(row, id, stack.get(), run, new GivenOutputs(given), state);
    }

    private Standing standing(
            ChangeStack row, StackId id, Stack stack, Optional<Run> run, GivenOutputs given, long state) {
        Inputs inputs = engine.inputs().resolve(stack, given);
        if (inputs instanceof Inputs.Missing missing) {
            return new Deferred(row, missing.sentence());
        }
        String digest = ((Inputs.Known) inputs).digest();
        if (row.reader() && readsWhatIsApplied(id, digest)) {
            return new Unaffected(row, "what it reads stays as it is");
        }
        if (run.isEmpty() || run.get().state() == RunState.SUPERSEDED) {
            return new Unplanned(row, row.why(), given);
        }
        PlanFacts facts = run.get().facts();
        if (facts == null) {
            return new Ended(row, run.get(), run.get().reason());
        }
        String moved = new Basis(row.code(), state, digest, engine.programs().nameFor(stack)).movedSince(facts.basis());
        return moved.isEmpty()
                ? new Ended(row, run.get(), run.get().reason())
                : new Unplanned(row, moved + " since " + run.get().id() + " planned it", given);
    }

    private boolean readsWhatIsApplied(StackId id, String digest) {
        return engine.applied()
                .find(id)
                .map(AppliedStacks.Applied::inputs)
                .map(digest::equals)
                .orElse(false);
    }

    private static boolean failed(Run run) {
        return run.state() != RunState.PLANNED && run.state() != RunState.NO_CHANGES;
    }
}
