package dev.plumbline.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print a completion script for the shell: source <(plumbline completion bash)")
final class CompletionCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "SHELL",
            defaultValue = "bash",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Named as people type them. */
    enum Shell {
        bash,
        zsh
    }

    CompletionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.refuseJson("completion", "Leave it out: the script is for the shell.");
        if (shell == Shell.zsh) {
            // The script is bash's; zsh reads it once its own completion and that bridge are loaded.
            context.terminal().line("autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit");
        }
        context.terminal().print(AutoComplete.bash("plumbline", spec.root().commandLine()));
        return ExitStatus.FINE;
    }
}
