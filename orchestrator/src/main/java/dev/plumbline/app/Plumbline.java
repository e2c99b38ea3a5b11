package dev.plumbline.app;

import dev.plumbline.cli.Cli;
import dev.plumbline.cli.CliContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The program's entry point. */
public final class Plumbline {
    private Plumbline() {}

    public static void main(String[] arguments) {
        ServerConfigFile configFile = new ServerConfigFile(System.getenv());
        CliContext context =
                CliContext.ofProcess(file -> Optional.of(configFile.read(file).home()));
        Map<String, Object> commands = new LinkedHashMap<>();
        commands.put("demo", new DemoCommand(context));
        commands.put("serve", new ServeCommand(context, configFile));
        System.exit(new Cli(context, commands).run(arguments));
    }
}
