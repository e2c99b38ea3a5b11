package dev.plumbline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StackGraphTest {
    @Test
    void the_order_puts_needs_first_and_is_stable() {
        StackGraph graph = graph(Map.of("a", "c", "b", "", "c", "", "d", "a,b"));
        assertThat(graph.order()).extracting(StackId::folder).containsExactly("b", "c", "a", "d");
        assertThat(graph.needs(id("d"))).containsExactly(id("a"), id("b"));
        assertThat(graph.upstream(List.of(id("d")))).containsExactly(id("a"), id("b"), id("c"));
        assertThat(graph.downstream(List.of(id("c"), id("a")))).containsExactly(id("d"));
        assertThat(graph.cycles()).isEmpty();
    }

    @Test
    void each_knot_is_told_by_its_shortest_chain() {
        StackGraph graph = graph(Map.of("a", "b", "b", "c", "c", "a,b", "x", "x", "y", "a"));
        assertThat(graph.cycles().stream()
                        .map(cycle -> cycle.stream().map(StackId::folder).collect(Collectors.toList())))
                .containsExactly(List.of("a", "b", "c"), List.of("x"));
        assertThat(graph.order()).hasSize(5).endsWith(id("y"));
    }

    @Test
    void a_chain_of_ten_thousand_is_no_trouble() {
        Map<StackId, List<StackId>> needs = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            needs.put(id("s" + i), i == 0 ? List.of() : List.of(id("s" + (i - 1))));
        }
        assertThat(new StackGraph(needs).order())
                .hasSize(10_000)
                .startsWith(id("s0"))
                .endsWith(id("s9999"));
        needs.put(id("s0"), List.of(id("s9999")));
        assertThat(new StackGraph(needs).cycles().get(0)).hasSize(10_000);
    }

    @Test
    void in_random_graphs_every_stack_stands_behind_its_needs() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Map<StackId, List<StackId>> needs = new HashMap<>();
            List<StackId> made = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(40); i++) {
                StackId id = id("s" + random.nextInt(1_000_000));
                needs.put(
                        id,
                        made.stream().filter(other -> random.nextInt(5) == 0).collect(Collectors.toList()));
                made.add(id);
            }
            List<StackId> order = new StackGraph(needs).order();
            assertThat(order).as("seed " + seed).containsExactlyInAnyOrderElementsOf(needs.keySet());
            needs.forEach((id, needed) -> needed.stream()
                    .filter(other -> !other.equals(id))
                    .forEach(other -> assertThat(order.indexOf(other)).isLessThan(order.indexOf(id))));
        }
    }

    private static StackGraph graph(Map<String, String> needs) {
        Map<StackId, List<StackId>> byId = new HashMap<>();
        needs.forEach((name, needed) -> byId.put(
                id(name),
                Stream.of(needed.split(","))
                        .filter(each -> !each.isEmpty())
                        .map(StackGraphTest::id)
                        .collect(Collectors.toList())));
        return new StackGraph(byId);
    }

    private static StackId id(String folder) {
        return new StackId("main", folder);
    }
}
