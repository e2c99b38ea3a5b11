package dev.plumbline.cli.state;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.ExitStatus;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "pull", description = "Print a state as it is, secrets in clear. Needs the role admin.")
final class PullState extends OfOneStack {
    @Option(names = "--errored", description = "The one that the last apply could not save.")
    private boolean errored;

    PullState(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        String state = new String(server().pullState(stack(), errored), StandardCharsets.UTF_8);
        context().terminal().print(state.endsWith("\n") ? state : state + "\n");
        return ExitStatus.FINE;
    }
}
