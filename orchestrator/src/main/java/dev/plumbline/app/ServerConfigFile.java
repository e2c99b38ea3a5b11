package dev.plumbline.app;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.local.ServerSettings;
import dev.plumbline.config.ListenAddress;
import dev.plumbline.config.ServerConfig;
import java.util.OptionalInt;

/** The configuration to serve with: server.yaml, and what the command line says on top of it. */
final class ServerConfigFile {
    private ServerConfigFile() {}

    static ServerConfig read(CliContext context) {
        ServerConfig config = ServerSettings.valid(context);
        OptionalInt port = context.options().port();
        ServerConfig kept = config.keptIn(context.home());
        return port.isPresent()
                ? kept.listeningAt(new ListenAddress(config.listen().host(), port.getAsInt()))
                : kept;
    }
}
