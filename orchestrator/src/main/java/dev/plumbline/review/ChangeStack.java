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
     * @param code in which the former folder is no stack
     */
    ChangeStack takingOver(@Nullable Intent last, StackCatalog code) {
        StackId former = last == null ? null : last.promise().origin();
        boolean left = last != null
                && former != null
                && origin == null
                && kind == Intent.Kind.APPLY
                && !last.state().fulfilled()
                && code.find(former).isEmpty();
        return left && former != null
                ? new ChangeStack(folder, kind, former.folder(), why, this.code, place, reader, run)
                : this;
    }

    /**
     * Whether code has exactly what a change gave to every stack that it touches, though perhaps not its commits.
     *
     * @param stacks those of the change
     */
    static boolean allIn(StackCatalog now, String repository, List<ChangeStack> stacks) {
        List<ChangeStack> own = stacks.stream().filter(stack -> !stack.reader()).toList();
        return !own.isEmpty()
                && own.stream().allMatch(stack -> {
                    Optional<String> code = now.find(new StackId(repository, stack.folder()))
                            .map(found -> found.closure().hash());
                    return stack.kind() == Intent.Kind.DESTROY
                            ? code.isEmpty()
                            : code.equals(Optional.of(stack.code()));
                });
    }
}
