package dev.plumbline.cli.local;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigProblem;
import dev.plumbline.config.ConfigReader;
import dev.plumbline.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** The server.yaml that {@code --config} names. */
public final class ServerSettings {
    private ServerSettings() {}

    /**
     * What stands in it, with its problems; empty where none is named.
     *
     * @throws CliException where it can't be read at all
     */
    static Optional<ConfigFile<ServerConfig>> read(CliContext context) {
        Path named = context.options().config();
        if (named == null) {
            return Optional.empty();
        }
        Path file = context.workingFolder().resolve(named);
        try {
            return Optional.of(ConfigReader.server(file, Files.readAllBytes(file), context.environment()));
        } catch (IOException e) {
            throw new CliException(1, "The configuration " + file + " can't be read.", "Correct --config.", e);
        }
    }

    /**
     * A configuration to work with: the defaults where none is named.
     *
     * @throws CliException where it can't be read, or has problems
     */
    public static ServerConfig valid(CliContext context) {
        Optional<ConfigFile<ServerConfig>> read = read(context);
        read.filter(file -> !file.valid()).ifPresent(file -> {
            throw CliException.error(
                    file.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")),
                    "Correct the configuration; 'plumbline check --config FILE' looks at it again.");
        });
        return read.map(ConfigFile::value).orElseGet(() -> ServerConfig.defaults(context.home()));
    }
}
