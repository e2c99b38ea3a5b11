package dev.plumbline.run;

import dev.plumbline.git.CommitSha;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Subject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One phase for one stack at one commit, as the ledger has it.
 *
 * @param order what was asked for
 * @param token the fencing token that it holds or held its lane with; null while it was never admitted
 * @param cancelled who or what wants it stopped; null while nobody does
 * @param facts null until it has planned; for an apply those of its plan
 * @param handedOver whether its plan file was given to Terraform, which happens at most once
 */
public record Run(
        RunId id,
        Order order,
        RunState state,
        String reason,
        @Nullable FencingToken token,
        @Nullable String cancelled,
        @Nullable PlanFacts facts,
        boolean handedOver,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /**
     * What is to be run.
     *
     * @param destroy whether all of the stack goes
     * @param origin the stack whose managed state it starts from, where the folder was moved; else null
     * @param tree the object id of the tree with the code, which for a change is no commit's
     * @param forWhom the change, intent or merge that is told of its end
     * @param plan for an apply: the run whose plan file is applied
     * @param given outputs that upstream stacks will have, by the runs that plan them
     */
    public record Order(
            StackId stack,
            Phase phase,
            boolean destroy,
            @Nullable StackId origin,
            CommitSha commit,
            String tree,
            Subject forWhom,
            @Nullable RunId plan,
            GivenOutputs given) {}

    /** Begins the reason of an apply that Terraform itself refused, because the state moved after the plan. */
    static final String STALE = "the saved plan is stale";

    /** Whether it failed because its plan no longer fits the state, so that nothing was changed and planning again helps. */
    public boolean planWasStale() {
        return state == RunState.FAILED && reason.startsWith(STALE);
    }

    /** How somebody wants it to end, and why. */
    record Wish(RunState end, String reason) {}

    /** What {@link #cancelled} says; empty where nobody wants it to end. */
    Optional<Wish> wish() {
        return Optional.ofNullable(cancelled).map(text -> {
            int space = text.indexOf(' ');
            return new Wish(RunState.of(text.substring(0, space)), text.substring(space + 1));
        });
    }

    /** The stack whose lane it needs. */
    public StackId stack() {
        return order.stack();
    }

    /** The stack whose managed state it works on. */
    public StackId stateOf() {
        StackId origin = order.origin();
        return origin == null ? order.stack() : origin;
    }

    /** The subject that advances it. */
    public Subject subject() {
        return subject(id);
    }

    /** The subject that advances a run. */
    public static Subject subject(RunId id) {
        return new Subject("run", id.number());
    }
}
