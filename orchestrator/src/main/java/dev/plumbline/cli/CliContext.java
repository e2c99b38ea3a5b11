package dev.plumbline.cli;

import dev.plumbline.cli.screen.Pace;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.web.ApiJson;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What every command stands on; one for each run of the program.
 *
 * @param workingFolder absolute; relative paths are meant from here
 * @param configuredHome the {@code home} that a server.yaml names, if it does; throws a {@link CliException} where the file is wrong
 * @param options filled by the time a command runs
 */
public record CliContext(
        Terminal terminal,
        Map<String, String> environment,
        Path workingFolder,
        Clock clock,
        Pace pace,
        Function<Path, Optional<Path>> configuredHome,
        GlobalOptions options) {
    /** The context of this very process. */
    public static CliContext ofProcess(Function<Path, Optional<Path>> configuredHome) {
        Map<String, String> environment = System.getenv();
        return new CliContext(
                Terminal.ofProcess(environment, System.getProperties()),
                environment,
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                Pace.real(),
                configuredHome,
                new GlobalOptions());
    }

    /**
     * The home: {@code --home}, else that of {@code --config}, else {@code $PLUMBLINE_HOME}, else {@code plumbline} in
     * {@code $XDG_DATA_HOME} or {@code $HOME/.local/share}.
     */
    public Path home() {
        return workingFolder.resolve(unresolvedHome()).normalize();
    }

    /** The home of commands that are given none: as {@link #home}, but for {@code --home} and {@code --config}. */
    public Optional<Path> usualHome() {
        return variable("PLUMBLINE_HOME")
                .or(() -> variable("XDG_DATA_HOME").map(folder -> folder.resolve("plumbline")))
                // Not Java's user.home, which reads the password file and ignores $HOME.
                .or(() -> variable("HOME").map(folder -> folder.resolve(".local/share/plumbline")))
                .map(home -> workingFolder.resolve(home).normalize());
    }

    /** Prints a value as JSON, as the API would give it but indented. */
    public void printJson(Object value) {
        terminal.line(new ApiJson().pretty(value));
    }

    /**
     * Turns {@code --json} away: for commands that have no result which could be JSON.
     *
     * @param next what to do instead, as a sentence
     */
    public void refuseJson(String command, String next) {
        if (options.json()) {
            throw new CliException(ExitStatus.USAGE, command + " has no result that --json could print.", next);
        }
    }

    private Path unresolvedHome() {
        Path given = options.home();
        if (given != null) {
            return given;
        }
        Path config = options.config();
        if (config != null) {
            Optional<Path> configured = configuredHome.apply(workingFolder.resolve(config));
            if (configured.isPresent()) {
                return configured.get();
            }
        }
        return usualHome()
                .orElseThrow(() -> CliException.error(
                        "There is no home folder: neither PLUMBLINE_HOME nor HOME is set.",
                        "Give one with --home DIR."));
    }

    private Optional<Path> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
