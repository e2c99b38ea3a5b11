package dev.plumbline.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many rows a listing has that grows for ever. */
final class ListLimit {
    private static final int MOST = 1000;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many, up to " + MOST + " (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    int rows() {
        if (limit < 1 || limit > MOST) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--limit is from 1 to " + MOST);
        }
        return limit;
    }
}
