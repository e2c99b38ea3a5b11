package dev.plumbline.cli;

import dev.plumbline.web.Views;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "login", description = "Print a link that logs a browser in as you, once.")
final class LoginCommand implements Callable<Integer> {
    private final CliContext context;

    LoginCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Views.LoginLink link = new ApiClient(context).loginLink();
        if (context.options().json()) {
            context.printJson(link);
        } else {
            context.terminal().line(link.url());
        }
        return ExitStatus.FINE;
    }
}
