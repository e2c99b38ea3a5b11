package dev.plumbline.app;

import dev.plumbline.app.benchmark.Benchmark;
import dev.plumbline.app.benchmark.BenchmarkFailed;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.cli.ExitStatus;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code plumbline benchmark}: how fast it is on this machine, beside bare Terraform. */
@Command(
        name = "benchmark",
        description = "Measure speed and memory on this machine, beside bare Terraform, in about five minutes.")
final class BenchmarkCommand implements Callable<Integer> {
    private final CliContext context;

    BenchmarkCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        context.refuseJson("benchmark", "Leave it out: the benchmark prints a table for people.");
        Path launcher = OwnCommand.launcher(System.getProperties())
                .orElseThrow(() -> CliException.error(
                        "The benchmark measures what users type, and does not know where that is.",
                        "Start it by the launcher: ./plumbline benchmark"));
        try {
            new Benchmark(context.terminal(), context.environment(), launcher).run();
        } catch (BenchmarkFailed failed) {
            throw CliException.error(String.valueOf(failed.getMessage()), "");
        }
        return ExitStatus.FINE;
    }
}
