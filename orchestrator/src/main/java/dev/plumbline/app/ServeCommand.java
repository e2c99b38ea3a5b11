package dev.plumbline.app;

import dev.plumbline.app.log.LogOutput;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.stack.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
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
        context.refuseJson("serve", "For a log of JSON objects: plumbline serve --log json");
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
        Terminal terminal = context.terminal();
        terminal.line("Plumbline serves " + server.url() + " from " + config.home());
        if (!config.home().equals(context.usualHome().orElse(null))) {
            terminal.line("Other commands find it by its home: export PLUMBLINE_HOME="
                    + ShellWord.of(config.home().toString()));
        }
        watched(config).ifPresent(terminal::line);
        terminal.line("");
        terminal.line("Once, so that Git finds the token by itself:");
        terminal.line("  " + credentialHelper(server, config));
        terminal.line("In a repository with Terraform stacks (any other name than main.git makes another repository):");
        terminal.line("  git remote add plumbline " + server.publicUrl() + "/git/main.git");
        terminal.line("  git push plumbline main");
        terminal.line("Without a helper, Git takes any user with a token as the password; the owner's stands in "
                + config.home().resolve("token"));
        terminal.line("In a browser, once and within 10 minutes (later: plumbline login):");
        terminal.line("  " + server.loginLink());
        server.warnings().forEach(warning -> terminal.line("warning: " + warning));
    }

    private Optional<String> watched(ServerConfig config) {
        String names = config.repositories().stream()
                .map(repository -> repository.name() + " on " + repository.forge())
                .collect(Collectors.joining(", "));
        return Optional.of(names)
                .filter(some -> !some.isEmpty())
                .map(some -> "It watches " + some + "; whether all is right there says plumbline forge check --config "
                        + ShellWord.of(String.valueOf(context.options().config())));
    }

    /** For this address only, so that no other server is ever handed the token. */
    private String credentialHelper(Server server, ServerConfig config) {
        List<String> helper = new ArrayList<>(OwnCommand.words(System.getProperties()));
        helper.addAll(List.of("git-credential", "--home", config.home().toString()));
        return ShellWord.line(List.of(
                "git",
                "config",
                "--global",
                "credential." + server.publicUrl() + ".helper",
                "!" + ShellWord.line(helper)));
    }
}
