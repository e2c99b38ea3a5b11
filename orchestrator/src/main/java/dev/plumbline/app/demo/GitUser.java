package dev.plumbline.app.demo;

import dev.plumbline.process.Command;
import dev.plumbline.process.CommandOutput;
import dev.plumbline.process.CommandResult;
import dev.plumbline.process.CommandRunner;
import dev.plumbline.process.SearchPath;
import dev.plumbline.secret.TerminalText;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The real {@code git}, as a user of its own: neither reads nor changes anybody's configuration. */
final class GitUser {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final String NAME = "Ann Planner";
    private static final String MAIL = "ann@example.com";

    private final Path program;
    private final Path folder;
    private final Map<String, String> environment;
    private final CommandRunner runner;
    private final Clock clock;

    GitUser(DemoFolder folder, Map<String, String> environment, Clock clock) {
        SearchPath path = SearchPath.parse(environment.getOrDefault("PATH", ""));
        this.program = path.find("git")
                .orElseThrow(() -> new StepFailed(
                        "git is not on PATH; install it (Debian, Ubuntu: apt install git; macOS: brew install git)"));
        this.folder = folder.repository();
        this.environment = environment(folder, environment);
        this.runner = new CommandRunner(path);
        this.clock = clock;
    }

    private static Map<String, String> environment(DemoFolder folder, Map<String, String> outer) {
        Map<String, String> own = new HashMap<>();
        own.put("PATH", outer.getOrDefault("PATH", ""));
        own.put("HOME", folder.user().toString());
        own.put("LC_ALL", "C.UTF-8");
        own.put("GIT_CONFIG_GLOBAL", "/dev/null");
        own.put("GIT_CONFIG_NOSYSTEM", "1");
        own.put("GIT_TEMPLATE_DIR", "");
        own.put("GIT_TERMINAL_PROMPT", "0");
        own.put("GIT_MERGE_AUTOEDIT", "no");
        own.put("GIT_AUTHOR_NAME", NAME);
        own.put("GIT_AUTHOR_EMAIL", MAIL);
        own.put("GIT_COMMITTER_NAME", NAME);
        own.put("GIT_COMMITTER_EMAIL", MAIL);
        return own;
    }

    /** Runs it to its end; each line is given away at once. */
    Ended run(List<String> arguments, Consumer<String> onLine) {
        List<Ended.Line> lines = Collections.synchronizedList(new ArrayList<>());
        Consumer<String> keep = raw -> {
            String text = cleaned(raw);
            // JGit's own progress, which is none.
            if (!text.startsWith("remote: Updating references")) {
                lines.add(new Ended.Line(clock.instant(), text));
                onLine.accept(text);
            }
        };
        Command command = new Command(program, arguments, folder, environment, PATIENCE, GRACE);
        CommandResult result = runner.run(command, CommandOutput.lines(keep, keep));
        String typed = "git " + String.join(" ", arguments);
        if (result instanceof CommandResult.Exited exited) {
            return new Ended(typed, exited.code(), new ArrayList<>(lines));
        }
        if (result instanceof CommandResult.TimedOut) {
            throw new StepFailed("'" + typed + "' took longer than " + PATIENCE.toMinutes() + " minutes");
        }
        throw new StepFailed(
                result instanceof CommandResult.NotStarted missing
                        ? "'" + typed + "' did not start: " + missing.reason()
                        : "'" + typed + "' was interrupted");
    }

    /** What is left of it on a terminal: git writes over its own progress, and fills lines from a server with spaces. */
    private static String cleaned(String raw) {
        String shown = raw.stripTrailing();
        return TerminalText.safe(shown.substring(shown.lastIndexOf('\r') + 1)).stripTrailing();
    }
}
