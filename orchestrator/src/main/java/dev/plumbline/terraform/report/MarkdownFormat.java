package dev.plumbline.terraform.report;

import dev.plumbline.terraform.plan.ResourceChange;
import java.util.ArrayList;
import java.util.List;

/** A report for a pull request: each resource folds, what is destroyed or replaced stands first and open. */
final class MarkdownFormat {
    private final Masked plan;

    MarkdownFormat(Masked plan) {
        this.plan = plan;
    }

    /** @param heading Markdown that stands above; empty for nothing */
    Rendering render(String heading, String summary, Limit limit) {
        StringBuilder head = new StringBuilder(heading).append(summary).append('\n');
        plan.warnings()
                .forEach(warning ->
                        head.append("\n> ⚠️ ").append(Markdown.inline(warning)).append('\n'));
        List<Fitting.Block> blocks = new ArrayList<>();
        plan.changes().forEach(change -> blocks.add(resource(change)));
        if (!plan.outputs().isEmpty()) {
            blocks.add(new Fitting.Block(
                    folded("Changes to outputs", "", diff(plan.outputLines()), false),
                    "\n- Changes to outputs (left out here)\n"));
        }
        List<String> drift = plan.drift();
        if (!drift.isEmpty()) {
            String title = "Changed outside of Terraform: " + drift.size();
            String lines = Markdown.fenced("diff", String.join("\n", drift));
            blocks.add(new Fitting.Block(folded(title, "", lines, false), "\n- " + title + " (left out here)\n"));
        }
        return Fitting.fit(
                head.toString(),
                blocks,
                limit,
                omitted -> "\n… " + omitted
                        + " resources or sections are not shown in full"
                        + (limit.where().isEmpty() ? "." : "; all of it: " + place(limit.where())) + "\n");
    }

    private Fitting.Block resource(ResourceChange change) {
        String title = Markdown.code(plan.line(change.address().text())) + " "
                + (change.deposedKey().isEmpty() ? "" : "(deposed object " + Markdown.code(change.deposedKey()) + ") ")
                + plan.fate(change);
        StringBuilder notes = new StringBuilder();
        plan.notes(change).forEach(note -> notes.append(Markdown.inline(note)).append("\n\n"));
        String headline = "\n- " + title + "\n";
        if (!Masked.hasDiff(change)) {
            String joined = String.join(" ", plan.notes(change));
            return new Fitting.Block("\n- " + title + " " + Markdown.inline(joined) + "\n", headline);
        }
        String text = folded(title, notes.toString(), diff(plan.diff(change)), Masked.risky(change));
        return new Fitting.Block(text, headline);
    }

    private static String folded(String title, String notes, String body, boolean open) {
        return "\n<details" + (open ? " open" : "") + "><summary>" + title + "</summary>\n\n" + notes + body
                + "\n</details>\n";
    }

    /** In a diff's colours, which the first character of each line decides. */
    private static String diff(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            String comment = line.sign() == Line.Sign.COMMENT ? "# " : "";
            String row = first(line.sign()) + " " + "    ".repeat(line.depth()) + comment + line.text();
            text.append(row.stripTrailing()).append('\n');
        }
        return Markdown.fenced("diff", text.toString());
    }

    private static char first(Line.Sign sign) {
        return switch (sign) {
            case ADD -> '+';
            case REMOVE -> '-';
            case CHANGE, REPLACE, REPLACE_ADD_FIRST, FORGET -> '!';
            case NONE, READ, COMMENT -> ' ';
        };
    }

    /** An address of ours stays a link. */
    private static String place(String where) {
        boolean link = where.startsWith("https://") || where.startsWith("http://");
        return link
                ? "<" + where.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20") + ">"
                : Markdown.code(where);
    }
}
