package dev.plumbline.app.benchmark;

import dev.plumbline.process.CancelSignal;
import dev.plumbline.process.Command;
import dev.plumbline.process.CommandOutput;
import dev.plumbline.process.CommandResult;
import dev.plumbline.process.CommandRunner;
import dev.plumbline.process.SearchPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A temporary folder, and programs that are run in it and timed. */
final class Workbench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int LAST_LINES = 20;
    private static final int SWEEPS = 50;

    private final Path folder;
    private final Map<String, String> environment;
    private final SearchPath path;
    private final CommandRunner runner;

    /** How a program ended, and how long it took by the wall clock. */
    record Ended(double millis, List<String> lines) {}

    /** @param outer this process's environment: programs get it, but for a Git configuration and identity of their own */
    Workbench(Map<String, String> outer) {
        this.folder = make(outer);
        this.environment = new HashMap<>(outer);
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        for (String role : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + role + "_NAME", "Ann Planner");
            environment.put("GIT_" + role + "_EMAIL", "ann@example.com");
        }
        // For bare Terraform as for the server's: it would ask its maker for news at each start.
        environment.put("CHECKPOINT_DISABLE", "1");
        this.path = SearchPath.parse(outer.getOrDefault("PATH", ""));
        this.runner = new CommandRunner(path);
    }

    private static Path make(Map<String, String> outer) {
        String named = outer.getOrDefault("TMPDIR", "");
        Path place = Path.of(named.isBlank() ? System.getProperty("java.io.tmpdir", "/tmp") : named);
        try {
            return Files.createTempDirectory(place.toRealPath(), "plumbline-benchmark-");
        } catch (IOException cause) {
            throw new UncheckedIOException("No folder can be made in " + place, cause);
        }
    }

    Path folder() {
        return folder;
    }

    Path program(String name) {
        return path.find(name).orElseThrow(() -> new BenchmarkFailed(name + " is not on PATH; install it first"));
    }

    /** Runs a program that must end well. */
    Ended run(Path in, List<String> words) {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        long began = System.nanoTime();
        CommandResult result = start(in, words, lines::add, new CancelSignal());
        double millis = (System.nanoTime() - began) / 1e6;
        if (result instanceof CommandResult.Exited exited && exited.code() == 0) {
            return new Ended(millis, List.copyOf(lines));
        }
        List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        throw new BenchmarkFailed("'" + String.join(" ", words) + "' in " + in + " ended badly ("
                + result.getClass().getSimpleName() + "):\n" + String.join("\n", last));
    }

    /** Runs a program until it ends or is cancelled. */
    CommandResult start(Path in, List<String> words, Consumer<String> onLine, CancelSignal signal) {
        Path named = Path.of(words.get(0));
        Path program = named.isAbsolute() ? named : program(words.get(0));
        Command command = new Command(program, words.subList(1, words.size()), in, environment, PATIENCE, GRACE);
        return runner.run(command, CommandOutput.lines(onLine, onLine), signal);
    }

    /** Removes everything. */
    @Override
    public void close() {
        for (int sweep = 0; sweep < SWEEPS && Files.exists(folder); sweep++) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException | java.nio.file.DirectoryNotEmptyException stillInUse) {
                // A process that is just ending wrote or removed something: once more.
            } catch (IOException cause) {
                throw new UncheckedIOException("The folder " + folder + " can't be removed", cause);
            }
        }
    }
}
