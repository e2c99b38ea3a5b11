package dev.plumbline.cli.state;

import dev.plumbline.cli.ApiClient;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.Settling;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;

/** What all subcommands of {@code state} have in common: they are about one stack. */
abstract class OfOneStack implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "STACK", description = "As 'plumbline stacks' or 'plumbline status' has it.")
    private String stack = "";

    OfOneStack(CliContext context) {
        this.context = context;
    }

    CliContext context() {
        return context;
    }

    String stack() {
        return stack;
    }

    ApiClient server() {
        return new ApiClient(context);
    }

    /** Waits for its turn and its end, telling what it waits for. */
    int follow(ApiClient server, Views.Acted acted) {
        acted.started().stream()
                .filter(outcome -> outcome.state().equals("queued"))
                .forEach(outcome -> context.terminal().error(outcome.subject() + ": " + outcome.message()));
        return new Settling(context, server).ended(acted);
    }

    int change(String verb, List<String> words) {
        ApiClient server = server();
        return follow(server, server.changeState(verb, new Views.StateAsk(stack, words)));
    }
}
