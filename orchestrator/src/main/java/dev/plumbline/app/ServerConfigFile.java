package dev.plumbline.app;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigProblem;
import dev.plumbline.config.ConfigReader;
import dev.plumbline.config.ListenAddress;
import dev.plumbline.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The server.yaml of {@code --config}, with what the command line says on top of it. */
final class ServerConfigFile {
    private final Map<String, String> environment;

    ServerConfigFile(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The configuration to serve with. */
    ServerConfig read(CliContext context) {
        Path given = context.options().config();
        ServerConfig config = given == null
                ? ServerConfig.defaults(context.home())
                : read(context.workingFolder().resolve(given));
        OptionalInt port = context.options().port();
        ListenAddress listen =
                port.isPresent() ? new ListenAddress(config.listen().host(), port.getAsInt()) : config.listen();
        return new ServerConfig(
                listen,
                config.publicUrl(),
                config.insecure(),
                context.home(),
                config.environment(),
                config.localBackends(),
                config.terraform(),
                config.limits(),
                config.push());
    }

    /** The file's own content; every problem of it in one error. */
    ServerConfig read(Path file) {
        try {
            ConfigFile<ServerConfig> read = ConfigReader.server(file, Files.readAllBytes(file), environment);
            if (!read.valid()) {
                throw CliException.error(
                        read.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")),
                        "Mend " + file + " and start again; plumbline check --config " + file
                                + " looks without starting.");
            }
            return read.value();
        } catch (IOException cause) {
            throw CliException.error(
                    "The configuration " + file + " can't be read: " + cause, "See that --config names it right.");
        }
    }
}
