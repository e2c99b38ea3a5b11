package dev.plumbline.stack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which stack needs which, and in what order they can be worked on. */
public final class StackGraph {
    private final SortedMap<StackId, SortedSet<StackId>> upstream = new TreeMap<>();
    private final SortedMap<StackId, SortedSet<StackId>> downstream = new TreeMap<>();
    private final List<List<StackId>> cycles;
    /** Stacks with the same number need each other; empty where none do. */
    private final Map<StackId, Integer> components;

    private volatile @Nullable List<StackId> known;

    /** @param needs each stack with those it needs; needed stacks that are no keys are left out */
    public StackGraph(Map<StackId, ? extends Collection<StackId>> needs) {
        SortedSet<StackId> none = Collections.unmodifiableSortedSet(new TreeSet<>());
        needs.keySet().forEach(id -> {
            upstream.put(id, none);
            downstream.put(id, none);
        });
        needs.forEach((id, needed) -> needed.stream().filter(needs::containsKey).forEach(other -> {
            arrow(upstream, id, other, none);
            arrow(downstream, other, id, none);
        }));
        if (upstream.values().stream().allMatch(SortedSet::isEmpty)) {
            this.cycles = List.of();
            this.components = Map.of();
        } else {
            CycleSearch search = new CycleSearch(upstream);
            this.cycles = search.cycles();
            this.components = cycles.isEmpty() ? Map.of() : search.components();
        }
    }

    /** Most stacks have no arrows, so those share one empty set. */
    private static void arrow(
            Map<StackId, SortedSet<StackId>> arrows, StackId from, StackId to, SortedSet<StackId> none) {
        arrows.compute(from, (id, known) -> known == null || known == none ? new TreeSet<>() : known)
                .add(to);
    }

    /** All stacks, each after those it needs; among those that could come next, the smallest id. */
    public List<StackId> order() {
        // Two threads that come at once both find the same.
        List<StackId> found = known;
        if (found == null) {
            found = inOrder();
            known = found;
        }
        return found;
    }

    private List<StackId> inOrder() {
        Map<StackId, Integer> waiting = new HashMap<>();
        PriorityQueue<StackId> ready = new PriorityQueue<>();
        upstream.forEach((id, needed) -> {
            int open = (int) needed.stream().filter(other -> apart(id, other)).count();
            waiting.put(id, open);
            if (open == 0) {
                ready.add(id);
            }
        });
        List<StackId> order = new ArrayList<>(upstream.size());
        while (!ready.isEmpty()) {
            StackId id = ready.remove();
            order.add(id);
            for (StackId next : of(downstream, id)) {
                if (apart(id, next) && waiting.merge(next, -1, Integer::sum) == 0) {
                    ready.add(next);
                }
            }
        }
        return Collections.unmodifiableList(order);
    }

    /** What a stack needs directly. */
    public SortedSet<StackId> needs(StackId id) {
        return Collections.unmodifiableSortedSet(upstream.getOrDefault(id, new TreeSet<>()));
    }

    /** Everything that these stacks need, directly or through others; without themselves. */
    public SortedSet<StackId> upstream(Collection<StackId> of) {
        return reach(of, upstream);
    }

    /** Everything that needs these stacks, directly or through others; without themselves. */
    public SortedSet<StackId> downstream(Collection<StackId> of) {
        return reach(of, downstream);
    }

    /**
     * Stacks that need each other, one shortest chain for each knot; each stack needs the next one, and the last the first.
     * In {@link #order} the arrows within such a knot don't count.
     */
    public List<List<StackId>> cycles() {
        return cycles;
    }

    private boolean apart(StackId a, StackId b) {
        return !components.getOrDefault(a, -1).equals(components.getOrDefault(b, -2));
    }

    private static SortedSet<StackId> reach(Collection<StackId> from, Map<StackId, SortedSet<StackId>> arrows) {
        SortedSet<StackId> reached = new TreeSet<>();
        Deque<StackId> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            for (StackId next : arrows.getOrDefault(open.remove(), new TreeSet<>())) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        reached.removeAll(from);
        return Collections.unmodifiableSortedSet(reached);
    }

    private static SortedSet<StackId> of(Map<StackId, SortedSet<StackId>> arrows, StackId id) {
        SortedSet<StackId> known = arrows.get(id);
        if (known == null) {
            throw new IllegalStateException("no stack " + id.qualified() + " in this graph");
        }
        return known;
    }
}
