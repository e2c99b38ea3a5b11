package dev.plumbline.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.process.CancelSignal;
import dev.plumbline.terraform.event.Diagnostic;
import dev.plumbline.terraform.event.TerraformEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerraformCliTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ONE = """
            variable "name" { default = "a" }
            resource "terraform_data" "one" { input = var.name }
            output "name" { value = terraform_data.one.output }
            """;

    @TempDir
    Path home;

    private Bench bench;
    private final ConcurrentLinkedQueue<TerraformEvent> events = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void open() throws IOException {
        bench = Bench.of(home);
    }

    @Test
    void a_plan_is_made_applied_and_read() throws Exception {
        bench.write("main.tf", ONE);
        Path variables = Files.writeString(home.resolve("v.tfvars.json"), "{\"name\": \"b\"}");
        assertThat(initialise(InitialisationNeeds.none())).isInstanceOf(Initialisation.Initialised.class);

        PlanCommand command =
                PlanCommand.normal(bench.workspace, bench.planFile()).withVariables(List.of(variables));
        assertThat(plan(command)).isEqualTo(new PlanOutcome.Planned(bench.planFile(), true));
        assertThat(Files.getPosixFilePermissions(bench.planFile()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(events)
                .hasAtLeastOneElementOfType(TerraformEvent.Version.class)
                .anySatisfy(event -> assertThat(event)
                        .isEqualTo(new TerraformEvent.PlannedChange(
                                "terraform_data.one", "create", "", "terraform_data.one: Plan to create")))
                .anySatisfy(event -> assertThat(event)
                        .isEqualTo(new TerraformEvent.ChangeSummary(
                                "plan", 1, 0, 0, 0, "Plan: 1 to add, 0 to change, 0 to destroy.")));
        assertThat(json(bench.cli.show(bench.workspace, bench.planFile(), Map.of())))
                .contains("\"resource_changes\"");

        ApplyRun run = apply(Map.of());
        assertThat(run.await(LIMIT)).isEqualTo(new ApplyOutcome.Applied());
        assertThat(run.erroredState()).isEmpty();
        assertThat(json(bench.cli.outputs(bench.workspace, Map.of()))).contains("\"value\": \"b\"");
        assertThat(json(bench.cli.providersSchema(bench.workspace, Map.of()))).contains("terraform_data");
        assertThat(plan(command)).isEqualTo(new PlanOutcome.Planned(bench.planFile(), false));
        assertThat(plan(command.withDestroy())).isEqualTo(new PlanOutcome.Planned(bench.planFile(), true));
    }

    @Test
    void a_refused_variable_is_told_before_an_apply_is_ready_so_before_its_plan_is_handed_over() {
        assertThatThrownBy(() -> ready(Map.of("TF_CLI_ARGS_apply", "-lock=false")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TF_CLI_ARGS_apply");
        assertThat(home.resolve("run")).doesNotExist();
    }

    @Test
    void code_that_fails_says_where_as_terraform_does() throws Exception {
        bench.write("main.tf", "\n\nresource \"terraform_data\" \"one\" {\n  input = nope.x\n}\n");
        PlanOutcome outcome = plan(PlanCommand.normal(bench.workspace, bench.planFile()));

        assertThat(outcome).isInstanceOfSatisfying(PlanOutcome.Failed.class, failed -> {
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.diagnostics()).singleElement().hasToString("""
                    Error: Reference to undeclared resource

                      on main.tf line 4, in resource "terraform_data" "one":
                       4:   input = nope.x

                    A managed resource "nope" "x" has not been declared in the root module.""");
        });
    }

    @Test
    void an_error_that_is_no_event_is_reported_too() throws Exception {
        bench.write("main.tf", ONE);
        PlanCommand command = PlanCommand.normal(bench.workspace, bench.planFile())
                .withVariables(List.of(home.resolve("missing.tfvars")));
        assertThat(plan(command))
                .isInstanceOfSatisfying(
                        PlanOutcome.Failed.class,
                        failed -> assertThat(failed.diagnostics())
                                .anyMatch(Diagnostic::isError)
                                .anySatisfy(problem ->
                                        assertThat(problem.toString()).contains("missing.tfvars")));
    }

    @Test
    void a_plan_over_its_time_is_stopped() throws Exception {
        bench.write("main.tf", slowRead());
        PlanCommand command =
                PlanCommand.normal(bench.workspace, bench.planFile()).withTimeLimit(Duration.ofMillis(300));
        Path fifo = home.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        assertThat(plan(command)).isEqualTo(new PlanOutcome.TimedOut());
    }

    @Test
    void a_cancelled_plan_ends() throws Exception {
        bench.write("main.tf", slowRead());
        assertThat(new ProcessBuilder("mkfifo", home.resolve("fifo").toString())
                        .start()
                        .waitFor())
                .isZero();
        CancelSignal signal = new CancelSignal();
        PlanCommand command = PlanCommand.normal(bench.workspace, bench.planFile());
        CompletableFuture<PlanOutcome> outcome =
                CompletableFuture.supplyAsync(() -> bench.cli.plan(command, events::add, signal));
        await().until(() -> !events.isEmpty());
        signal.cancel();

        assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(new PlanOutcome.Cancelled());
    }

    @Test
    void terraform_sees_only_the_allow_list() throws Exception {
        Map<String, String> server = new HashMap<>(System.getenv());
        server.put("AWS_SECRET_ACCESS_KEY", "of the server");
        server.put("TF_CLI_ARGS_plan", "-destroy");
        server.put("TF_REATTACH_PROVIDERS", "{}");
        server.put("TF_LOG", "TRACE");
        server.put("TF_VAR_name", "of the server");
        server.put("https_proxy", "http://127.0.0.1:9");
        bench = new Bench(home, server, Bench.terraform());
        bench.write("main.tf", """
                variable "given" {}
                resource "terraform_data" "look" {
                  provisioner "local-exec" { command = "env > seen" }
                }
                """);
        Map<String, String> more = Map.of("TF_VAR_given", "by configuration");
        plan(PlanCommand.normal(bench.workspace, bench.planFile()).withEnvironment(more));
        assertThat(apply(more).await(LIMIT)).isEqualTo(new ApplyOutcome.Applied());

        List<String> names = Files.readAllLines(bench.workspace.stackFolder().resolve("seen")).stream()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        assertThat(names)
                .contains("PATH", "HOME", "TF_DATA_DIR", "CHECKPOINT_DISABLE", "TF_VAR_given", "https_proxy")
                .doesNotContain("AWS_SECRET_ACCESS_KEY", "TF_VAR_name", "TF_CLI_ARGS_plan", "TF_REATTACH_PROVIDERS")
                .doesNotContain("TF_LOG", "GOGC", "GOMEMLIMIT");
    }

    @Test
    void an_apply_is_adopted_and_followed_from_any_place() throws Exception {
        bench.write("main.tf", waiting("until [ -e go ]; do sleep 0.05; done; echo said"));
        plan(PlanCommand.normal(bench.workspace, bench.planFile()));
        apply(Map.of());
        ApplyRun adopted = ApplyRun.adopt(home.resolve("run"));
        assertThat(adopted.outcome()).isEqualTo(new ApplyOutcome.Running());
        events.clear();
        long[] offset = {0};
        await().until(() -> {
            offset[0] = adopted.follow(offset[0], events::add);
            return events.stream().anyMatch(TerraformCliTest::provisions);
        });
        Files.createFile(bench.workspace.stackFolder().resolve("go"));

        assertThat(adopted.await(LIMIT)).isEqualTo(new ApplyOutcome.Applied());
        long end = adopted.follow(offset[0], events::add);
        assertThat(adopted.follow(end, events::add)).isEqualTo(end);
        List<TerraformEvent> piecewise = List.copyOf(events);
        events.clear();
        adopted.follow(0, events::add);
        assertThat(piecewise).containsExactlyElementsOf(events);
        assertThat(piecewise).anyMatch(event -> event.message().contains("said"));
    }

    @Test
    void an_apply_that_is_asked_to_stop_saves_what_it_did_and_leaves_nothing_running() throws Exception {
        bench.write("main.tf", waiting("echo $$ > pid; sleep 300"));
        plan(PlanCommand.normal(bench.workspace, bench.planFile()));
        ApplyRun run = apply(Map.of());
        await().until(() -> hasText(bench.workspace.stackFolder().resolve("pid")));
        long grandchild = pid();

        assertThat(run.terminate(LIMIT)).isInstanceOf(ApplyOutcome.Failed.class);
        assertThat(Files.readString(bench.workspace.stateFile())).contains("\"first\"");
        assertThat(dead(grandchild)).isTrue();
    }

    @Test
    void a_killed_apply_has_failed_and_leaves_its_partial_state() throws Exception {
        bench.write("main.tf", waiting("echo $$ > pid; sleep 300"));
        plan(PlanCommand.normal(bench.workspace, bench.planFile()));
        ApplyRun run = apply(Map.of());
        await().until(() -> hasText(bench.workspace.stackFolder().resolve("pid")));
        ProcessHandle terraform = ProcessHandle.of(pid()).orElseThrow().parent().orElseThrow();
        terraform.destroyForcibly();

        assertThat(run.await(LIMIT)).isInstanceOfSatisfying(ApplyOutcome.Failed.class, failed -> {
            assertThat(failed.exitCode()).isEqualTo(137);
            assertThat(failed.diagnostics()).anyMatch(Diagnostic::isError);
        });
        assertThat(Files.readString(bench.workspace.stateFile())).contains("\"first\"");
        assertThat(dead(pid())).isTrue();
    }

    @Test
    void a_state_that_could_not_be_saved_is_found() throws Exception {
        bench.write("main.tf", ONE);
        plan(PlanCommand.normal(bench.workspace, bench.planFile()));
        ApplyRun run = apply(Map.of());
        run.await(LIMIT);
        bench.write("errored.tfstate", "{}");

        assertThat(run.erroredState()).contains(bench.workspace.stackFolder().resolve("errored.tfstate"));
    }

    private static String slowRead() {
        return "locals { text = file(\"../../../../../fifo\") }\noutput \"text\" { value = local.text }\n";
    }

    private static String waiting(String command) {
        return """
                resource "terraform_data" "first" {}
                resource "terraform_data" "second" {
                  depends_on = [terraform_data.first]
                  provisioner "local-exec" { command = "%s" }
                }
                """.formatted(command);
    }

    private static boolean provisions(TerraformEvent event) {
        return event instanceof TerraformEvent.ResourceStep step
                && step.step() == TerraformEvent.Step.PROVISION_START
                && step.address().equals("terraform_data.second");
    }

    private static boolean hasText(Path file) throws IOException {
        return Files.exists(file) && Files.readString(file).endsWith("\n");
    }

    private long pid() throws IOException {
        return Long.parseLong(
                Files.readString(bench.workspace.stackFolder().resolve("pid")).strip());
    }

    /** A killed orphan may stay a zombie where nobody reaps it. */
    private static boolean dead(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        return !Files.exists(stat) || Files.readString(stat).contains(") Z ");
    }

    private Initialisation initialise(InitialisationNeeds needs) {
        return bench.cli.initialise(bench.workspace, needs, Map.of(), events::add, new CancelSignal());
    }

    private PlanOutcome plan(PlanCommand command) {
        return bench.cli.plan(command, events::add, new CancelSignal());
    }

    private ApplyRun apply(Map<String, String> more) throws IOException {
        return ready(more).start();
    }

    private ReadyApply ready(Map<String, String> more) throws IOException {
        return bench.cli.readyApply(ApplyCommand.normal(bench.workspace, bench.planFile(), home.resolve("run"))
                .withEnvironment(more));
    }

    private static String json(JsonOutcome outcome) {
        assertThat(outcome).isInstanceOf(JsonOutcome.Read.class);
        return new String(((JsonOutcome.Read) outcome).json(), StandardCharsets.UTF_8);
    }
}
