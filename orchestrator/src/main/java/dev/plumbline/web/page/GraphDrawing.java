package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A drawing of stacks in columns: each one right of all that it depends on. In a column they stand near what they are joined
 * to: ordered by the middle of their neighbours, a few times to and fro (the barycentre method of Sugiyama et al., 1981).
 */
public record GraphDrawing(List<Box> boxes, List<Edge> edges, int width, int height) {
    static final int BOX_WIDTH = 190;
    static final int BOX_HEIGHT = 38;
    private static final int COLUMN = 260;
    private static final int ROW = 54;
    private static final int MARGIN = 12;
    private static final int SWEEPS = 6;
    private static final int LONGEST_LABEL = 26;

    /** A stack, with its upper left corner. */
    public record Box(Views.Stack stack, int x, int y) {
        /** Its id, with the middle left out where it is too long. */
        public String label() {
            String id = stack.id();
            int half = LONGEST_LABEL / 2;
            return id.length() <= LONGEST_LABEL
                    ? id
                    : id.substring(0, half - 4) + "…" + id.substring(id.length() - half - 3);
        }
    }

    /** @param path as SVG writes it, from what is depended on to what depends on it */
    public record Edge(String from, String to, String path) {}

    static GraphDrawing of(Collection<Views.Stack> stacks) {
        Map<String, Views.Stack> drawn = new TreeMap<>();
        stacks.forEach(stack -> drawn.put(stack.id(), stack));
        List<List<String>> columns = columns(drawn);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            order(columns, drawn, sweep % 2 == 0);
        }
        Map<String, Box> boxes = new TreeMap<>();
        int tallest = columns.stream().mapToInt(List::size).max().orElse(0);
        for (int column = 0; column < columns.size(); column++) {
            List<String> ids = columns.get(column);
            int top = MARGIN + (tallest - ids.size()) * ROW / 2;
            for (int row = 0; row < ids.size(); row++) {
                Views.Stack stack = drawn.get(ids.get(row));
                if (stack != null) {
                    boxes.put(stack.id(), new Box(stack, MARGIN + column * COLUMN, top + row * ROW));
                }
            }
        }
        return new GraphDrawing(
                List.copyOf(boxes.values()),
                edges(boxes),
                2 * MARGIN + Math.max(0, columns.size() - 1) * COLUMN + BOX_WIDTH,
                2 * MARGIN + Math.max(0, tallest - 1) * ROW + BOX_HEIGHT);
    }

    private static List<List<String>> columns(Map<String, Views.Stack> drawn) {
        Map<String, Integer> column = new HashMap<>();
        drawn.keySet().forEach(id -> place(id, drawn, column, new HashSet<>()));
        int last = column.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<List<String>> columns = new ArrayList<>();
        for (int at = 0; at <= last; at++) {
            columns.add(new ArrayList<>());
        }
        drawn.keySet().forEach(id -> columns.get(column.getOrDefault(id, 0)).add(id));
        return columns;
    }

    /** A catalog has no cycles; what two repositories' stacks seem to have is cut where it closes. */
    private static int place(
            String id, Map<String, Views.Stack> drawn, Map<String, Integer> column, Set<String> above) {
        Integer known = column.get(id);
        Views.Stack stack = drawn.get(id);
        if (known != null || stack == null || !above.add(id)) {
            return known == null ? -1 : known;
        }
        int right = 0;
        for (String upstream : stack.dependsOn()) {
            right = Math.max(right, place(upstream, drawn, column, above) + 1);
        }
        above.remove(id);
        column.put(id, right);
        return right;
    }

    private static void order(List<List<String>> columns, Map<String, Views.Stack> drawn, boolean forth) {
        Map<String, List<String>> joined = new HashMap<>();
        drawn.values()
                .forEach(stack -> stack.dependsOn().stream()
                        .filter(drawn::containsKey)
                        .forEach(upstream -> {
                            String from = forth ? stack.id() : upstream;
                            String to = forth ? upstream : stack.id();
                            joined.computeIfAbsent(from, key -> new ArrayList<>())
                                    .add(to);
                        }));
        Map<String, Integer> place = new HashMap<>();
        for (List<String> column : columns) {
            for (int row = 0; row < column.size(); row++) {
                place.put(column.get(row), row);
            }
        }
        for (int at = 0; at < columns.size(); at++) {
            List<String> column = columns.get(forth ? at : columns.size() - 1 - at);
            Map<String, Double> middle = new HashMap<>();
            column.forEach(id -> middle.put(
                    id,
                    joined.getOrDefault(id, List.of()).stream()
                            .mapToInt(other -> place.getOrDefault(other, 0))
                            .average()
                            .orElse(place.getOrDefault(id, 0))));
            column.sort(Comparator.comparing(id -> middle.getOrDefault(id, 0.0)));
            for (int row = 0; row < column.size(); row++) {
                place.put(column.get(row), row);
            }
        }
    }

    private static List<Edge> edges(Map<String, Box> boxes) {
        List<Edge> edges = new ArrayList<>();
        for (Box to : boxes.values()) {
            for (String upstream : to.stack().dependsOn()) {
                Box from = boxes.get(upstream);
                if (from != null) {
                    edges.add(new Edge(upstream, to.stack().id(), path(from, to)));
                }
            }
        }
        return edges;
    }

    private static String path(Box from, Box to) {
        int startX = from.x() + BOX_WIDTH;
        int startY = from.y() + BOX_HEIGHT / 2;
        int endY = to.y() + BOX_HEIGHT / 2;
        int bend = Math.max(30, (to.x() - startX) / 2);
        return "M" + startX + " " + startY + " C" + (startX + bend) + " " + startY + " " + (to.x() - bend) + " " + endY
                + " " + (to.x() - 5) + " " + endY;
    }
}
