package dev.plumbline.app;

import dev.plumbline.cli.Cli;
import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.local.ServerSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The program's entry point. */
public final class Plumbline {
    private Plumbline() {}

    public static void main(String[] arguments) {
        CliContext context = CliContext.ofProcess(
                file -> Optional.of(ServerSettings.valid(file, System.getenv()).home()));
        Map<String, Object> commands = new LinkedHashMap<>();
        commands.put("demo", new DemoCommand(context));
        commands.put("serve", new ServeCommand(context));
        commands.put("benchmark", new BenchmarkCommand(context));
        System.exit(new Cli(context, commands).run(arguments));
    }
}
