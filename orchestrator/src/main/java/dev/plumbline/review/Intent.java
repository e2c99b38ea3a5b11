package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.run.RunId;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Subject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The promise to apply one stack at one merge commit. There is one for each such pair.
 *
 * @param state where it stands
 * @param change the number of the change that was merged; null for a direct push
 * @param reviewed the run whose plan was seen before the merge; null where none was
 * @param plan the run that planned it after the merge; null where the reviewed plan serves
 * @param apply the run that applies it; null while none does
 * @param lost an apply whose outcome is unknown; from then on a person must approve
 */
public record Intent(
        long id,
        Promise promise,
        IntentState state,
        String reason,
        @Nullable Long change,
        @Nullable RunId reviewed,
        @Nullable RunId plan,
        @Nullable RunId apply,
        @Nullable RunId lost,
        Instant at,
        @Nullable Instant endedAt) {
    /** The kind of subject that an intent is. */
    static final String SUBJECT = "intent";

    /**
     * What was promised, and by which rule; it never changes.
     *
     * @param merge the movement of the default branch that asks for it
     * @param tree the object id of the tree with the code: for a destroy the one before the merge
     * @param origin the stack whose state it takes over, where the folder was moved
     * @param code the hash of the stack's closure in that tree
     * @param reader whether it is promised only because of what it reads of other stacks
     * @param approvals how many people must approve beyond the merge itself
     */
    public record Promise(
            StackId stack,
            long merge,
            CommitSha commit,
            String tree,
            Kind kind,
            @Nullable StackId origin,
            String why,
            String code,
            boolean reader,
            Rule rule,
            int approvals) {}

    /** What becomes of the stack. */
    public enum Kind {
        APPLY,
        DESTROY
    }

    /** When a plan may be applied that nobody saw before the merge. */
    public enum Rule {
        /** A person must approve it. */
        APPROVE,
        /** At once. */
        APPLY,
        /** At once where it destroys and replaces nothing. */
        APPLY_UNLESS_DESTROYS,
        /** A person must approve it, also where it was seen: main's history was rewritten. */
        REWRITTEN
    }

    /** The stack it is about. */
    public StackId stack() {
        return promise.stack();
    }

    /** The run whose plan it would apply; empty while it has none. */
    Optional<RunId> shownPlan() {
        return Optional.ofNullable(plan == null ? reviewed : plan);
    }

    /** The reason without what can be typed at a terminal, for whoever reads it on a forge and can comment there. */
    public String why() {
        return shownPlan()
                .map(this::commands)
                .filter(reason::endsWith)
                .map(commands -> reason.substring(0, reason.length() - commands.length()))
                .orElse(reason);
    }

    /** How a reason ends while a plan awaits approval. */
    String commands(RunId plan) {
        return "; " + plan + " awaits approval: plumbline logs " + plan + " shows it, plumbline approve "
                + stack().typed() + " applies it";
    }

    /** The subject that advances it. */
    public Subject subject() {
        return subject(id);
    }

    /** The subject that advances an intent. */
    public static Subject subject(long id) {
        return new Subject(SUBJECT, id);
    }
}
