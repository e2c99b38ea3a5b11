package dev.plumbline.app;

import dev.plumbline.cli.Cli;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.local.ServerSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The program's entry point. */
public final class Plumbline {
    private Plumbline() {}

    public static void main(String[] arguments) {
        CliContext context = CliContext.ofProcess(file -> Optional.of(ServerSettings.home(file, System.getenv())));
        System.exit(new Cli(context, commands(context)).run(arguments));
    }

    /** The commands that need the whole house. */
    static Map<String, Supplier<Object>> commands(CliContext context) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> new DemoCommand(context));
        commands.put("serve", () -> new ServeCommand(context));
        commands.put("benchmark", () -> new BenchmarkCommand(context));
        return commands;
    }
}
