package dev.plumbline.cli.local;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.terraform.report.Limit;
import dev.plumbline.terraform.report.Markdown;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prints what came of planning stacks. */
final class PlanPrinter {
    private final CliContext context;

    PlanPrinter(CliContext context) {
        this.context = context;
    }

    /**
     * What {@code --json} prints of each stack.
     *
     * @param outcome {@code changes}, {@code no-changes}, {@code waiting} or {@code failed}
     * @param reason why it waits or failed; empty else
     * @param plan the report; absent where there is none
     */
    record Row(
            String stack,
            String outcome,
            String reason,
            List<String> notes,
            @Nullable JsonNode plan) {
        private static Row of(LocalOutcome outcome) {
            String stack = outcome.stack().folder();
            if (outcome instanceof LocalOutcome.Planned planned) {
                return new Row(
                        stack,
                        planned.plan().hasChanges() ? "changes" : "no-changes",
                        "",
                        planned.notes(),
                        new JsonMapper().readTree(planned.report().json()));
            }
            return outcome instanceof LocalOutcome.Waiting waiting
                    ? new Row(stack, "waiting", waiting.reason(), List.of(), null)
                    : new Row(stack, "failed", ((LocalOutcome.Failed) outcome).reason(), List.of(), null);
        }
    }

    void json(List<LocalOutcome> outcomes) {
        context.printJson(outcomes.stream().map(Row::of).toList());
    }

    void text(LocalOutcome outcome) {
        Terminal terminal = context.terminal();
        if (outcome instanceof LocalOutcome.Planned planned) {
            String text = planned.report().text(Limit.none(), terminal.colour()).text();
            terminal.line(text.stripTrailing());
            planned.notes().forEach(note -> terminal.line(terminal.styled(Style.FAINT, "  Note: " + note)));
        } else if (outcome instanceof LocalOutcome.Waiting waiting) {
            terminal.line(terminal.styled(Style.WAITS, waiting.stack() + ": " + waiting.reason()));
        } else if (outcome instanceof LocalOutcome.Failed failed) {
            terminal.line(terminal.styled(
                    Style.BAD,
                    failed.stack() + ": not planned\n  " + failed.reason().replace("\n", "\n  ")));
        }
        terminal.line("");
    }

    void markdown(LocalOutcome outcome) {
        Terminal terminal = context.terminal();
        if (outcome instanceof LocalOutcome.Planned planned) {
            terminal.line(planned.report().markdown(Limit.none()).text().stripTrailing());
        } else {
            Row row = Row.of(outcome);
            terminal.line("### " + Markdown.code(row.stack()) + "\n\n" + row.outcome() + "\n\n"
                    + Markdown.fenced("", row.reason()).stripTrailing());
        }
        terminal.line("");
    }
}
