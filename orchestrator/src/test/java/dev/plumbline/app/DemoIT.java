package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.RealParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumbline demo} from the built jar, in a process of its own, as it is and sabotaged by real means. */
class DemoIT {
    private static final int PATIENCE_SECONDS = 120;
    private static final int COLUMNS = 80;

    @TempDir
    private Path folder;

    private Path temporary = Path.of("");
    private Path out = Path.of("");
    private Path err = Path.of("");
    private Optional<Process> started = Optional.empty();

    @BeforeEach
    void needs_real_parts() throws IOException {
        RealParts.git();
        RealParts.terraform();
        temporary = Files.createDirectory(folder.resolve("tmp"));
        out = folder.resolve("out");
        err = folder.resolve("err");
    }

    @AfterEach
    void ends_what_it_started() {
        started.ifPresent(Process::destroyForcibly);
    }

    @Test
    void it_tells_the_whole_story_and_leaves_nothing_behind() throws Exception {
        int status = ended(demo(path()));

        assertThat(status).as(said()).isZero();
        assertThat(Files.readString(out))
                .contains(
                        "Step 1 of 8: Start a server",
                        "[ok] nothing was applied that nobody has seen",
                        "remote:   stacks/network  stacks/network/main.tf changed",
                        "remote:   stacks/app  reads stacks/network.app_subnet",
                        "\"10.20.1.0/24\" -> \"10.30.1.0/24\"",
                        "[ok] the plans came live",
                        "remote: done: 3 applied",
                        "state of stacks/network: serial",
                        "A service runs 1 to 10 replicas.",
                        "drift in main:stacks/dns",
                        "$ plumbline why worker",
                        "That was the whole story");
        assertThat(Files.readAllLines(out))
                .as("nothing is wider than a terminal, and nothing is coloured where there is none")
                .allSatisfy(line ->
                        assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS).doesNotContain("\u001b"));
        assertThat(err).isEmptyFile();
        nothingIsLeft();
    }

    @Test
    void a_push_that_fails_fails_the_demo_and_names_the_step() throws Exception {
        Path sabotaged = broken("git", "push", "echo the network is down >&2; exit 1");

        int status = ended(demo(sabotaged + ":" + path()));

        assertThat(status).as(said()).isEqualTo(1);
        assertThat(Files.readString(err))
                .contains("The demo failed in step 2, 'Push main for the first time'", "the network is down");
        onlyTheLogIsLeft();
    }

    @Test
    void an_apply_that_fails_fails_the_demo_and_names_the_step() throws Exception {
        Path sabotaged = broken("terraform", "apply", "exit 1");

        int status = ended(demo(sabotaged + ":" + path()));

        assertThat(status).as(said()).isEqualTo(1);
        assertThat(Files.readString(err)).contains("The demo failed in step 3, 'Approve what was shown'");
        onlyTheLogIsLeft();
    }

    @Test
    void an_apply_that_claims_what_it_did_not_do_fails_the_demo() throws Exception {
        Path sabotaged = broken("terraform", "apply", "exit 0");

        int status = ended(demo(sabotaged + ":" + path()));

        assertThat(status).as(said()).isEqualTo(1);
        assertThat(Files.readString(err)).contains("The demo failed in step 3, 'Approve what was shown'");
        onlyTheLogIsLeft();
    }

    @Test
    void a_missing_place_for_its_files_fails_the_demo_and_is_named() throws Exception {
        Files.delete(temporary);

        int status = ended(demo(path()));

        assertThat(status).as(said()).isEqualTo(1);
        assertThat(Files.readString(err))
                .contains("The demo failed in step 1, 'Start a server'", "No folder can be made in " + temporary);
    }

    @Test
    void interrupted_in_the_middle_it_leaves_nothing_behind() throws Exception {
        Process demo = demo(path());
        says(demo, "Step 3 of 8");

        demo.destroy();

        assertThat(ended(demo)).as(said()).isNotZero();
        nothingIsLeft();
    }

    @Test
    void kept_it_stays_for_further_commands_until_it_is_interrupted() throws Exception {
        Process demo = demo(path(), "--keep");
        says(demo, "$ git commit -am Mine && git push plumbline mine");
        Path home;
        try (Stream<Path> all = Files.list(temporary)) {
            home = all.filter(path -> path.getFileName().toString().startsWith("plumbline-demo-"))
                    .findFirst()
                    .orElseThrow()
                    .resolve("home");
        }
        assertThat(Files.readString(out)).contains("export PLUMBLINE_HOME=" + home.toRealPath());

        Path answer = folder.resolve("status");
        Process status = new ProcessBuilder(java("status", "--home", home.toString()))
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        assertThat(ended(status)).as(Files.readString(answer)).isZero();
        assertThat(Files.readString(answer)).contains("stacks/worker");
        demo.destroy();

        assertThat(ended(demo)).as(said()).isNotZero();
        nothingIsLeft();
    }

    private Process demo(String path, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("demo"));
        arguments.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(java(arguments.toArray(String[]::new)))
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(Map.of("PATH", path, "TMPDIR", temporary.toString()));
        Process demo = builder.start();
        started = Optional.of(demo);
        return demo;
    }

    private List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                Path.of("target", "plumbline.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A folder with a program in front of the real one, which does something else when a word is among its arguments. */
    private Path broken(String program, String word, String instead) throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path script = Files.createFile(
                bin.resolve(program),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(
                script,
                "#!/bin/sh\nfor word in \"$@\"; do case $word in " + word + ") " + instead + " ;; esac; done\nexec '"
                        + RealParts.program(program) + "' \"$@\"\n");
        return bin;
    }

    private static String path() {
        return System.getenv("PATH");
    }

    private void says(Process demo, String words) {
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> Files.readString(out).contains(words) || !demo.isAlive());
        assertThat(demo.isAlive()).as(said()).isTrue();
    }

    private int ended(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(said())
                .isTrue();
        return process.exitValue();
    }

    private String said() {
        try {
            return Files.readString(out) + Files.readString(err);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private void nothingIsLeft() throws IOException {
        assertThat(temporary).isEmptyDirectory();
        noProcessIsLeft();
    }

    private void onlyTheLogIsLeft() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(temporary)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        assertThat(files).singleElement().satisfies(log -> {
            assertThat(log).hasFileName("server.log");
            assertThat(Files.readString(err)).contains("The server's log is kept: " + log.toRealPath());
        });
        noProcessIsLeft();
    }

    private void noProcessIsLeft() {
        assertThat(ProcessHandle.allProcesses()
                        .map(ProcessHandle::info)
                        .flatMap(info -> info.commandLine().stream())
                        .filter(line -> line.contains(temporary.toString())))
                .isEmpty();
    }
}
