package dev.plumbline.app;

import dev.plumbline.app.log.LogOutput;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.config.ServerConfig;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline serve}: runs the server until it is told to stop. */
@Command(
        name = "serve",
        description = "Run the server: the built-in forge, runs, drift checks and the API. Needs no configuration.")
final class ServeCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(
            names = "--log",
            paramLabel = "FORMAT",
            description = "How the log on standard error is written: text, for people, or json, one object a line"
                    + " (default: log.format of server.yaml, else text).")
    private @Nullable LogFormat format;

    /** Named as people type them. */
    enum LogFormat {
        text,
        json
    }

    ServeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerConfig config = ServerConfigFile.read(context);
        LogOutput.use(log(config), reader());
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

    private ServerConfig.Log log(ServerConfig config) {
        return format == null
                ? config.log()
                : new ServerConfig.Log(
                        ServerConfig.Log.Format.valueOf(format.name().toUpperCase(Locale.ROOT)),
                        config.log().level());
    }

    private LogOutput.Reader reader() {
        if (!context.terminal().live()) {
            return LogOutput.Reader.FILE;
        }
        boolean colour = context.environment().getOrDefault("NO_COLOR", "").isEmpty();
        return colour ? LogOutput.Reader.PERSON_IN_COLOUR : LogOutput.Reader.PERSON;
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
