package dev.plumbline.review;

import dev.plumbline.terraform.report.Markdown;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The history of a change, folded: what it planned at the heads that it had before. */
final class PreviousPlans {
    private static final int SHOWN = 10;
    private static final int LONGEST_OUTCOME = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PreviousPlans() {}

    /**
     * In Markdown; empty where there are none.
     *
     * @param heads newest first
     */
    static String text(List<FormerHeads.Former> heads) {
        if (heads.isEmpty()) {
            return "";
        }
        String lines = heads.stream().limit(SHOWN).map(PreviousPlans::line).collect(Collectors.joining());
        int more = heads.size() - SHOWN;
        return "<details><summary>Previous plans: " + heads.size() + "</summary>\n\n" + lines
                + (more > 0 ? "- … and " + more + " before\n" : "") + "\n</details>\n\n";
    }

    private static String line(FormerHeads.Former former) {
        String outcome = former.outcome();
        String shown = outcome.length() <= LONGEST_OUTCOME ? outcome : outcome.substring(0, LONGEST_OUTCOME) + "…";
        return "- " + Markdown.code(former.head().abbreviated()) + " at " + TIME.format(former.at()) + ": "
                + Markdown.inline(shown) + "\n";
    }
}
