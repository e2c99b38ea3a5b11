package dev.plumbline.cli.state;

import dev.plumbline.cli.CliContext;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "state",
        description = "States of stacks: look into them, take them out, bring them in, mend them.",
        synopsisSubcommandLabel = "COMMAND")
public final class StateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The command with its subcommands, whose context is filled by the time one of them runs. */
    public static CommandLine withSubcommands(CliContext context) {
        CommandLine line = new CommandLine(new StateCommand());
        List.of(
                        new ListState(context),
                        new ShowState(context),
                        new ListVersions(context),
                        new PullState(context),
                        new PushState(context),
                        new MoveAddress(context),
                        new RemoveAddresses(context),
                        new RollBack(context),
                        new MigrateState(context))
                .forEach(line::addSubcommand);
        return line;
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "state: do what? Try 'plumbline state list STACK' or 'plumbline state --help'");
    }
}
