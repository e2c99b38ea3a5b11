package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.HandClock;
import dev.plumbline.cli.screen.Terminal;
import dev.plumbline.web.AccessToken;
import dev.plumbline.web.ApiJson;
import dev.plumbline.web.InMemoryOperations;
import dev.plumbline.web.ServerFile;
import dev.plumbline.web.Views;
import dev.plumbline.web.WebServer;
import dev.plumbline.web.WebSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

/** Commands as people type them, against a real server over HTTP, with what they print and their exit statuses. */
class CliTest {
    private static final AccessToken TOKEN = new AccessToken("token-of-this-test-0123");

    @TempDir
    private Path home;

    private final InMemoryOperations operations = new InMemoryOperations();
    private final WebServer server = operations.server(WebSettings.onLoopback(0), TOKEN, () -> true, Map.of());
    private final Map<String, String> environment = new HashMap<>();
    private final HandClock clock = new HandClock(InMemoryOperations.NOW);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private boolean live;
    private boolean colour;
    private int columns = Terminal.UNLIMITED;

    @BeforeEach
    void start() {
        server.start();
        ServerFile.ofThisProcess(server.url(), null, TOKEN, Instant.now()).write(home);
        environment.put("PLUMBLINE_HOME", home.toString());
        environment.put("USER", "ada");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void status_shows_everything_at_a_glance_within_eighty_columns() {
        columns = 80;

        assertThat(run("status")).isZero();
        assertThat(out.toString()).isEqualTo("""
                        Plumbline 0.1.0 at http://127.0.0.1:8080, up 2 h; 1 run under way, 1 queued

                        Warnings:
                          Whoever can push can read what this user can read.

                        STACK           STATE              COMMIT   APPLIED    DRIFT
                            WHY
                        stacks/app      applied            1a2b3c4  5 min ago  1 differ
                            Applied as reviewed in #12.
                        stacks/network  awaiting-approval  -        -          unchecked
                            Pushed to main without a reviewed plan, so someone must approve it first.

                        REPOSITORY  FORGE  BRANCH  STATE        SEEN     WHY
                        infra       work   trunk   unreachable  1 h ago  git@git.example:infra (work)
                                                                         can't be reached

                        CHANGE        BRANCH    STATE     STACKS  UPDATED   WHY
                        team/infra#4  add-note  planning  1       30 s ago  Planning 1 of 1 stacks.

                        RUN  STACK       PHASE  STATE     COMMIT   QUEUED    TOOK  PLAN  WHY
                        r7   stacks/app  plan   planning  1a2b3c4  20 s ago  10 s  -     Pushed as #12.

                        Drift:
                          stacks/app: terraform_data.note.input differs from main

                        Waiting for you:
                          stacks/network waits for approval: plumbline approve stacks/network
                        """);
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void at_120_columns_reasons_stand_beside_their_rows_and_are_wrapped() {
        columns = 120;

        run("status");

        assertThat(out.toString()).contains("""
                        STACK           STATE              COMMIT   APPLIED    DRIFT      WHY
                        stacks/app      applied            1a2b3c4  5 min ago  1 differ   Applied as reviewed in #12.
                        stacks/network  awaiting-approval  -        -          unchecked  Pushed to main without a reviewed plan, so someone
                                                                                          must approve it first.
                        """);
    }

    @Test
    void the_history_of_a_stack_begins_with_its_applies() {
        columns = 120;

        run("history", "stacks/app");

        assertThat(out.toString()).isEqualTo("""
                        APPLY  WHEN       OUTCOME  COMMIT   DIGEST        BY           WHAT
                        r6     5 min ago  applied  1a2b3c4  0123456789ab  ada on work  team/infra#4 Add a note
                                                                                       (https://git.example/infra/pulls/4); approved by grace on
                                                                                       work, linus on work; to take it back: plumbline revert
                                                                                       team/infra#4

                        WHEN      BY     KIND     SUBJECT          WHAT
                        40 s ago  grace  approve  main:stacks/app  r7 change ab12
                        """);
    }

    @Test
    void an_empty_server_says_how_to_begin() {
        operations.empty = true;

        assertThat(run("status")).isZero();
        assertThat(out.toString())
                .isEqualTo("Plumbline 0.1.0 at http://127.0.0.1:8080, up 2 h; nothing is running\n\n"
                        + "No stacks yet: push a repository with Terraform code to this server.\n");
        assertThat(run("changes")).isZero();
        assertThat(run("runs")).isZero();
        assertThat(run("history")).isZero();
        assertThat(out.toString())
                .contains(
                        "No open changes. --all lists those that ended.\n",
                        "No runs yet.\n",
                        "Nothing was done yet.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status", "changes", "changes --all", "change 12", "runs", "history", "why app", "cancel app"})
    void json_before_or_after_the_command_is_the_api_answer_and_nothing_else(String typed) {
        assertThat(run((typed + " --json").split(" "))).isZero();
        String after = out.toString();
        out.getBuffer().setLength(0);
        assertThat(run(("--json " + typed).split(" "))).isZero();

        assertThat(out.toString()).isEqualTo(after);
        assertThat(new ApiJson().read(after.getBytes(StandardCharsets.UTF_8), Object.class))
                .isInstanceOfAny(Map.class, List.class);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void json_of_status_reads_back_as_the_view() {
        run("status", "--json");

        assertThat(new ApiJson().read(out.toString().getBytes(StandardCharsets.UTF_8), Views.Status.class))
                .isEqualTo(operations.status());
    }

    @Test
    void changes_and_one_change_are_listed_with_their_plans() {
        assertThat(run("changes", "--all")).isZero();
        assertThat(run("change", "#12")).isZero();
        assertThat(out.toString()).isEqualTo("""
                        CHANGE        BRANCH    STATE     STACKS  UPDATED   WHY
                        team/infra#4  add-note  planning  1       30 s ago  Planning 1 of 1 stacks.
                        team/infra#4  first     merged    1       30 s ago  Planning 1 of 1 stacks.
                        team/infra#4 Add a note
                        add-note at 1a2b3c4 by Ada, 30 s ago
                        https://git.example/infra/pulls/4
                        planned: Planning 1 of 1 stacks.

                        STACK       STATE    RUN  PLAN   WHY
                        stacks/app  planned  r7   +1 -2  stacks/app/main.tf changed

                        stacks/app: 1 to add
                          + terraform_data.note
                        """);
        out.getBuffer().setLength(0);
        run("change", "12", "--markdown");
        assertThat(out.toString()).isEqualTo("| a |\n");
    }

    @Test
    void runs_can_be_narrowed_to_a_stack_and_a_number() {
        assertThat(run("runs", "stacks/app", "--limit", "1")).isZero();
        assertThat(out.toString()).contains("r7   stacks/app  plan   planning  1a2b3c4  20 s ago  10 s  -     Pushed");
        assertThat(run("runs", "stacks/app", "--limit", "0")).isEqualTo(64);
        assertThat(run("runs", "gone")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no stack 'gone'.");
    }

    @Test
    void why_answers_in_one_sentence_and_what_it_rests_on() {
        assertThat(run("why", "app")).isZero();
        assertThat(out.toString()).isEqualTo("""
                        stacks/app is queued: Applied as reviewed in #12.
                          r7 holds its lane
                          1 run before it
                        """);
        assertThat(run("why", "ap")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("plumbline: There is no stack 'ap'. Near it: stacks/app.\n"
                        + "  See 'plumbline status' for the stacks and changes there are.\n");
    }

    @Test
    void logs_print_what_there_is_and_with_follow_go_on_to_the_end() {
        operations.log.addAll(List.of(chunk("one\n", 4, false), chunk("", 4, false)));
        assertThat(run("logs", "r7")).isZero();
        assertThat(out.toString()).isEqualTo("one\n");

        out.getBuffer().setLength(0);
        operations.log.addAll(
                List.of(chunk("one\n", 4, false), chunk("", 4, false), chunk("two\n", 8, false), chunk("", 8, true)));
        assertThat(run("logs", "7", "-f")).isZero();
        assertThat(out.toString()).isEqualTo("one\ntwo\n");
        assertThat(operations.log).isEmpty();
        assertThat(run("logs", "r9")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("plumbline: There is no run r9.\n  See 'plumbline runs' for those there are.\n");
    }

    @Test
    void acting_waits_for_the_end_and_tells_each_end_once() {
        operations.answer = acted(outcome("a", "queued", false, false), outcome("b", "applied", true, true));
        operations.later.add(List.of(outcome("a", "applying", false, false), outcome("b", "applied", true, true)));
        operations.later.add(List.of(outcome("a", "applied", true, true), outcome("b", "applied", true, true)));

        assertThat(run("approve", "a", "b")).isZero();
        assertThat(out.toString()).isEqualTo("b: applied: It is applied.\na: applied: It is applied.\n");
        assertThat(operations.asked).containsExactly("APPROVE [a, b] false owner");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void without_waiting_only_the_beginning_is_told() {
        operations.answer = acted(outcome("a", "queued", false, false));

        assertThat(run("retry", "--all", "--no-wait")).isZero();
        assertThat(out.toString()).isEqualTo("a: queued: It is queued.\n");
        assertThat(operations.asked).containsExactly("RETRY [] true owner");
    }

    @Test
    void a_failure_outranks_a_refusal_and_a_refusal_outranks_changes() {
        Views.Outcome drifted = InMemoryOperations.outcome("a", "planned", true, true, true);
        operations.answer = acted(drifted);
        assertThat(run("drift", "check", "--all")).isEqualTo(2);

        operations.answer = new Views.Acted(List.of(drifted), List.of("b waits for approval: plumbline approve b"));
        assertThat(run("drift", "check", "a", "b")).isEqualTo(3);
        assertThat(err.toString()).isEqualTo("plumbline: refused: b waits for approval: plumbline approve b\n");

        operations.answer = new Views.Acted(List.of(drifted, outcome("c", "failed", true, false)), List.of("No."));
        assertThat(run("drift", "check", "a", "c")).isEqualTo(1);

        operations.answer = acted();
        assertThat(run("apply", "a")).isZero();
        assertThat(out.toString()).endsWith("There is nothing to do.\n");
    }

    @Test
    void on_a_terminal_a_wait_of_more_than_two_seconds_is_shown_and_wiped() {
        operations.answer = acted(outcome("a", "queued", false, false));
        for (int i = 0; i < 10; i++) {
            operations.later.add(List.of(outcome("a", "applying", false, false)));
        }
        operations.later.add(List.of(outcome("a", "applied", true, true)));
        live = true;

        assertThat(run("approve", "a")).isZero();
        assertThat(err.toString()).contains("\r\u001b[Ka: applying (2 s)").endsWith("\r\u001b[K");
        assertThat(out.toString()).isEqualTo("a: applied: It is applied.\n");
    }

    @Test
    void colours_come_on_a_terminal_only_and_no_text_brings_its_own() {
        operations.reason = "Red \u001b[31malert\u0007\u001b]0;title\u0007";

        run("status");
        assertThat(out.toString())
                .contains("Red alert")
                .doesNotContain("\u001b")
                .doesNotContain("\u0007");

        colour = true;
        run("status");
        assertThat(out.toString()).contains("\u001b[32mapplied\u001b[0m").doesNotContain("\u001b[31malert");
    }

    @Test
    void no_server_says_where_it_looked_and_how_to_start_one() throws IOException {
        Files.delete(ServerFile.in(home));

        assertThat(run("status")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("plumbline: No server is running with the home " + home + ".\n"
                        + "  Start one with 'plumbline serve'; name the home of one that serves another with --home DIR or"
                        + " PLUMBLINE_HOME, or its address with --server URL.\n");
    }

    @Test
    void a_stale_server_file_says_that_the_server_is_down_and_sends_nothing() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        new ServerFile(server.url(), null, TOKEN.value(), ended.pid(), Instant.now()).write(home);

        assertThat(run("approve", "a")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("plumbline: The server is down: process " + ended.pid() + ", which ")
                .endsWith("  Start it again with 'plumbline serve'; work that was under way goes on then.\n");
        assertThat(operations.asked).isEmpty();
    }

    @Test
    void a_server_that_does_not_answer_is_named_with_the_reason() {
        server.close();

        assertThat(run("status")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("plumbline: The server at http://127.0.0.1:")
                .contains("does not answer: ");
    }

    @Test
    void a_server_elsewhere_is_named_by_url_with_its_token_in_the_environment() throws IOException {
        Files.delete(ServerFile.in(home));
        String url = server.url().toString();

        assertThat(run("status", "--server", url)).isEqualTo(1);
        assertThat(err.toString()).contains("There is no token for " + url, "PLUMBLINE_TOKEN");
        environment.put("PLUMBLINE_TOKEN", "wrong-token-0123456789");
        assertThat(run("approve", "a", "--server", url)).isEqualTo(1);
        assertThat(err.toString()).contains(url + ": This server does not know that token.");
        environment.put("PLUMBLINE_TOKEN", TOKEN.value());
        assertThat(run("--server", url + "/", "status")).isZero();
        assertThat(run("status", "--port", String.valueOf(server.port()))).isZero();
        assertThat(run("--server", "ftp://x", "status")).isEqualTo(64);
    }

    @Test
    void the_token_of_this_home_is_not_sent_to_another_port() {
        assertThat(run("status", "--port", "1")).isEqualTo(1);
        assertThat(err.toString()).contains("listens on " + server.url() + ", not on port 1");
    }

    @Test
    void the_home_comes_from_the_option_then_the_configuration_then_the_environment() {
        Path config = Path.of("/etc/server.yaml");
        assertThat(homeOf()).isEqualTo(home);
        assertThat(homeOf("--config", "server.yaml")).isEqualTo(Path.of("/configured/server.yaml"));
        assertThat(homeOf("--home", "rel", "--config", config.toString())).isEqualTo(Path.of("/project/rel"));
        environment.remove("PLUMBLINE_HOME");
        environment.put("HOME", "/home/ada");
        assertThat(homeOf()).isEqualTo(Path.of("/home/ada/.local/share/plumbline"));
        environment.put("XDG_DATA_HOME", "/data");
        assertThat(homeOf()).isEqualTo(Path.of("/data/plumbline"));
        environment.clear();
        assertThat(run("status")).isEqualTo(1);
        assertThat(err.toString()).contains("Give one with --home DIR.");
    }

    @ParameterizedTest(name = "plumbline {0}")
    @CsvSource({
        "statsu, plumbline status",
        "aprove, plumbline approve",
        "status --jsno, --json",
        "drift chek, drift check",
    })
    void a_typo_is_answered_with_the_nearest_name(String typed, String nearest) {
        assertThat(run(typed.split(" "))).isEqualTo(64);
        assertThat(err.toString()).contains(nearest);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest(name = "plumbline {0}")
    @ValueSource(
            strings = {
                "approve",
                "approve a --all",
                "drift",
                "why",
                "change x",
                "logs",
                "logs r0",
                "status x",
                "--port 70000 status",
                "--port x status",
                "runs --limit x",
                "history --limit 1001",
                "completion fish"
            })
    void wrong_usage_ends_with_64_and_no_stack_trace(String typed) {
        assertThat(run(typed.split(" "))).isEqualTo(64);
        assertThat(err.toString()).startsWith("plumbline: ").doesNotContain("\tat ");
        assertThat(operations.asked).isEmpty();
    }

    @Test
    void a_stack_trace_is_shown_with_debug_only() {
        assertThat(run("why", "explode")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("plumbline: The server failed at this.\n")
                .doesNotContain("\tat ");
        assertThat(run("--debug", "why", "explode")).isEqualTo(1);
        assertThat(err.toString()).contains("CliException", "\tat dev.plumbline.cli.");
    }

    @Test
    void help_and_version_are_for_standard_output_and_no_command_is_wrong_usage() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("plumbline ");
        assertThat(run("logs", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: plumbline logs", "--follow");
        assertThat(err.toString()).isEmpty();
        assertThat(run()).isEqualTo(64);
        assertThat(err.toString()).startsWith("Usage: plumbline");
    }

    @Test
    void further_commands_stand_beside_these_and_see_the_global_options() {
        CliContext context = context();
        int status = new Cli(context, Map.of("serve", () -> new Serve(context))).run("serve", "--port", "0");

        assertThat(status).isEqualTo(3);
        assertThat(out.toString()).isEqualTo("port 0\n");
    }

    @Command(name = "serve")
    private record Serve(CliContext context) implements Callable<Integer> {
        @Override
        public Integer call() {
            context.terminal().line("port " + context.options().port().orElseThrow());
            return ExitStatus.REFUSED;
        }
    }

    @Test
    void the_completion_script_completes_in_a_real_bash() throws Exception {
        assertThat(run("completion", "bash")).isZero();
        Path script = Files.writeString(home.resolve("completion"), out.toString());
        Process bash = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        "source \"$1\" && COMP_WORDS=(plumbline ch) COMP_CWORD=1 COMP_LINE='plumbline ch' COMP_POINT=12"
                                + " && _complete_plumbline && echo \"${COMPREPLY[*]}\"",
                        "bash",
                        script.toString())
                // compopt complains there that no completion is under way, which is true.
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said.strip().split("\\s+")).containsExactlyInAnyOrder("changes", "change", "check");
    }

    private Path homeOf(String... options) {
        CliContext context = context();
        Path[] seen = new Path[1];
        @Command(name = "home")
        class Home implements Callable<Integer> {
            @Override
            public Integer call() {
                seen[0] = context.home();
                return 0;
            }
        }
        String[] typed =
                Stream.concat(Stream.of("home"), List.of(options).stream()).toArray(String[]::new);
        assertThat(new Cli(context, Map.of("home", Home::new)).run(typed))
                .as(err.toString())
                .isZero();
        return seen[0];
    }

    private int run(String... typed) {
        return new Cli(context(), Map.of()).run(typed);
    }

    private CliContext context() {
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), columns, colour, live);
        return new CliContext(
                terminal,
                environment,
                Path.of("/project"),
                clock,
                clock::pass,
                file -> Optional.of(Path.of("/configured").resolve(file.getFileName())),
                new GlobalOptions());
    }

    private static Views.LogChunk chunk(String text, long next, boolean ended) {
        return new Views.LogChunk(text, next, ended);
    }

    private static Views.Acted acted(Views.Outcome... outcomes) {
        return new Views.Acted(List.of(outcomes), List.of());
    }

    private static Views.Outcome outcome(String subject, String state, boolean settled, boolean succeeded) {
        return InMemoryOperations.outcome(subject, state, settled, succeeded, false);
    }

    @Test
    void a_change_written_without_quotes_is_a_comment_to_the_shell_which_is_said() {
        assertThat(run("change")).isEqualTo(64);
        assertThat(err.toString()).contains("write a change as '#12', in quotes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"why", "state list", "logs"})
    void what_takes_no_change_says_nothing_of_how_to_write_one(String command) {
        assertThat(run(command.split(" "))).isEqualTo(64);
        assertThat(err.toString()).contains("Missing required parameter").doesNotContain("#12");
    }

    @Test
    void a_role_that_does_not_exist_is_wrong_usage_and_those_that_do_are_named() {
        assertThat(run("token", "create", "ada", "--role", "aprove")).isEqualTo(64);
        assertThat(err.toString()).contains("'aprove'", "read, push, approve, admin");
    }

    @Test
    void a_stack_where_a_run_is_wanted_is_led_to_its_runs() {
        assertThat(run("logs", "network")).isEqualTo(64);
        assertThat(err.toString()).startsWith("plumbline: network is no run: plumbline runs network lists its runs\n");
    }

    @Test
    void a_fetch_of_nothing_says_that_nothing_lives_elsewhere() {
        operations.answer = acted();

        assertThat(run("fetch")).isZero();
        assertThat(out.toString()).contains("server.yaml names no repository that lives elsewhere");
    }

    @Test
    void a_token_that_was_copied_with_a_line_break_is_told_without_being_shown() {
        environment.put("PLUMBLINE_TOKEN", "half-of-a-token\nother-half");

        assertThat(run("--server", "http://127.0.0.1:1", "runs")).isEqualTo(1);
        assertThat(err.toString())
                .contains("PLUMBLINE_TOKEN", "Copy it once more")
                .doesNotContain("other-half");
    }
}
