package dev.plumbline.cli.local;

import dev.plumbline.cli.CliContext;
import dev.plumbline.cli.CliException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigProblem;
import dev.plumbline.config.ConfigReader;
import dev.plumbline.config.Position;
import dev.plumbline.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
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
        return Optional.of(read(context.workingFolder().resolve(named), context.environment()));
    }

    private static ConfigFile<ServerConfig> read(Path file, Map<String, String> environment) {
        try {
            return RefusedVariables.told(ConfigReader.server(file, Files.readAllBytes(file), environment));
        } catch (NoSuchFileException e) {
            throw CliException.error(file + " can't be read: there is no such file.", "Correct --config.");
        } catch (IOException e) {
            throw new CliException(1, "The configuration " + file + " can't be read.", "Correct --config.", e);
        }
    }

    /**
     * The configuration of a file.
     *
     * @throws CliException where it can't be read, or has problems
     */
    public static ServerConfig valid(Path file, Map<String, String> environment) {
        return valid(read(file, environment));
    }

    /**
     * The home that a file names, whatever else may be wrong with it: commands that only look for the server have no use for the
     * secrets that it takes from the environment.
     *
     * @throws CliException where it can't be read
     */
    public static Path home(Path file, Map<String, String> environment) {
        ConfigFile<ServerConfig> read = read(file, environment);
        int line = read.positions().getOrDefault("home", Position.START).line();
        boolean known = read.valid()
                || read.positions().containsKey("home")
                        && read.problems().stream().noneMatch(problem -> problem.line() == line);
        return known ? read.value().home() : valid(read).home();
    }

    /**
     * A configuration to work with: the defaults where none is named.
     *
     * @throws CliException where it can't be read, or has problems
     */
    public static ServerConfig valid(CliContext context) {
        return read(context).map(ServerSettings::valid).orElseGet(() -> ServerConfig.defaults(context.home()));
    }

    private static ServerConfig valid(ConfigFile<ServerConfig> file) {
        if (!file.valid()) {
            throw CliException.error(
                    file.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")),
                    "Correct the configuration; 'plumbline check --config FILE' looks at it again.");
        }
        return file.value();
    }
}
