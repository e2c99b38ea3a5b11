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
 * @param total what the plan would do; zero where that isn't known
 */
public record ResourceProgress(List<Step> steps, int done, int total) {
    private static final Pattern STEP = Pattern.compile(
            "(?m)^(\\S.*?): (Creating|Modifying|Destroying|Still [a-z]+|Creation complete|Modifications complete"
                    + "|Destruction complete|Creation errored|Modifications errored|Destruction errored)\\b");
    private static final int MOST = 500;

    /** @param state the word of a state, as {@link Mark} knows it */
    public record Step(String resource, String state, String says) {}

    static ResourceProgress of(String log, Views.@Nullable Counts counts) {
        Map<String, Step> steps = new LinkedHashMap<>();
        int done = 0;
        Matcher lines = STEP.matcher(log);
        while (lines.find()) {
            String says = lines.group(2);
            boolean complete = says.endsWith("complete");
            done += complete ? 1 : 0;
            String state = complete ? "applied" : says.endsWith("errored") ? "failed" : "applying";
            if (steps.size() < MOST || steps.containsKey(lines.group(1))) {
                steps.put(lines.group(1), new Step(lines.group(1), state, says));
            }
        }
        int total = counts == null ? 0 : counts.add() + counts.change() + counts.destroy() + 2 * counts.replace();
        return new ResourceProgress(List.copyOf(steps.values()), done, Math.max(done, total));
    }
}
