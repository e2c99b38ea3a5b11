package dev.plumbline.cli;

import dev.plumbline.web.RelativeTime;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "runs", description = "Runs, newest first.")
final class RunsCommand implements Callable<Integer> {
    private static final int MOST = 1000;

    private final CliContext context;

    @Parameters(arity = "0..1", paramLabel = "STACK", description = "Only those of this stack.")
    private @Nullable String stack;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many, up to " + MOST + " (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RunsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--limit is from 1 to " + MOST);
        }
        List<Views.Run> runs = new ApiClient(context).runs(stack, limit);
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
