package dev.plumbline.app;

import dev.plumbline.cli.Cli;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.GlobalOptions;
import dev.plumbline.cli.screen.Pace;
import dev.plumbline.cli.screen.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole program with all of its commands, with nothing around it. */
public final class ProgramUnderTest {
    private ProgramUnderTest() {}

    /** @param status 0 where the words before {@code --help} are a command with options that it has */
    public record Said(int status, String out, String err) {}

    /** What it says to these words and {@code --help}. */
    public static Said help(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.add("--help");
        return run(all.toArray(String[]::new));
    }

    /** What it says to these words. */
    static Said run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CliContext context = new CliContext(
                Terminal.plain(new PrintWriter(out), new PrintWriter(err)),
                Map.of("HOME", "/nowhere"),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                Pace.real(),
                file -> Optional.empty(),
                new GlobalOptions());
        int status = new Cli(context, Plumbline.commands(context)).run(words);
        return new Said(status, out.toString(), err.toString());
    }
}
