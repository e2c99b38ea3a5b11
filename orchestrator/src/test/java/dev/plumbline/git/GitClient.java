package dev.plumbline.git;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The real {@code git} in a folder, untouched by the user's own configuration. */
public final class GitClient {
    private final Path folder;
    private final Map<String, String> more;

    public GitClient(Path folder) {
        this(folder, Map.of());
    }

    private GitClient(Path folder, Map<String, String> more) {
        this.folder = folder;
        this.more = more;
    }

    /** The same checkout, in which commits are made at that time: Git negotiates in the order of time. */
    public GitClient at(Instant time) {
        return new GitClient(folder, Map.of("GIT_COMMITTER_DATE", "@" + time.getEpochSecond() + " +0000"));
    }

    /** The same checkout, with further variables in the environment. */
    public GitClient with(Map<String, String> environment) {
        return new GitClient(folder, environment);
    }

    /** Skips the test, aloud, where there is no {@code git}. */
    public static void required() {
        RealParts.git();
    }

    /** A new checkout on main. */
    public static GitClient init(Path folder) {
        required();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        GitClient made = new GitClient(folder);
        made.run("init", "-q", "-b", "main");
        return made;
    }

    /**
     * @param exit its exit status
     * @param output both streams, as they came
     */
    public record Ended(int exit, String output) {}

    public Path folder() {
        return folder;
    }

    /** What it printed, without space at the ends; it must succeed. */
    public String run(String... words) {
        Ended ended = tryRun(words);
        assertThat(ended.exit())
                .as("git %s: %s", List.of(words), ended.output())
                .isZero();
        return ended.output().strip();
    }

    public Ended tryRun(String... words) {
        return tryRun(line -> {}, words);
    }

    /** Hands over each line while the command runs. */
    public Ended tryRun(Consumer<String> eachLine, String... words) {
        try {
            Process git = start(words);
            StringBuilder all = new StringBuilder();
            try (BufferedReader lines = git.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    all.append(line).append('\n');
                    eachLine.accept(line);
                }
            }
            assertThat(git.waitFor(60, SECONDS)).isTrue();
            return new Ended(git.exitValue(), all.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("GIT_") || name.endsWith("_proxy") || name.startsWith("PLUMBLINE_"));
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_TERMINAL_PROMPT", "0",
                        "GIT_AUTHOR_NAME", "Ada",
                        "GIT_AUTHOR_EMAIL", "ada@example.com",
                        "GIT_COMMITTER_NAME", "Ada",
                        "GIT_COMMITTER_EMAIL", "ada@example.com",
                        "LC_ALL", "C.UTF-8"));
        builder.environment().putAll(more);
        return builder.start();
    }

    public GitClient write(String path, String content) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits all that stands in the folder. */
    public CommitSha commit(String message) {
        run("add", "-A");
        run("commit", "-q", "--allow-empty", "-m", message);
        return head();
    }

    public CommitSha head() {
        return new CommitSha(run("rev-parse", "HEAD"));
    }

    /** Puts all branches into a mirror of a local folder, without a server. */
    public void sendTo(Mirror mirror) {
        run("push", "-q", "-f", mirror.repository().getDirectory().getPath(), "refs/heads/*:refs/heads/*");
    }
}
