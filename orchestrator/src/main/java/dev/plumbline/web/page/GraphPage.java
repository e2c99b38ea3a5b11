package dev.plumbline.web.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param focus the stack in the middle; empty where all are drawn
 * @param steps how far around it
 * @param drawing null where there are too many to draw at once, or none
 * @param ids of all stacks that may be put into the middle
 * @param unconnected how many stand alone and are left out
 */
public record GraphPage(
        Shell shell,
        String focus,
        int steps,
        @Nullable GraphDrawing drawing,
        List<String> ids,
        int unconnected,
        int all) {
    static final int DRAWN_AT_ONCE = 300;
    static final int MOST_IDS = 2000;

    static GraphPage of(Shell shell, String focus, int steps, StackGraph graph) {
        List<String> ids = graph.all().stream()
                .map(dev.plumbline.web.Views.Stack::id)
                .limit(MOST_IDS)
                .toList();
        if (graph.has(focus)) {
            GraphDrawing drawing = GraphDrawing.of(graph.around(focus, steps, DRAWN_AT_ONCE));
            return new GraphPage(shell, focus, steps, drawing, ids, 0, graph.size());
        }
        var connected = graph.size() <= 40 ? graph.all() : graph.connected();
        GraphDrawing drawing =
                connected.isEmpty() || connected.size() > DRAWN_AT_ONCE ? null : GraphDrawing.of(connected);
        return new GraphPage(shell, "", steps, drawing, ids, graph.size() - connected.size(), graph.size());
    }
}
