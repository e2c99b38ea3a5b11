package dev.plumbline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline} itself: global options, and help where no subcommand is named. */
@Command(
        name = "plumbline",
        description = "Keeps infrastructure true to Git: plans on push, applies what was reviewed, tells of drift.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit status: 0 fine, 1 error, 2 changes present (plan, drift check), 3 refused by a rule, 64 wrong usage."
        })
final class PlumblineCommand implements Callable<Integer> {
    @Mixin
    private final GlobalOptions options;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    PlumblineCommand(GlobalOptions options) {
        this.options = options;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        CommandLine self = spec.commandLine();
        self.usage(self.getErr());
        return ExitStatus.USAGE;
    }
}
