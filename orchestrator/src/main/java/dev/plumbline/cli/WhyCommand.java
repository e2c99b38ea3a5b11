package dev.plumbline.cli;

import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.web.Views;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "why", description = "Why a stack is, or is not, running.")
final class WhyCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "STACK", description = "Its folder, its last folder where unique, or its name.")
    private String stack = "";

    WhyCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Views.Why why = new ApiClient(context).why(stack);
        if (context.options().json()) {
            context.printJson(why);
            return ExitStatus.FINE;
        }
        Terminal terminal = context.terminal();
        terminal.line(why.stack() + " is " + terminal.styled(Style.ofState(why.state()), why.state()) + ": "
                + why.sentence());
        why.details().forEach(detail -> terminal.line("  " + detail));
        return ExitStatus.FINE;
    }
}
