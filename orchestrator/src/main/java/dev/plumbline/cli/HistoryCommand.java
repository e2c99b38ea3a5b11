package dev.plumbline.cli;

import dev.plumbline.cli.screen.Table;
import dev.plumbline.cli.screen.Table.Cell;
import dev.plumbline.cli.screen.Terminal;
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
            description =
                    "Only what is about this stack, its runs and the changes that touch it; before it each apply.")
    private @Nullable String stack;

    @Mixin
    private ListLimit limit = new ListLimit();

    HistoryCommand(CliContext context) {
        this.context = context;
    }

    /**
     * What is printed as JSON.
     *
     * @param applies of a stack; null where none is named
     * @param events what was done
     */
    private record Answer(@Nullable List<Views.Apply> applies, List<Views.HistoryEntry> events) {}

    @Override
    public Integer call() {
        ApiClient server = new ApiClient(context);
        Terminal terminal = context.terminal();
        List<Views.Apply> applies =
                stack == null ? null : limit.listed(server.applies(stack, limit.asked()), "applies", terminal);
        List<Views.HistoryEntry> events =
                limit.listed(server.history(stack, limit.asked()), stack == null ? "" : "events", terminal);
        if (context.options().json()) {
            context.printJson(new Answer(applies, events));
        } else {
            print(applies == null ? List.of() : applies, events);
        }
        return ExitStatus.FINE;
    }

    private void print(List<Views.Apply> applies, List<Views.HistoryEntry> events) {
        RelativeTime times = new RelativeTime(context.clock());
        if (!applies.isEmpty()) {
            Listings.applies(applies, times).print(context.terminal());
            context.terminal().line("");
        }
        if (events.isEmpty()) {
            context.terminal().line("Nothing was done yet.");
        } else {
            table(events, times).print(context.terminal());
        }
    }

    private static Table table(List<Views.HistoryEntry> entries, RelativeTime times) {
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
