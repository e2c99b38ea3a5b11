package dev.plumbline.cli.forge;

import dev.plumbline.cli.CliContext;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "forge",
        description = "The forges of server.yaml: what they let Plumbline do.",
        synopsisSubcommandLabel = "COMMAND")
public final class ForgeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The command with its subcommands, whose context is filled by the time one of them runs. */
    public static CommandLine withSubcommands(CliContext context) {
        return new CommandLine(new ForgeCommand()).addSubcommand(new CommandLine(new ForgeCheckCommand(context)));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "forge: do what? Try 'plumbline forge check' or 'plumbline forge --help'");
    }
}
