package dev.plumbline.stack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds stacks that need each other: the strongly connected components, by Tarjan's algorithm, without recursion since
 * chains may be thousands long.
 */
final class CycleSearch {
    private final SortedMap<StackId, SortedSet<StackId>> needs;
    private final Map<StackId, Integer> component = new HashMap<>();
    private final Map<StackId, Integer> index = new HashMap<>();
    private final Map<StackId, Integer> low = new HashMap<>();
    private final Deque<StackId> open = new ArrayDeque<>();
    private int components;

    /** One stack whose needs are being walked through. */
    private record Visit(StackId id, Iterator<StackId> rest) {}

    CycleSearch(SortedMap<StackId, SortedSet<StackId>> needs) {
        this.needs = needs;
        needs.keySet().forEach(id -> {
            if (!index.containsKey(id)) {
                walk(id);
            }
        });
    }

    /** Stacks with the same number need each other. */
    Map<StackId, Integer> components() {
        return component;
    }

    List<List<StackId>> cycles() {
        SortedMap<Integer, SortedSet<StackId>> members = new TreeMap<>();
        component.forEach((id, number) ->
                members.computeIfAbsent(number, unused -> new TreeSet<>()).add(id));
        List<List<StackId>> cycles = new ArrayList<>();
        for (SortedSet<StackId> knot : members.values()) {
            StackId first = knot.first();
            if (knot.size() > 1 || needsOf(first).contains(first)) {
                cycles.add(chain(first, knot));
            }
        }
        cycles.sort((a, b) -> a.get(0).compareTo(b.get(0)));
        return cycles;
    }

    private void walk(StackId start) {
        Deque<Visit> visits = new ArrayDeque<>();
        visits.push(enter(start));
        while (!visits.isEmpty()) {
            Visit visit = visits.element();
            StackId id = visit.id();
            if (visit.rest().hasNext()) {
                StackId next = visit.rest().next();
                if (!index.containsKey(next)) {
                    visits.push(enter(next));
                } else if (!component.containsKey(next)) {
                    low.merge(id, number(index, next), Math::min);
                }
            } else {
                visits.pop();
                leave(id);
                Visit parent = visits.peek();
                if (parent != null) {
                    low.merge(parent.id(), number(low, id), Math::min);
                }
            }
        }
    }

    private Visit enter(StackId id) {
        int number = index.size();
        index.put(id, number);
        low.put(id, number);
        open.push(id);
        return new Visit(id, needsOf(id).iterator());
    }

    private void leave(StackId id) {
        if (number(low, id) == number(index, id)) {
            StackId member;
            do {
                member = open.pop();
                component.put(member, components);
            } while (!member.equals(id));
            components++;
        }
    }

    /** The shortest way from a stack back to itself within its knot, breadth first. */
    private List<StackId> chain(StackId start, SortedSet<StackId> knot) {
        Map<StackId, @Nullable StackId> cameFrom = new HashMap<>();
        Deque<StackId> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            StackId id = queue.remove();
            for (StackId next : needsOf(id)) {
                if (next.equals(start)) {
                    return path(start, id, cameFrom);
                }
                if (knot.contains(next) && !cameFrom.containsKey(next)) {
                    cameFrom.put(next, id);
                    queue.add(next);
                }
            }
        }
        throw new IllegalStateException("a knot without a way back to " + start);
    }

    private static List<StackId> path(StackId start, StackId end, Map<StackId, @Nullable StackId> cameFrom) {
        List<StackId> path = new ArrayList<>();
        for (StackId at = end; at != null && !at.equals(start); at = cameFrom.get(at)) {
            path.add(0, at);
        }
        path.add(0, start);
        return List.copyOf(path);
    }

    private SortedSet<StackId> needsOf(StackId id) {
        return needs.getOrDefault(id, new TreeSet<>());
    }

    private static int number(Map<StackId, Integer> map, StackId id) {
        return map.getOrDefault(id, -1);
    }
}
