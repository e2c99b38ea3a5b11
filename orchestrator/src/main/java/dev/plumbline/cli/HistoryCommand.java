package dev.plumbline.cli;

import dev.plumbline.cli.screen.Table;
import dev.plumbline.cli.screen.Table.Cell;
import dev.plumbline.web.RelativeTime;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "history", description = "Who did what, newest first; --json has the exact times.")
final class HistoryCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "STACK",
            description = "Only what is about this stack, its runs and the changes that touch it.")
    private @Nullable String stack;

    @Mixin
    private ListLimit limit = new ListLimit();

    HistoryCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<Views.HistoryEntry> entries =
                limit.listed(new ApiClient(context).history(stack, limit.asked()), context.terminal());
        if (context.options().json()) {
            context.printJson(entries);
        } else if (entries.isEmpty()) {
            context.terminal().line("Nothing was done yet.");
        } else {
            table(entries).print(context.terminal());
        }
        return ExitStatus.FINE;
    }

    private Table table(List<Views.HistoryEntry> entries) {
        RelativeTime times = new RelativeTime(context.clock());
        Table table = new Table("WHEN", "BY", "KIND", "SUBJECT", "WHAT");
        for (Views.HistoryEntry entry : entries) {
            table.row(
                    Cell.of(times.ago(entry.at())),
                    Cell.of(entry.actor()),
                    Cell.of(entry.kind()),
                    Cell.of(entry.subject()),
                    Cell.of(entry.text()));
        }
        return table;
    }
}
