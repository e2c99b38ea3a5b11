package dev.plumbline.cli.state;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.secret.TerminalText;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "list", description = "The addresses of all that is in a state.")
final class ListState extends OfOneStack {
    ListState(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        List<String> addresses = server().stateAddresses(stack());
        if (context().options().json()) {
            context().printJson(addresses);
        } else {
            addresses.forEach(address -> context().terminal().line(TerminalText.safe(address)));
        }
        return ExitStatus.FINE;
    }
}
