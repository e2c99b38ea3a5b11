package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.policy.Verdict;
import dev.plumbline.run.GivenOutputs;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunId;
import dev.plumbline.stack.Released;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that decides over a change's next step, read at one moment.
 *
 * @param base the head of the default branch; empty while there is none
 * @param problems what keeps the repository's configuration from being read, each with file, line and column
 * @param blameless whether the base has all of these problems, too
 * @param unfinished its runs that are queued or live
 * @param held why nothing of it is planned now, though it could be
 * @param early whether the base asks that it be applied before it is merged
 * @param released which stacks it makes none any more
 * @param approvals how far it is with those that the base asks for; empty where it asks for none, or nobody counted yet
 */
record ChangeSnapshot(
        Change change,
        Optional<CommitSha> base,
        List<String> problems,
        boolean blameless,
        List<Standing> stacks,
        List<Run> unfinished,
        Optional<String> held,
        boolean early,
        Released released,
        Optional<ApprovalCount> approvals) {

    /** Where one of its stacks stands, with the reason in one sentence. */
    sealed interface Standing {
        ChangeStack stack();

        String reason();
    }

    /** A plan is missing, or rests on what has moved since. */
    record Unplanned(ChangeStack stack, String reason, GivenOutputs given) implements Standing {}

    /** It waits for another stack's plan, or for the default branch to be applied. */
    record Waiting(ChangeStack stack, String reason) implements Standing {}

    /** It reads an output that nobody knows before another stack is applied. */
    record Deferred(ChangeStack stack, String reason) implements Standing {}

    /** It would only be affected by what it reads of other stacks, and their plans leave that as it is. */
    record Unaffected(ChangeStack stack, String reason) implements Standing {}

    /** Its run is queued or live. */
    record Running(ChangeStack stack, Run run, String reason) implements Standing {}

    /**
     * Its plan is there, or could not be made.
     *
     * @param verdict of the base's policies over the plan
     */
    record Ended(ChangeStack stack, Run run, String reason, Verdict verdict) implements Standing {
        /** Before anybody judged it. */
        Ended(ChangeStack stack, Run run, String reason) {
            this(stack, run, reason, Verdict.NONE);
        }

        /** Whether a policy refuses it; the reason in one sentence. */
        Optional<String> refusal() {
            return verdict.refusal(stack.folder());
        }
    }

    <S extends Standing> List<S> all(Class<S> kind) {
        return stacks.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Whether head or base moved since the merge was previewed. */
    boolean previewDue() {
        Change.Preview preview = change.preview();
        return preview == null
                || !preview.head().equals(change.head())
                || !preview.base().equals(base.orElse(null));
    }

    boolean conflicts() {
        Change.Preview preview = change.preview();
        return preview != null && preview.tree() == null;
    }

    /** Why policies refuse what it would do, a sentence for each stack that they refuse. */
    List<String> refusals() {
        return all(Ended.class).stream()
                .flatMap(ended -> ended.refusal().stream())
                .toList();
    }

    /** The policies that judged any of its plans. */
    SortedSet<String> policies() {
        return all(Ended.class).stream()
                .flatMap(ended -> ended.verdict().policies().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether nothing of it will be planned before a person acts. */
    boolean stopped() {
        return held.isPresent() || !problems.isEmpty() || released.all();
    }

    /** Runs that plan what nobody asks for any more. */
    List<Run> obsolete() {
        Set<RunId> wanted = stacks.stream()
                .flatMap(standing -> Stream.ofNullable(standing.stack().run()))
                .collect(Collectors.toSet());
        return unfinished.stream().filter(run -> !wanted.contains(run.id())).toList();
    }
}
