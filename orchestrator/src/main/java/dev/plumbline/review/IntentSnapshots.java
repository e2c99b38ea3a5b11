package dev.plumbline.review;

import dev.plumbline.review.IntentSnapshot.Upstream;
import dev.plumbline.run.AppliedStacks;
import dev.plumbline.run.Basis;
import dev.plumbline.run.GivenOutputs;
import dev.plumbline.run.Inputs;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunId;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Database;
import dev.plumbline.terraform.plan.ChangeDifference;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads all that decides over an intent's next step. */
final class IntentSnapshots {
    private final Database database;
    private final Intents intents;
    private final IntentApprovals approvals;
    private final Refusals refusals;
    private final RunEngine engine;

    IntentSnapshots(
            Database database, Intents intents, IntentApprovals approvals, Refusals refusals, RunEngine engine) {
        this.refusals = refusals;
        this.database = database;
        this.intents = intents;
        this.approvals = approvals;
        this.engine = engine;
    }

    IntentSnapshot of(Intent intent) {
        StackId id = intent.stack();
        StackCatalog catalog =
                engine.catalogs().of(id.repository(), intent.promise().tree());
        Optional<Stack> stack = catalog.find(id);
        Optional<Inputs> inputs = stack.map(found -> engine.inputs().resolve(found, GivenOutputs.NONE));
        Optional<Basis> basis = stack.flatMap(found ->
                inputs.filter(Inputs.Known.class::isInstance).map(known -> basis(intent, found, (Inputs.Known) known)));
        Optional<Run> reviewed = run(intent.reviewed());
        Optional<Run> plan = run(intent.plan());
        Optional<Run> shown = plan.or(() -> reviewed);
        return new IntentSnapshot(
                intent,
                newer(intent),
                upstream(intent, catalog),
                busyOrigin(intent),
                quarantine(id)
                        .or(() -> inputs.filter(Inputs.Missing.class::isInstance)
                                .map(missing -> ((Inputs.Missing) missing).sentence()))
                        .or(() -> stack.filter(found -> mayTakeAPlanOver(intent))
                                .flatMap(found -> engine.backendChange().refusal(found, placeOfState(intent)))),
                intent.promise().reader()
                        && basis.map(now -> asApplied(id, now)).orElse(false),
                basis,
                reviewed,
                plan,
                run(intent.apply()),
                difference(reviewed, plan),
                approvals(intent, shown),
                shown.filter(found -> !intent.state().ended() && intent.apply() == null)
                        .flatMap(found -> refusals.of(intent, found)),
                database.read(handle -> intents.held(handle, intent.id())),
                shown.map(Run::facts)
                        .filter(facts ->
                                database.read(handle -> intents.countedForAnother(handle, intent.id(), facts.digest())))
                        .isPresent());
    }

    private Optional<String> quarantine(StackId id) {
        return engine.applied()
                .find(id)
                .map(AppliedStacks.Applied::quarantine)
                .map(why -> why + "; once its state is right: plumbline retry " + id.typed());
    }

    private Optional<Run> run(@Nullable RunId id) {
        return Optional.ofNullable(id).flatMap(engine.ledger()::find);
    }

    private Basis basis(Intent intent, Stack stack, Inputs.Known inputs) {
        long state = engine.stateMarks().of(stack, stateOwner(intent));
        return new Basis(
                intent.promise().code(),
                state,
                inputs.digest(),
                engine.programs().nameFor(stack));
    }

    /** Where the folder was moved, its state stands under the old name until the first run takes it over. */
    private StackId stateOwner(Intent intent) {
        StackId origin = intent.promise().origin();
        return origin != null && engine.states().current(origin).isPresent() ? origin : intent.stack();
    }

    /** What is planned for the intent itself is asked by that run; not what a change planned, nor where a folder was moved. */
    private static boolean mayTakeAPlanOver(Intent intent) {
        boolean moved = intent.promise().origin() != null;
        return intent.promise().kind() == Intent.Kind.APPLY
                && intent.plan() == null
                && (moved || intent.reviewed() != null);
    }

    /** Like {@link #stateOwner}; a state in a backend has no folder, but what is known of it has. */
    private StackId placeOfState(Intent intent) {
        StackId origin = intent.promise().origin();
        boolean unknownHere = engine.applied().find(intent.stack()).isEmpty();
        return origin != null && unknownHere && engine.applied().find(origin).isPresent() ? origin : stateOwner(intent);
    }

    private boolean asApplied(StackId id, Basis now) {
        Optional<AppliedStacks.Applied> applied = engine.applied().find(id);
        return applied.isPresent()
                && now.inputs().equals(applied.get().inputs())
                && now.code().equals(applied.get().code());
    }

    /** A later promise for the same folder, or for the one that its state went to. */
    private Optional<String> newer(Intent intent) {
        return database.read(handle -> intents.latestOfState(handle, intent.stack()))
                .filter(latest -> latest.id() > intent.id())
                .map(latest -> latest.promise().commit().abbreviated());
    }

    /** A stack that is destroyed goes before what it reads, not after: then its readers, if any, must be gone first. */
    private Optional<Upstream> upstream(Intent intent, StackCatalog catalog) {
        Iterable<StackId> before = intent.promise().kind() == Intent.Kind.DESTROY
                ? catalog.graph().downstream(List.of(intent.stack()))
                : catalog.graph().upstream(List.of(intent.stack()));
        for (StackId other : before) {
            Optional<Intent> latest = database.read(handle -> intents.latest(handle, other));
            if (latest.isPresent() && holdsUp(intent, latest.get())) {
                return Optional.of(new Upstream(other.toString(), latest.get().state()));
            }
        }
        return Optional.empty();
    }

    private static boolean holdsUp(Intent intent, Intent other) {
        boolean destroying = intent.promise().kind() == Intent.Kind.DESTROY;
        boolean sameDirection = destroying == (other.promise().kind() == Intent.Kind.DESTROY);
        return sameDirection && !other.state().fulfilled() && other.state() != IntentState.SUPERSEDED;
    }

    private Optional<String> busyOrigin(Intent intent) {
        StackId origin = intent.promise().origin();
        if (origin == null || engine.states().current(origin).isEmpty()) {
            return Optional.empty();
        }
        boolean idle = database.read(handle -> engine.ledger().idle(handle, origin));
        return idle ? Optional.empty() : Optional.of(origin.toString());
    }

    private Optional<String> difference(Optional<Run> reviewed, Optional<Run> plan) {
        if (!differ(reviewed, plan)) {
            return Optional.empty();
        }
        return ChangeDifference.between(
                        engine.plans().model(reviewed.orElseThrow().id()),
                        engine.plans().model(plan.orElseThrow().id()))
                .map(ChangeDifference::sentence);
    }

    private static boolean differ(Optional<Run> reviewed, Optional<Run> plan) {
        Optional<String> seen = reviewed.map(Run::facts).map(PlanFacts::digest);
        Optional<String> now = plan.map(Run::facts).map(PlanFacts::digest);
        return seen.isPresent() && now.isPresent() && !seen.equals(now);
    }

    private int approvals(Intent intent, Optional<Run> plan) {
        return plan.map(Run::facts)
                .map(facts -> database.read(handle -> approvals.count(handle, intent.id(), facts.digest())))
                .orElse(0);
    }
}
