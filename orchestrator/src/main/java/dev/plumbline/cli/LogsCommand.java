package dev.plumbline.cli;

import dev.plumbline.cli.screen.Progress;
import dev.plumbline.web.Views;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "What Terraform said in a run.")
final class LogsCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private final CliContext context;

    @Parameters(paramLabel = "RUN", converter = Numbers.OfRun.class, description = "As r123.")
    private long run;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the run has ended.")
    private boolean follow;

    LogsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ApiClient server = new ApiClient(context);
        try (Progress progress = new Progress(context.terminal(), context.clock())) {
            long offset = 0;
            while (true) {
                Views.LogChunk chunk = server.log(run, offset);
                boolean more = chunk.next() > offset;
                offset = chunk.next();
                print(chunk, more, progress);
                if (chunk.ended() || (!more && !follow)) {
                    return ExitStatus.FINE;
                }
                if (!more) {
                    progress.waitingFor("r" + run + " is under way");
                    context.pace().await(BETWEEN_LOOKS);
                }
            }
        }
    }

    /** With {@code --json}, one object for each piece as it comes. */
    private void print(Views.LogChunk chunk, boolean more, Progress progress) {
        if (context.options().json()) {
            context.printJson(chunk);
        } else if (more) {
            progress.wipe();
            context.terminal().print(chunk.text());
        }
    }
}
