package dev.plumbline.cli.local;

import dev.plumbline.cli.Cli;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.GlobalOptions;
import dev.plumbline.cli.screen.Pace;
import dev.plumbline.cli.screen.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Types commands in a folder, with a home of its own and what the system's PATH has. */
public final class Desk {
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    /**
     * @param status the exit status
     * @param out standard output
     * @param err standard error
     */
    public record Ended(int status, String out, String err) {}

    public Desk(Path home) {
        this.home = home;
        environment.put("PATH", System.getenv().getOrDefault("PATH", ""));
        environment.put("HOME", home.toString());
        environment.put("PLUMBLINE_HOME", home.resolve("plumbline").toString());
    }

    public Desk with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Ended type(Path folder, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CliContext context = new CliContext(
                Terminal.plain(new PrintWriter(out), new PrintWriter(err)),
                Map.copyOf(environment),
                folder,
                Clock.systemUTC(),
                Pace.real(),
                file -> Optional.empty(),
                new GlobalOptions());
        int status = new Cli(context, Map.of()).run(words);
        return new Ended(status, out.toString(), err.toString());
    }

    public Path home() {
        return home;
    }
}
