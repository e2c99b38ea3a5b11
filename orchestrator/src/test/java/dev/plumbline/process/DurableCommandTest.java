package dev.plumbline.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Path run;

    @BeforeEach
    void nameTheRun() {
        run = folder.resolve("run 1 'quoted' $x");
    }

    @Test
    void a_command_outlives_a_killed_jvm_and_is_adopted() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DurableStarter.class.getName(),
                        run.toString(),
                        folder.toString(),
                        "until [ -e go ]; do sleep 0.05; done; echo finished by itself; exit 6")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("started");
        } finally {
            jvm.destroyForcibly();
        }
        jvm.waitFor();

        DurableCommand adopted = DurableCommand.adopt(run);
        assertThat(adopted.status()).isEqualTo(new DurableStatus.Running());
        Files.createFile(folder.resolve("go"));
        assertThat(adopted.await(LIMIT)).isEqualTo(new DurableStatus.Exited(6));
        assertThat(adopted.output()).hasContent("finished by itself");
        assertThat(DurableCommand.adopt(run).status()).isEqualTo(new DurableStatus.Exited(6));
        assertPrivateAndWithoutSecrets();
    }

    @Test
    void termination_reaches_the_program_which_may_end_well() throws Exception {
        DurableCommand command =
                start("trap 'echo saved; exit 4' TERM; sleep 300 & echo $! >grandchild; while :; do wait; done");
        await().until(() -> Files.exists(folder.resolve("grandchild")) && Files.size(folder.resolve("grandchild")) > 0);

        assertThat(command.terminate(LIMIT)).isEqualTo(new DurableStatus.Exited(4));
        assertThat(command.output()).hasContent("saved");
        assertGone("grandchild");
    }

    @Test
    void a_program_that_does_not_end_is_killed_after_the_grace_and_that_is_written_down() throws Exception {
        DurableCommand command = start("trap '' TERM; sleep 300 & echo $! >grandchild; while :; do wait; done");
        await().until(() -> Files.exists(folder.resolve("grandchild")) && Files.size(folder.resolve("grandchild")) > 0);

        assertThat(command.terminate(Duration.ofMillis(200))).isEqualTo(new DurableStatus.Exited(137));
        assertGone("grandchild");
    }

    @Test
    void a_wrapper_that_was_killed_leaves_a_lost_command() throws Exception {
        DurableCommand command = start("echo $PPID >wrapper; exec sleep 300");
        await().until(() -> Files.exists(folder.resolve("wrapper")) && Files.size(folder.resolve("wrapper")) > 0);
        long wrapper =
                Long.parseLong(Files.readString(folder.resolve("wrapper")).strip());
        ProcessHandle.of(wrapper).orElseThrow().destroyForcibly();

        assertThat(command.await(LIMIT))
                .isEqualTo(new DurableStatus.Lost("its process " + wrapper + " is gone and left no exit status"));
        assertThat(ProcStat.all().stream().filter(process -> process.session() == wrapper && process.alive()))
                .isEmpty();
    }

    @Test
    void the_wrapper_itself_stands_every_polite_signal() throws Exception {
        DurableCommand command = start("echo $PPID >wrapper; until [ -e go ]; do sleep 0.05; done; exit 9");
        await().until(() -> Files.exists(folder.resolve("wrapper")) && Files.size(folder.resolve("wrapper")) > 0);
        String wrapper = Files.readString(folder.resolve("wrapper")).strip();
        for (String signal : List.of("-INT", "-TERM", "-HUP")) {
            assertThat(new ProcessBuilder("kill", signal, wrapper).start().waitFor())
                    .isZero();
        }
        Files.createFile(folder.resolve("go"));

        assertThat(command.await(LIMIT)).isEqualTo(new DurableStatus.Exited(9));
    }

    @Test
    void another_process_with_the_same_pid_is_not_taken_for_the_command() throws Exception {
        DurableCommand command = start("exit 0");
        command.await(LIMIT);
        Files.delete(run.resolve("exit"));
        ProcStat self = ProcStat.of(ProcessHandle.current().pid()).orElseThrow();
        String line = Files.readString(Path.of("/proc/self/stat")).replace(" " + self.startTime() + " ", " 1 ");
        Files.writeString(run.resolve("pid"), line);

        assertThat(command.status()).isInstanceOf(DurableStatus.Lost.class);
        assertThat(command.terminate(Duration.ZERO)).isInstanceOf(DurableStatus.Lost.class);
    }

    @Test
    void a_command_of_an_earlier_boot_is_lost() throws Exception {
        start("exit 0").await(LIMIT);
        Files.delete(run.resolve("exit"));
        Files.writeString(run.resolve("boot"), "another");

        assertThat(DurableCommand.adopt(run).status())
                .isEqualTo(new DurableStatus.Lost("the machine was restarted while it ran"));
    }

    @Test
    void a_start_that_was_given_up_never_begins() throws Exception {
        RunFolder files = new RunFolder(run);
        PrivateFiles.createFolder(run);
        PrivateFiles.createFile(files.boot(), RunFolder.currentBoot());
        DurableCommand adopted = DurableCommand.adopt(run);
        assertThat(adopted.status()).isEqualTo(new DurableStatus.Lost("it was given up before it had begun"));

        List<String> late = List.of(Wrapper.line(Path.of("/usr/bin/setsid"), command("touch ran"), files)
                .toStrings());
        assertThat(new ProcessBuilder(late).directory(folder.toFile()).start().waitFor())
                .isEqualTo(125);
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void a_run_folder_is_used_once() throws Exception {
        start("exit 0").await(LIMIT);
        assertThatThrownBy(() -> start("exit 0")).isInstanceOf(DurableCommandException.class);
        assertThatThrownBy(() -> DurableCommand.adopt(folder.resolve("none")))
                .hasMessage("No command was started with its files in " + folder.resolve("none"));
    }

    private DurableCommand start(String script) {
        return DurableCommand.start(command(script), run);
    }

    private Command command(String script) {
        return new Command(
                Path.of("/bin/sh"),
                List.of("-c", script),
                folder,
                Map.of("PATH", "/usr/bin:/bin"),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5));
    }

    private void assertGone(String pidFile) throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve(pidFile)).strip());
        assertThat(ProcStat.of(pid).filter(ProcStat::alive)).isEmpty();
    }

    private void assertPrivateAndWithoutSecrets() throws IOException {
        assertThat(Files.getPosixFilePermissions(run)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.toList()) {
                assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
                assertThat(file).content().doesNotContain("very-secret");
            }
        }
    }
}
