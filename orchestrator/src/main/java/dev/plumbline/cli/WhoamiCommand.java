package dev.plumbline.cli;

import dev.plumbline.web.Views;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "whoami", description = "By which name the server knows you, and what you may do.")
final class WhoamiCommand implements Callable<Integer> {
    private final CliContext context;

    WhoamiCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Views.Whoami me = new ApiClient(context).whoami();
        if (context.options().json()) {
            context.printJson(me);
        } else {
            context.terminal().line(me.name() + " (" + me.role() + ")");
        }
        return ExitStatus.FINE;
    }
}
