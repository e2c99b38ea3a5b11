package dev.plumbline.review;

import dev.plumbline.run.RunId;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stack that a change touches.
 *
 * @param kind what becomes of the stack
 * @param origin the folder whose state it takes over, where it was moved; else null
 * @param why the reason it is affected, one sentence
 * @param code the hash of its closure in the merge preview (for a destroy: in the base)
 * @param place its place in dependency order, from zero
 * @param reader whether it is affected only by what it reads of other stacks
 * @param run the run that plans it; null while none does
 */
public record ChangeStack(
        String folder,
        Intent.Kind kind,
        @Nullable String origin,
        String why,
        String code,
        int place,
        boolean reader,
        @Nullable RunId run) {

    ChangeStack at(int other) {
        return new ChangeStack(folder, kind, origin, why, code, other, reader, run);
    }

    /**
     * The same stack, with the state that an earlier promise was to take over and did not: its folder was moved then, and nothing of
     * that says so any more.
     *
     * @param last the newest promise to it; null where there is none
     * @param now in which the former folder is no stack
     */
    ChangeStack takingOver(@Nullable Intent last, StackCatalog now) {
        if (last == null || last.state().fulfilled() || origin != null || kind != Intent.Kind.APPLY) {
            return this;
        }
        StackId former = last.promise().origin();
        return former == null || now.find(former).isPresent()
                ? this
                : new ChangeStack(folder, kind, former.folder(), why, code, place, reader, run);
    }

    /**
     * Whether a movement brought what a change does, though perhaps not its commits. Where all of it was there before, it did not: a
     * change may touch stacks without changing their files.
     *
     * @param before empty where nothing is known of it
     * @param stacks those of the change
     */
    static boolean broughtIn(Optional<StackCatalog> before, StackCatalog now, List<ChangeStack> stacks) {
        return allIn(now, stacks) && before.filter(code -> allIn(code, stacks)).isEmpty();
    }

    /**
     * Whether code has exactly what a change gave to every stack that it touches, though perhaps not its commits.
     *
     * @param stacks those of the change
     */
    static boolean allIn(StackCatalog now, List<ChangeStack> stacks) {
        List<ChangeStack> own = stacks.stream().filter(stack -> !stack.reader()).toList();
        return !own.isEmpty() && own.stream().allMatch(stack -> stack.asIn(now));
    }

    /** Whether it is in some code what the change makes of it. */
    boolean asIn(StackCatalog tree) {
        Optional<String> there = tree.find(new StackId(tree.repository(), folder))
                .map(found -> found.closure().hash());
        return kind == Intent.Kind.DESTROY ? there.isEmpty() : there.equals(Optional.of(code));
    }
}
