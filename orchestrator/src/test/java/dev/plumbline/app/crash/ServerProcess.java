package dev.plumbline.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.app.Plumbline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real server in a JVM of its own, so that it can be killed at any instant. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern REMOTE = Pattern.compile("git remote add plumbline http://(\\S+)/main\\.git");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path home;
    private final Path said;

    private ServerProcess(Process process, Path home, Path said) {
        this.process = process;
        this.home = home;
        this.said = said;
    }

    /**
     * @param status its exit status
     * @param said both of its streams
     */
    record Ended(int status, String said) {}

    /** Starts it without waiting for anything; what it says is added to a file beside the home. */
    static ServerProcess launch(Path home, List<String> prefix, String... options) {
        try {
            Path said = Files.createTempFile(home.toAbsolutePath().getParent(), "server", ".out");
            List<String> line = new ArrayList<>(prefix);
            line.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    // The program's own, not the tests'.
                    "-Dlogback.configurationFile=logback.xml",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Plumbline.class.getName(),
                    "serve",
                    "--home",
                    home.toString()));
            line.addAll(List.of(options));
            ProcessBuilder builder =
                    new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile());
            builder.environment().remove("PLUMBLINE_HOME");
            return new ServerProcess(builder.start(), home, said);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** Starts it, and waits until it serves. */
    static ServerProcess start(Path home, List<String> prefix, String... options) {
        ServerProcess server = launch(home, prefix, options);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> server.address().isPresent() || !server.process.isAlive());
        assertThat(server.address()).as("the server serves: %s", server.said()).isPresent();
        return server;
    }

    /** Where a repository of its built-in forge is pushed to, with the owner's token in it. */
    String remote(String repository) {
        try {
            return "http://plumbline:" + Files.readString(home.resolve("token")).strip() + "@"
                    + address().orElseThrow() + "/" + repository + ".git";
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private Optional<String> address() {
        Matcher found = REMOTE.matcher(said());
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    String said() {
        try {
            return Files.readString(said);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    long pid() {
        return process.pid();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        ended();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGTERM, and waits for the end. */
    Ended stop() {
        terminate();
        return ended();
    }

    /** Waits for the end. */
    Ended ended() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("the server ended: %s", said())
                    .isTrue();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
        return new Ended(process.exitValue(), said());
    }

    @Override
    public void close() {
        kill();
    }
}
