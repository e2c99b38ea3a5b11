package dev.plumbline.app;

import dev.plumbline.app.demo.Demo;
import dev.plumbline.app.demo.DemoServer;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.cli.local.ServerTerraforms;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.process.SearchPath;
import dev.plumbline.stack.StackId;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline demo}: the whole story on this machine. */
@Command(name = "demo", description = "See the whole story on this machine in under a minute; leaves nothing behind.")
final class DemoCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(names = "--keep", description = "Leave the server running at the end, until Ctrl-C.")
    private boolean keep;

    DemoCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        context.refuseJson("demo", "Leave it out: the demo is a story for people.");
        Thread teller = Thread.currentThread();
        CountDownLatch told = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    teller.interrupt();
                    awaitEnd(told);
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            new Demo(context, terraform(), this::start).tell(keep);
            return ExitStatus.FINE;
        } finally {
            told.countDown();
        }
    }

    /** Cleaning up is the teller's own work; the process only has to live until it is done. */
    private static void awaitEnd(CountDownLatch told) {
        try {
            told.await();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where none is on PATH, the one that is downloaded goes to the user's own home: the demo's is gone at its end. */
    private Optional<Path> terraform() throws InterruptedException {
        SearchPath path = SearchPath.parse(context.environment().getOrDefault("PATH", ""));
        if (path.find("terraform").or(() -> path.find("tofu")).isPresent()) {
            return Optional.empty();
        }
        context.terminal()
                .line("Terraform is not on PATH: looking for the one that Plumbline downloaded, else"
                        + " downloading it (once) …");
        return Optional.of(new ServerTerraforms(ServerConfig.defaults(context.home()), context.environment())
                .standard()
                .path());
    }

    private DemoServer start(ServerConfig config) throws InterruptedException {
        Server server = Server.start(config, context.environment(), context.clock());
        return new DemoServer() {
            @Override
            public URI url() {
                return server.url();
            }

            @Override
            public String remote(String repository) {
                return server.remote(repository);
            }

            @Override
            public Optional<byte[]> managedState(StackId stack) {
                return server.managedState(stack);
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
