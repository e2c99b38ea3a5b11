package dev.plumbline.app.demo;

import dev.plumbline.cli.Cli;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.GlobalOptions;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.web.ApiJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The program's own commands, run as a user of the demo's server would run them. */
final class PlumblineUser {
    private static final int INDENTATION = 4;

    private final CliContext outer;
    private final DemoFolder folder;
    private final ApiJson json = new ApiJson();

    PlumblineUser(CliContext outer, DemoFolder folder) {
        this.outer = outer;
        this.folder = folder;
    }

    Ended run(List<String> arguments) {
        StringWriter written = new StringWriter();
        PrintWriter both = new PrintWriter(written);
        Terminal terminal = new Terminal(
                both, both, Narrator.COLUMNS - INDENTATION, outer.terminal().colour(), false);
        int status = cli(terminal).run(arguments.toArray(String[]::new));
        List<Ended.Line> lines = new ArrayList<>();
        written.toString()
                .lines()
                .forEach(line -> lines.add(new Ended.Line(outer.clock().instant(), line)));
        return new Ended("plumbline " + String.join(" ", arguments), status, lines);
    }

    /** What a command answers with {@code --json}. */
    <T> T ask(Class<T> type, String... arguments) {
        return json.read(answer(arguments), type);
    }

    /** A listing with {@code --json}. */
    <T> List<T> list(Class<T> type, String... arguments) {
        return json.readList(answer(arguments), type);
    }

    private byte[] answer(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        int status =
                cli(Terminal.plain(new PrintWriter(out), new PrintWriter(err))).run(all.toArray(String[]::new));
        if (status != 0) {
            throw new StepFailed("'plumbline " + String.join(" ", all) + "' ended with status " + status + ": " + err);
        }
        return out.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private Cli cli(Terminal terminal) {
        Path home = folder.home();
        CliContext context = new CliContext(
                terminal,
                Map.of("PLUMBLINE_HOME", home.toString(), "USER", "ann"),
                folder.repository(),
                outer.clock(),
                outer.pace(),
                file -> Optional.empty(),
                new GlobalOptions());
        return new Cli(context, Map.of());
    }
}
