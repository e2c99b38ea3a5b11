package dev.plumbline.cli.doctor;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.cli.ServerLook;
import dev.plumbline.cli.local.ServerSettings;
import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Table;
import dev.plumbline.cli.screen.Table.Cell;
import dev.plumbline.config.ListenAddress;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.forge.RemoteProbe;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.forge.kinds.PullForges;
import dev.plumbline.secret.TerminalText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Looks, and changes nothing. */
@Command(
        name = "doctor",
        description = "Say what is installed, what is missing and how to mend it (exit status 1: something needed is"
                + " missing).")
public final class DoctorCommand implements Callable<Integer> {
    /** Where the system's own files are. */
    private static final Path ROOT = Path.of("/");

    private final CliContext context;

    public DoctorCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        List<Finding> findings = findings();
        if (context.options().json()) {
            context.printJson(findings);
        } else {
            print(findings);
        }
        return findings.stream().anyMatch(finding -> finding.state() == Finding.State.missing)
                ? ExitStatus.ERROR
                : ExitStatus.FINE;
    }

    private List<Finding> findings() throws IOException {
        ServerConfig config = ServerSettings.valid(context);
        boolean configured =
                context.options().home() == null && context.options().config() != null;
        Path home = configured ? config.home() : context.home();
        ListenAddress listen = new ListenAddress(
                config.listen().host(),
                context.options().port().orElse(config.listen().port()));
        Path scratch = Files.createTempDirectory("plumbline-doctor");
        try {
            List<Finding> all = new ArrayList<>(new Programs(context.environment(), config, home, scratch).look());
            ServerLook server = new ServerLook(context);
            boolean ownPort = server.ownServer()
                    .map(URI::getPort)
                    .filter(used -> used == listen.port())
                    .isPresent();
            all.addAll(new Machine(context.environment(), config, home, listen, ownPort).look());
            all.addAll(new Disks(Mounts.of(ROOT)).look(home, Path.of(System.getProperty("java.io.tmpdir"))));
            all.addAll(new Account(ROOT, context.clock()).look(home));
            RemoteProbe probe = new RemoteProbe(
                    scratch.resolve("remotes"),
                    context.environment(),
                    PullForges.of(config, context.clock(), new Budgets()),
                    context.clock());
            all.addAll(new Elsewhere(config, probe).look());
            all.add(server(server.ask()));
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException(1, "Stopped.", "", e);
        } finally {
            delete(scratch);
        }
    }

    private static Finding server(ServerLook.Answer answer) {
        if (answer instanceof ServerLook.Answered answered) {
            return Finding.ok("server", answered.who());
        }
        return answer instanceof ServerLook.Failed failed
                ? Finding.warning("server", failed.what(), failed.next())
                : Finding.ok("server", "none runs on this home, and none is named");
    }

    private void print(List<Finding> findings) {
        Table table = new Table("", "WHAT", "FOUND");
        for (Finding finding : findings) {
            String mend = finding.mend().isEmpty() ? "" : " → " + finding.mend();
            table.row(
                    new Cell(finding.state().name(), style(finding.state())),
                    Cell.of(finding.about()),
                    Cell.of(TerminalText.safeLine(finding.found() + mend)));
        }
        table.print(context.terminal());
    }

    private static Style style(Finding.State state) {
        return switch (state) {
            case ok -> Style.GOOD;
            case warning -> Style.WAITS;
            case missing -> Style.BAD;
        };
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
