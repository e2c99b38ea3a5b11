package dev.plumbline.app;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.config.ServerConfig;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** {@code plumbline serve}: runs the server until it is told to stop. */
@Command(
        name = "serve",
        description = "Run the server: the built-in forge, runs, drift checks and the API. Needs no configuration.")
final class ServeCommand implements Callable<Integer> {
    private final CliContext context;

    ServeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerConfig config = ServerConfigFile.read(context);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Server server = Server.start(config, context.environment(), context.clock())) {
            Thread hook = new Thread(
                    () -> {
                        server.close();
                        stopped.countDown();
                    },
                    "stop");
            Runtime.getRuntime().addShutdownHook(hook);
            announce(server, config);
            stopped.await();
        }
        return ExitStatus.FINE;
    }

    private void announce(Server server, ServerConfig config) {
        context.terminal().line("Plumbline serves " + server.url() + " from " + config.home());
        context.terminal().line("");
        context.terminal().line("In a repository with Terraform stacks:");
        context.terminal().line("  git remote add plumbline " + server.remote("main"));
        context.terminal().line("  git push plumbline main");
        server.warnings().forEach(warning -> context.terminal().line("warning: " + warning));
        context.terminal()
                .line(
                        "Any other name than main.git makes another repository. The address holds the token: keep it to yourself.");
    }
}
