package dev.plumbline.terraform.report;

import dev.plumbline.terraform.plan.ResourceChange;
import java.util.ArrayList;
import java.util.List;

/** A report for a terminal or a log, laid out as Terraform's own. */
final class TextFormat {
    private static final String RESET = "\u001b[0m";

    private final Masked plan;
    private final boolean colour;

    TextFormat(Masked plan, boolean colour) {
        this.plan = plan;
        this.colour = colour;
    }

    Rendering render(String title, Limit limit) {
        StringBuilder head = new StringBuilder(bold(title)).append('\n');
        plan.warnings().forEach(warning -> head.append("! ").append(warning).append('\n'));
        List<Fitting.Block> blocks = new ArrayList<>();
        plan.changes().forEach(change -> blocks.add(resource(change)));
        if (!plan.outputs().isEmpty()) {
            StringBuilder outputs =
                    new StringBuilder("\n").append(bold("Changes to outputs:")).append('\n');
            plan.outputLines().forEach(line -> outputs.append(line(line)));
            blocks.add(new Fitting.Block(outputs.toString(), "\nChanges to outputs: left out here\n"));
        }
        List<String> drift = plan.drift();
        if (!drift.isEmpty()) {
            String lines = "\n" + bold("Changed outside of Terraform:") + "\n  " + String.join("\n  ", drift) + "\n";
            blocks.add(new Fitting.Block(lines, "\nChanged outside of Terraform: " + drift.size() + " objects\n"));
        }
        return Fitting.fit(
                head.toString(),
                blocks,
                limit,
                omitted -> "\n… " + omitted
                        + " resources or sections are not shown in full"
                        + (limit.where().isEmpty() ? "" : "; all of it: " + limit.where())
                        + "\n");
    }

    private Fitting.Block resource(ResourceChange change) {
        String headline = "\n  # " + bold(plan.headline(change)) + "\n";
        StringBuilder text = new StringBuilder(headline);
        plan.notes(change).forEach(note -> text.append("  # ").append(note).append('\n'));
        if (Masked.hasDiff(change)) {
            plan.diff(change).forEach(line -> text.append(line(line)));
        }
        return new Fitting.Block(text.toString(), headline);
    }

    private String line(Line line) {
        int width = 4 + 4 * line.depth();
        if (line.sign() == Line.Sign.COMMENT) {
            return " ".repeat(width) + "# " + line.text() + "\n";
        }
        String mark = line.sign().mark().isBlank() ? "" : line.sign().mark();
        String indent = " ".repeat(width - mark.length());
        if (line.sign() == Line.Sign.NONE) {
            return (indent + line.text()).stripTrailing() + "\n";
        }
        String coloured = colour ? line.sign().colour() + mark + RESET : mark;
        return indent + coloured + line.text() + "\n";
    }

    private String bold(String text) {
        return colour ? "\u001b[1m" + text + RESET : text;
    }
}
