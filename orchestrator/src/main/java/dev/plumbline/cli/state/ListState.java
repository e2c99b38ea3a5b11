package dev.plumbline.cli.state;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.web.Views;
import picocli.CommandLine.Command;

@Command(name = "list", description = "The addresses of all that is in a state.")
final class ListState extends OfOneStack {
    ListState(CliContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Views.State state = server().state(stack(), null);
        if (context().options().json()) {
            context()
                    .printJson(state.resources().stream()
                            .map(Views.StateResource::address)
                            .toList());
        } else {
            state.resources().forEach(resource -> context().terminal().line(resource.address()));
        }
        return ExitStatus.FINE;
    }
}
