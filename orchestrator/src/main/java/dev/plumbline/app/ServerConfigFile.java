package dev.plumbline.app;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.cli.local.ServerSettings;
import dev.plumbline.config.ListenAddress;
import dev.plumbline.config.ServerConfig;
import java.util.OptionalInt;

/** The configuration to serve with: server.yaml, and what the command line says on top of it. */
final class ServerConfigFile {
    private ServerConfigFile() {}

    static ServerConfig read(CliContext context) {
        ServerConfig config = ServerSettings.valid(context);
        ServerConfig kept = config.keptIn(context.home());
        // A home that only the command line names could not be compared when the file was read.
        kept.localBackends().stream().filter(kept::tooCloseToHome).findFirst().ifPresent(states -> {
            throw CliException.error(
                    kept.closeToHome(states) + ".", "Choose another --home, or correct local_backends.");
        });
        OptionalInt port = context.options().port();
        return port.isPresent()
                ? kept.listeningAt(new ListenAddress(config.listen().host(), port.getAsInt()))
                : kept;
    }
}
