package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far an apply is, resource by resource, as its log tells.
 *
 * @param steps of very many the last ones, those that are done left out first
 * @param total what the plan would do; zero where that isn't known
 * @param whole whether the whole log was counted; else done is less than what is done
 */
public record ResourceProgress(List<Step> steps, int done, int total, boolean whole) {
    static final ResourceProgress NONE = new ResourceProgress(List.of(), 0, 0, true);

    private static final Pattern STEP = Pattern.compile(
            "(?m)^(\\S.*?): (Creating|Modifying|Destroying|Still [a-z]+|Creation complete|Modifications complete"
                    + "|Destruction complete|Creation errored|Modifications errored|Destruction errored)\\b");
    private static final int MOST = 500;

    /** @param state the word of a state, as {@link Mark} knows it */
    public record Step(String resource, String state, String says) {}

    static ResourceProgress of(String log, Views.@Nullable Counts counts) {
        Count count = new Count();
        count.add(log);
        return count.of(counts);
    }

    /** Counts through a log that comes in pieces. */
    static final class Count {
        private final Map<String, Step> steps = new LinkedHashMap<>();
        private String begun = "";
        private int done;

        /** @param piece may begin and end within a line */
        void add(String piece) {
            int end = piece.lastIndexOf('\n') + 1;
            if (end == 0) {
                begun += piece;
                return;
            }
            read(begun + piece.substring(0, end));
            begun = piece.substring(end);
        }

        private void read(String lines) {
            Matcher found = STEP.matcher(lines);
            while (found.find()) {
                String says = found.group(2);
                boolean complete = says.endsWith("complete");
                done += complete ? 1 : 0;
                String state = complete ? "applied" : says.endsWith("errored") ? "failed" : "applying";
                steps.put(found.group(1), new Step(found.group(1), state, says));
                if (steps.size() > MOST) {
                    leaveOneOut();
                }
            }
        }

        private void leaveOneOut() {
            String least = steps.values().stream()
                    .filter(step -> step.state().equals("applied"))
                    .map(Step::resource)
                    .findFirst()
                    .orElseGet(() -> steps.keySet().iterator().next());
            steps.remove(least);
        }

        /** What came of it, as of the whole log. */
        ResourceProgress of(Views.@Nullable Counts counts) {
            read(begun);
            begun = "";
            int total = counts == null ? 0 : counts.add() + counts.change() + counts.destroy() + 2 * counts.replace();
            return new ResourceProgress(List.copyOf(steps.values()), done, Math.max(done, total), true);
        }

        /** What came of it where more of the log follows. */
        ResourceProgress ofBeginning() {
            return new ResourceProgress(List.copyOf(steps.values()), done, 0, false);
        }
    }
}
