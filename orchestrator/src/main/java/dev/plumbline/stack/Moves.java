package dev.plumbline.stack;

import dev.plumbline.stack.AffectedStack.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells moved folders from new ones. {@code moved_from} decides; else a folder moved when its lines are mostly those of
 * one whose code is gone, more than of any other, and no other new folder claims that one equally.
 */
final class Moves {
    private static final double MOSTLY = 0.5;

    private final StackCatalog before;
    private final StackCatalog after;
    private final Map<StackId, StackId> origins = new HashMap<>();
    private final Map<StackId, List<StackId>> unclear = new HashMap<>();

    private record Pair(StackId from, StackId to, double likeness) {}

    Moves(StackCatalog before, StackCatalog after, List<Stack> appeared, List<Stack> disappeared) {
        this.before = before;
        this.after = after;
        List<Stack> left = new ArrayList<>(disappeared);
        List<Stack> arrived = new ArrayList<>();
        for (Stack stack : appeared) {
            Optional<Stack> named = named(stack)
                    .flatMap(folder -> left.stream()
                            .filter(old -> old.id().folder().equals(folder))
                            .findFirst());
            if (named.isPresent()) {
                origins.put(stack.id(), named.get().id());
                left.remove(named.get());
            } else {
                arrived.add(stack);
            }
        }
        left.removeIf(stack -> after.holdsCode(stack.id().path()));
        byLikeness(arrived, left);
    }

    /** The folder that a stack says of itself that it moved from. */
    static Optional<String> named(Stack stack) {
        return stack.config().movedFrom().map(folder -> folder.replaceFirst("/+$", ""));
    }

    boolean taken(StackId old) {
        return origins.containsValue(old);
    }

    AffectedStack appearance(Stack stack) {
        StackId from = origins.get(stack.id());
        if (from != null) {
            return new AffectedStack(stack.id(), Kind.MOVED, Optional.of(from), List.of("moved from " + from));
        }
        List<StackId> candidates = unclear.getOrDefault(stack.id(), List.of());
        String reason = candidates.isEmpty()
                ? "new stack"
                : "new stack, unless it moved from "
                        + candidates.stream().map(StackId::toString).collect(Collectors.joining(" or "))
                        + ": then say so with moved_from in its stack.yaml";
        return new AffectedStack(stack.id(), Kind.ADDED, Optional.empty(), List.of(reason));
    }

    private void byLikeness(List<Stack> arrived, List<Stack> left) {
        List<Pair> pairs = new ArrayList<>();
        for (Stack to : arrived) {
            for (Stack from : left) {
                double likeness = after.lines(to.id()).likeness(before.lines(from.id()));
                if (likeness >= MOSTLY) {
                    pairs.add(new Pair(from.id(), to.id(), likeness));
                }
            }
        }
        for (Pair pair : pairs) {
            boolean onlyBest = pairs.stream()
                    .filter(other -> other != pair)
                    .filter(other ->
                            other.from().equals(pair.from()) || other.to().equals(pair.to()))
                    .allMatch(other -> other.likeness() < pair.likeness());
            if (onlyBest) {
                origins.put(pair.to(), pair.from());
            }
        }
        for (Pair pair : pairs) {
            if (!origins.containsKey(pair.to()) && !taken(pair.from())) {
                unclear.computeIfAbsent(pair.to(), unused -> new ArrayList<>()).add(pair.from());
            }
        }
    }
}
