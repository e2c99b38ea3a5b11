package dev.plumbline.stack;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stacks that a change makes none any more, though their code is still there. Nothing is planned, applied or watched of them from then
 * on, and nothing is destroyed either.
 *
 * @param leftOut by the globs of plumbline.yaml, sorted
 * @param called as modules by other stacks, without a stack.yaml or a backend block that would keep them stacks; sorted
 * @param warnings of plumbline.yaml that the change brings, each with file, line and column
 * @param all whether there are such, and no other stack is left
 */
public record Released(List<StackId> leftOut, List<StackId> called, List<String> warnings, boolean all) {
    /** Of a change that leaves all stacks what they are. */
    public static final Released NONE = new Released(List.of(), List.of(), List.of(), false);

    public Released {
        leftOut = List.copyOf(leftOut);
        called = List.copyOf(called);
        warnings = List.copyOf(warnings);
    }

    /**
     * Compares two trees of one repository.
     *
     * @param after where it is not {@link StackCatalog#usable()} nothing can be said
     */
    public static Released between(StackCatalog before, StackCatalog after) {
        if (after.sameFrame(before) || !after.usable()) {
            return NONE;
        }
        List<StackId> gone = before.stacks().keySet().stream()
                .filter(id -> after.find(id).isEmpty() && after.holdsCode(id.path()))
                .toList();
        Set<String> moved = gone.isEmpty() ? Set.of() : origins(before, after);
        List<StackId> released =
                gone.stream().filter(id -> !moved.contains(id.folder())).toList();
        Set<String> known = new HashSet<>(warnings(before));
        return new Released(
                released.stream().filter(id -> !after.names(id)).toList(),
                released.stream().filter(after::names).toList(),
                warnings(after).stream().filter(text -> !known.contains(text)).toList(),
                !released.isEmpty() && after.stacks().isEmpty());
    }

    /** Folders of which new stacks take the state on. */
    private static Set<String> origins(StackCatalog before, StackCatalog after) {
        Set<String> origins = new HashSet<>();
        after.stacks().values().stream()
                .filter(stack -> before.find(stack.id()).isEmpty())
                .flatMap(stack -> Moves.named(stack).stream())
                .forEach(origins::add);
        return origins;
    }

    private static List<String> warnings(StackCatalog catalog) {
        return catalog.problems().stream()
                .filter(problem -> !problem.error())
                .filter(problem -> problem.at().file().equals(CatalogBuilder.REPOSITORY_FILE))
                .map(problem -> problem.at().toString())
                .toList();
    }

    /** How many there are. */
    public int count() {
        return leftOut.size() + called.size();
    }

    /** The one that there is; empty where there is none, or more than one. */
    public Optional<StackId> only() {
        return count() != 1 ? Optional.empty() : Optional.of(leftOut.isEmpty() ? called.get(0) : leftOut.get(0));
    }
}
