package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which stacks are drawn: all, or those around one. */
final class StackGraph {
    private final Map<String, Views.Stack> stacks = new TreeMap<>();
    private final Map<String, Set<String>> readers = new HashMap<>();

    StackGraph(Collection<Views.Stack> all) {
        all.forEach(stack -> stacks.put(stack.id(), stack));
        all.forEach(stack -> stack.dependsOn().stream()
                .filter(stacks::containsKey)
                .forEach(upstream ->
                        readers.computeIfAbsent(upstream, id -> new TreeSet<>()).add(stack.id())));
    }

    int size() {
        return stacks.size();
    }

    boolean has(String id) {
        return stacks.containsKey(id);
    }

    List<Views.Stack> all() {
        return List.copyOf(stacks.values());
    }

    /** Stacks that read others or are read. */
    List<Views.Stack> connected() {
        return stacks.values().stream()
                .filter(stack -> readers.containsKey(stack.id())
                        || stack.dependsOn().stream().anyMatch(stacks::containsKey))
                .toList();
    }

    List<String> readersOf(String id) {
        return List.copyOf(readers.getOrDefault(id, Set.of()));
    }

    /** Those at most so many steps away from one, the nearest first, at most so many in all. */
    List<Views.Stack> around(String id, int steps, int most) {
        Map<String, Integer> distance = new LinkedHashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(id));
        distance.put(id, 0);
        while (!next.isEmpty() && distance.size() < most) {
            String here = next.remove();
            int away = distance.getOrDefault(here, 0) + 1;
            for (String neighbour : away > steps ? List.<String>of() : neighbours(here)) {
                if (distance.size() < most && distance.putIfAbsent(neighbour, away) == null) {
                    next.add(neighbour);
                }
            }
        }
        return distance.keySet().stream().sorted().map(stacks::get).toList();
    }

    private List<String> neighbours(String id) {
        List<String> all = new ArrayList<>(readersOf(id));
        Views.Stack stack = stacks.get(id);
        if (stack != null) {
            stack.dependsOn().stream().filter(stacks::containsKey).forEach(all::add);
        }
        return all;
    }
}
