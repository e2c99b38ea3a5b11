package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The list of stacks.
 *
 * @param filters by state, with how many stacks of these words there are in each
 * @param rows those of this page
 * @param found how many there are on all pages
 * @param remote where a first repository may be pushed to
 * @param actions on all that await the same, where several do
 * @param none whether there is no stack at all yet
 */
public record StacksPage(
        Shell shell,
        StackSearch search,
        List<Filter> filters,
        List<Views.Stack> rows,
        int found,
        boolean none,
        String remote,
        List<ActionLink> actions) {
    static final int ROWS = 100;

    /** @param state empty for all */
    public record Filter(String state, int number) {}

    static StacksPage of(Shell shell, StackSearch asked, List<Views.Stack> all, String remote) {
        List<Views.Stack> named = asked.byWords(all);
        List<Views.Stack> found = asked.byState(named);
        int last = Math.max(1, (found.size() + ROWS - 1) / ROWS);
        StackSearch search = new StackSearch(asked.words(), asked.state(), Math.min(asked.page(), last));
        int from = (search.page() - 1) * ROWS;
        return new StacksPage(
                shell,
                search,
                filters(named, asked.state()),
                found.subList(from, Math.min(found.size(), from + ROWS)),
                found.size(),
                all.isEmpty(),
                remote,
                actions(shell, asked, named));
    }

    private static List<ActionLink> actions(Shell shell, StackSearch asked, List<Views.Stack> named) {
        return Stream.of(Views.Action.APPROVE, Views.Action.RETRY)
                .filter(shell::may)
                .flatMap(action -> {
                    long waiting = named.stream()
                            .filter(stack -> StackSearch.asksFor(stack, action))
                            .count();
                    return waiting < 2
                            ? Stream.empty()
                            : Stream.of(ActionLink.ofAll(action, waiting, asked.words(), shell.self()));
                })
                .toList();
    }

    private static List<Filter> filters(List<Views.Stack> stacks, String chosen) {
        Map<String, Integer> numbers = new TreeMap<>();
        stacks.forEach(stack -> numbers.merge(stack.state(), 1, Integer::sum));
        if (!chosen.isEmpty() && !chosen.equals(StackSearch.DRIFTED)) {
            numbers.putIfAbsent(chosen, 0);
        }
        List<Filter> filters = new ArrayList<>();
        filters.add(new Filter("", stacks.size()));
        for (Mark mark : List.of(Mark.BAD, Mark.ASKS, Mark.BUSY, Mark.GOOD, Mark.QUIET)) {
            numbers.forEach((state, number) -> {
                if (Mark.of(state) == mark) {
                    filters.add(new Filter(state, number));
                }
            });
        }
        int drifted = (int) stacks.stream().filter(StackSearch::drifted).count();
        if (drifted > 0 || chosen.equals(StackSearch.DRIFTED)) {
            filters.add(1, new Filter(StackSearch.DRIFTED, drifted));
        }
        return filters;
    }

    public int first() {
        return rows.isEmpty() ? 0 : (search.page() - 1) * ROWS + 1;
    }

    public int last() {
        return rows.isEmpty() ? 0 : first() + rows.size() - 1;
    }
}
