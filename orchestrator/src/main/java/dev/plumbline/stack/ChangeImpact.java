package dev.plumbline.stack;

import dev.plumbline.stack.AffectedStack.Kind;
import dev.plumbline.stack.Stack.Input;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which stacks a change touches, and why. */
public final class ChangeImpact {
    private ChangeImpact() {}

    /**
     * Compares two trees of one repository by what each stack reads of them.
     *
     * @param after where it is not {@link StackCatalog#usable()} nothing can be said, and the list is empty: show its problems
     * @return sorted by stack; stacks with errors of their own are among them
     */
    public static List<AffectedStack> between(StackCatalog before, StackCatalog after) {
        if (before.treeId().equals(after.treeId()) || !after.usable()) {
            return List.of();
        }
        if (after.sameFrame(before)) {
            return changed(before, after);
        }
        List<Stack> appeared = missingIn(before, after);
        List<Stack> disappeared = missingIn(after, before);
        Moves moves = new Moves(before, after, appeared, disappeared);
        List<AffectedStack> affected = new ArrayList<>();
        after.stacks()
                .forEach((id, stack) -> before.find(id)
                        .map(old -> reasons(old, stack))
                        .filter(reasons -> !reasons.isEmpty())
                        .ifPresent(reasons -> affected.add(affected(id, Kind.CHANGED, Optional.empty(), reasons))));
        appeared.forEach(stack -> affected.add(moves.appearance(stack)));
        disappeared.stream()
                .filter(stack -> !moves.taken(stack.id()))
                .forEach(stack -> affected.add(
                        disappearance(stack, !after.holdsCode(stack.id().path()))));
        affected.sort(Comparator.comparing(AffectedStack::stack));
        return List.copyOf(affected);
    }

    /** Of two catalogs with the same stacks: those not touched are the very same objects. */
    private static List<AffectedStack> changed(StackCatalog before, StackCatalog after) {
        List<AffectedStack> changed = new ArrayList<>();
        Iterator<Stack> old = before.stacks().values().iterator();
        for (Stack stack : after.stacks().values()) {
            Stack was = old.next();
            if (was != stack) {
                List<String> reasons =
                        FileChanges.between(was.closure(), stack.closure()).reasons();
                if (!reasons.isEmpty()) {
                    changed.add(affected(stack.id(), Kind.CHANGED, Optional.empty(), reasons));
                }
            }
        }
        return List.copyOf(changed);
    }

    /** A repository's choice of a program stands in plumbline.yaml, which is no stack's file. */
    private static List<String> reasons(Stack before, Stack after) {
        List<String> files =
                FileChanges.between(before.closure(), after.closure()).reasons();
        if (!files.isEmpty()
                || before.config().terraform().equals(after.config().terraform())) {
            return files;
        }
        return List.of("terraform: " + chosen(before) + " became " + chosen(after) + " in plumbline.yaml");
    }

    private static String chosen(Stack stack) {
        return stack.config().terraform().map(Object::toString).orElse("the server's");
    }

    /**
     * Stacks that read outputs of the changed ones, directly or through others, without the changed ones themselves; each
     * is planned again when a value that it reads has really changed.
     */
    public static List<AffectedStack> downstreamOf(Collection<StackId> changed, StackCatalog catalog) {
        SortedMap<StackId, Set<String>> reasons = new TreeMap<>();
        Set<StackId> reached = new HashSet<>(changed);
        for (StackId id : catalog.graph().order()) {
            catalog.find(id).filter(stack -> !changed.contains(id)).ifPresent(stack -> {
                for (Input input : stack.inputs().values()) {
                    if (reached.contains(input.stack())) {
                        reached.add(id);
                        reasons.computeIfAbsent(id, unused -> new LinkedHashSet<>())
                                .add("reads " + input);
                    }
                }
            });
        }
        List<AffectedStack> affected = new ArrayList<>();
        reasons.forEach((id, why) -> affected.add(affected(id, Kind.CHANGED, Optional.empty(), List.copyOf(why))));
        return List.copyOf(affected);
    }

    private static AffectedStack disappearance(Stack stack, boolean folderGone) {
        return folderGone
                ? affected(stack.id(), Kind.REMOVED, Optional.empty(), List.of("stack folder removed"))
                : affected(
                        stack.id(),
                        Kind.RELEASED,
                        Optional.empty(),
                        List.of("no longer a stack, though its code is still there; its state is left alone"));
    }

    private static AffectedStack affected(StackId id, Kind kind, Optional<StackId> movedFrom, List<String> reasons) {
        return new AffectedStack(id, kind, movedFrom, reasons);
    }

    private static List<Stack> missingIn(StackCatalog missing, StackCatalog from) {
        return from.stacks().values().stream()
                .filter(stack -> missing.find(stack.id()).isEmpty())
                .collect(Collectors.toList());
    }
}
