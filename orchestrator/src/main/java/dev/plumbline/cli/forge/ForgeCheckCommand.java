package dev.plumbline.cli.forge;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.cli.ExitStatus;
import dev.plumbline.cli.ServerLook;
import dev.plumbline.cli.local.ServerSettings;
import dev.plumbline.cli.screen.Style;
import dev.plumbline.cli.screen.Table;
import dev.plumbline.cli.screen.Table.Cell;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.config.ForgeConfig;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.forge.inspect.Finding;
import dev.plumbline.secret.TerminalText;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description =
                "Prove the credentials of --config's forges, name what they lack, and send a test delivery through"
                        + " each webhook (exit status 1: something needed is missing).")
final class ForgeCheckCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "A forge, as 'name' in server.yaml (default: all that have pull requests).")
    private @Nullable String name;

    @Option(names = "--fix", description = "Make missing webhooks, and put wrong ones right.")
    private boolean fix;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where forges reach the server (default: public_url of server.yaml, else the server that runs"
                    + " on this home).")
    private @Nullable URI url;

    ForgeCheckCommand(CliContext context) {
        this.context = context;
    }

    /**
     * One line of the result.
     *
     * @param repository its name on this server; empty where it is about the whole forge
     */
    record Line(String forge, String repository, String about, String state, String found, String mend) {
        static Line of(String forge, String repository, Finding finding) {
            return new Line(
                    forge,
                    repository,
                    finding.about(),
                    finding.state().name(),
                    TerminalText.safeLine(finding.found()),
                    finding.mend());
        }
    }

    @Override
    public Integer call() {
        ServerConfig config = ServerSettings.valid(context);
        ForgeCheck check = new ForgeCheck(config, context.clock(), new ServerArrivals(context), base(config), fix);
        List<Line> lines = new ArrayList<>();
        chosen(config).forEach(forge -> lines.addAll(check.of(forge)));
        if (context.options().json()) {
            context.printJson(lines);
        } else {
            print(lines);
        }
        boolean missing = lines.stream().anyMatch(line -> line.state().equals(Finding.State.missing.name()));
        return missing ? ExitStatus.ERROR : ExitStatus.FINE;
    }

    private List<ForgeConfig> chosen(ServerConfig config) {
        List<ForgeConfig> all =
                config.forges().stream().filter(forge -> forge.kind().pulls()).toList();
        if (all.isEmpty()) {
            throw CliException.error(
                    "There is no forge with pull requests to check.",
                    "Name the server's configuration with --config FILE; docs/configuration.md shows 'forges'.");
        }
        List<ForgeConfig> chosen = all.stream()
                .filter(forge -> name == null || forge.name().equals(name))
                .toList();
        if (chosen.isEmpty()) {
            throw CliException.error(
                    "There is no forge '" + name + "' with pull requests.",
                    "server.yaml has " + all.stream().map(ForgeConfig::name).collect(Collectors.joining(", ")) + ".");
        }
        return chosen;
    }

    private Optional<URI> base(ServerConfig config) {
        if (url != null
                && (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?"))) {
            throw new CliException(
                    ExitStatus.USAGE,
                    "--url: '" + url + "' is not a server's address.",
                    "Write it like https://plumbline.example.com.");
        }
        return Optional.ofNullable(url).or(config::publicUrl).or(() -> new ServerLook(context).ownServer());
    }

    /** A table for each repository: beside its name little room would be left for what is to be done. */
    private void print(List<Line> lines) {
        Map<String, Table> tables = new LinkedHashMap<>();
        for (Line line : lines) {
            String where = line.forge() + (line.repository().isEmpty() ? "" : ": " + line.repository());
            Finding.State state = Finding.State.valueOf(line.state());
            String mend = line.mend().isEmpty() ? "" : " → " + line.mend();
            tables.computeIfAbsent(where, first -> new Table("", "WHAT", "FOUND"))
                    .row(new Cell(state.name(), style(state)), Cell.of(line.about()), Cell.of(line.found() + mend));
        }
        Terminal terminal = context.terminal();
        String before = "";
        for (Map.Entry<String, Table> table : tables.entrySet()) {
            terminal.print(before);
            terminal.line(terminal.styled(Style.HEADING, table.getKey()));
            table.getValue().print(terminal);
            before = "\n";
        }
    }

    private static Style style(Finding.State state) {
        return switch (state) {
            case ok -> Style.GOOD;
            case warning -> Style.WAITS;
            case missing -> Style.BAD;
        };
    }
}
