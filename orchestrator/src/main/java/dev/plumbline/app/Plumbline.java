package dev.plumbline.app;

import dev.plumbline.cli.Cli;
import dev.plumbline.cli.CliContext;
import java.util.Map;
import java.util.Optional;

/** The program's entry point. */
public final class Plumbline {
    private Plumbline() {}

    public static void main(String[] arguments) {
        System.exit(new Cli(CliContext.ofProcess(file -> Optional.empty()), Map.of()).run(arguments));
    }
}
