package dev.plumbline.cli;

import dev.plumbline.web.RelativeTime;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "runs", description = "Runs, newest first.")
final class RunsCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(arity = "0..1", paramLabel = "STACK", description = "Only those of this stack.")
    private @Nullable String stack;

    @Mixin
    private ListLimit limit = new ListLimit();

    RunsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<Views.Run> runs = limit.listed(new ApiClient(context).runs(stack, limit.asked()), context.terminal());
        if (context.options().json()) {
            context.printJson(runs);
        } else if (runs.isEmpty()) {
            context.terminal().line("No runs yet.");
        } else {
            Listings.runs(runs, new RelativeTime(context.clock())).print(context.terminal());
        }
        return ExitStatus.FINE;
    }
}
