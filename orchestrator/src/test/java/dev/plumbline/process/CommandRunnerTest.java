package dev.plumbline.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunnerTest {
    @TempDir
    Path folder;

    private final CommandRunner runner = new CommandRunner(SearchPath.parse(System.getenv("PATH")));
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    @Test
    void arguments_arrive_exactly_as_given() {
        List<String> hostile =
                List.of("  a b ", "\"quoted\"", "'x'", "$HOME", "; rm -rf /", "*", "", "ünïcode 😀", "${a}");
        List<String> arguments = new java.util.ArrayList<>(List.of("[%s]\n"));
        arguments.addAll(hostile);
        CommandResult result = runner.run(command("/usr/bin/printf", arguments), CommandOutput.lines(lines::add));

        assertThat(result).isEqualTo(new CommandResult.Exited(0, ""));
        assertThat(lines)
                .containsExactlyElementsOf(
                        hostile.stream().map(text -> "[" + text + "]").toList());
    }

    @Test
    void the_environment_is_what_was_given_and_nothing_else() {
        Command command = new Command(
                Path.of("/usr/bin/env"),
                List.of(),
                folder,
                Map.of("ONLY", "this one", "SECRET", "s=1"),
                Duration.ofSeconds(20),
                Duration.ofSeconds(1));
        runner.run(command, CommandOutput.lines(lines::add));

        assertThat(lines).containsExactlyInAnyOrder("ONLY=this one", "SECRET=s=1");
        assertThat(command.toString()).doesNotContain("this one");
    }

    @Test
    void both_streams_arrive_and_the_error_tail_is_kept() {
        ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
        CommandResult result = shell("echo out; echo broken >&2; exit 7", CommandOutput.lines(lines::add, errors::add));

        assertThat(result).isEqualTo(new CommandResult.Exited(7, "broken\n"));
        assertThat(lines).containsExactly("out");
        assertThat(errors).containsExactly("broken");
    }

    @Test
    void a_command_over_its_time_is_stopped_with_all_that_it_started() {
        Command command = shellCommand(
                "sleep 300 & echo $!; setsid_free=1; (sleep 300; true) & wait",
                Duration.ofMillis(500),
                Duration.ofMillis(300));
        CommandResult result = runner.run(command, CommandOutput.lines(lines::add));

        assertThat(result).isInstanceOf(CommandResult.TimedOut.class);
        assertNothingIsLeftOf(Long.parseLong(lines.element()));
    }

    @Test
    void a_command_that_ignores_the_request_is_killed_after_the_grace() throws Exception {
        CancelSignal signal = new CancelSignal();
        CompletableFuture<CommandResult> result = CompletableFuture.supplyAsync(() -> runner.run(
                shellCommand(
                        "trap '' TERM; sleep 300 & echo $!; while :; do wait; done",
                        Duration.ofMinutes(1),
                        Duration.ofMillis(300)),
                CommandOutput.lines(lines::add),
                signal));
        await().until(() -> !lines.isEmpty());
        signal.cancel();

        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(new CommandResult.Cancelled());
        assertNothingIsLeftOf(Long.parseLong(lines.element()));
    }

    @Test
    void a_command_that_ends_well_leaves_nothing_behind_either() {
        CommandResult result = shell("sleep 300 & echo $!; exit 0", CommandOutput.lines(lines::add));

        assertThat(result).isEqualTo(new CommandResult.Exited(0, ""));
        assertNothingIsLeftOf(Long.parseLong(lines.element()));
    }

    @Test
    void sigterm_reaches_the_program_alone_and_once() throws Exception {
        CancelSignal signal = new CancelSignal();
        Path seen = folder.resolve("seen");
        CompletableFuture<CommandResult> result = CompletableFuture.supplyAsync(() -> runner.run(
                shellCommand(
                        "(trap 'echo child >>seen; exit' TERM; while :; do sleep 0.1; done) & "
                                + "trap 'echo program >>seen' TERM; echo ready; wait; kill -KILL $!; exit 3",
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(10)),
                CommandOutput.lines(lines::add),
                signal));
        await().until(() -> !lines.isEmpty());
        signal.cancel();
        signal.cancel();

        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(new CommandResult.Cancelled());
        assertThat(seen).hasContent("program");
    }

    @Test
    void an_interrupt_of_the_waiting_thread_cancels_and_is_kept() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            CommandResult result = shell("echo $$; sleep 300", CommandOutput.lines(lines::add));
            interrupted.complete(result instanceof CommandResult.Cancelled
                    && Thread.currentThread().isInterrupted());
        });
        waiting.start();
        await().until(() -> !lines.isEmpty());
        waiting.interrupt();

        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
        assertNothingIsLeftOf(Long.parseLong(lines.element()));
    }

    @Test
    void what_is_missing_is_named() {
        assertThat(runner.run(command("/no/such/program", List.of()), CommandOutput.lines(lines::add)))
                .isEqualTo(new CommandResult.NotStarted(
                        "/no/such/program is not an executable file; install it or correct its path"));
        Command lost = new Command(
                Path.of("/bin/true"),
                List.of(),
                folder.resolve("gone"),
                Map.of(),
                Duration.ofSeconds(1),
                Duration.ZERO);
        assertThat(runner.run(lost, CommandOutput.lines(lines::add)))
                .isEqualTo(new CommandResult.NotStarted(
                        "The folder to run true in is missing: " + folder.resolve("gone")));
    }

    @Test
    void nothing_runs_after_a_cancellation() {
        CancelSignal signal = new CancelSignal();
        signal.cancel();
        CommandResult result = runner.run(
                shellCommand("touch ran", Duration.ofSeconds(9), Duration.ZERO),
                CommandOutput.lines(lines::add),
                signal);

        assertThat(result).isEqualTo(new CommandResult.Cancelled());
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void a_failing_receiver_stops_the_command_and_is_heard_of() {
        assertThatThrownBy(() -> shell("yes", CommandOutput.lines(line -> {
                    throw new IllegalStateException("disk full");
                })))
                .hasMessage("disk full");
    }

    @Test
    void bytes_arrive_unchanged() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        shell("head -c 300000 /dev/zero; printf '\\377\\r\\n'", CommandOutput.bytes(bytes));

        assertThat(bytes.size()).isEqualTo(300_003);
        assertThat(bytes.toByteArray()[300_000]).isEqualTo((byte) 0xFF);
    }

    @Test
    void a_line_without_end_is_cut() throws IOException {
        try (LineStream stream = new LineStream(lines::add, 5)) {
            stream.write("123456789\nab\r\nlast".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(lines).containsExactly("12345", "ab", "last");
    }

    @Test
    void a_process_name_may_hold_anything() {
        assertThat(ProcStat.parse("42 (a) b (c) S 7 42 42 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9913 1 2 3"))
                .contains(new ProcStat(42, 'S', 7, 42, 9913));
        assertThat(ProcStat.parse("given up")).isEmpty();
    }

    @Test
    void relative_folders_are_no_part_of_a_search_path() throws IOException {
        Path tool = Files.createFile(folder.resolve("tool"));
        assertThat(SearchPath.parse(":.:" + folder).find("tool")).isEmpty();
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        assertThat(SearchPath.parse(":.:" + folder).find("tool")).contains(tool);
        assertThat(SearchPath.parse(":.:relative").folders()).isEmpty();
    }

    private CommandResult shell(String script, CommandOutput output) {
        return runner.run(shellCommand(script, Duration.ofSeconds(30), Duration.ofSeconds(2)), output);
    }

    private Command shellCommand(String script, Duration limit, Duration grace) {
        return new Command(
                Path.of("/bin/sh"), List.of("-c", script), folder, Map.of("PATH", "/usr/bin:/bin"), limit, grace);
    }

    private Command command(String program, List<String> arguments) {
        return new Command(
                Path.of(program), arguments, folder, Map.of(), Duration.ofSeconds(20), Duration.ofSeconds(1));
    }

    private static void assertNothingIsLeftOf(long pid) {
        assertThat(ProcStat.of(pid).filter(ProcStat::alive)).isEmpty();
    }
}
