package dev.plumbline.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.process.CancelSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts real runs of Terraform through a program that notes its arguments and then becomes Terraform. */
class InitialisationTest {
    private static final InitialisationNeeds NEEDS =
            new InitialisationNeeds(List.of(), List.of("net=../../modules/net"), "");

    @TempDir
    Path home;

    private Bench bench;
    private Path calls;

    @BeforeEach
    void open() throws IOException {
        calls = home.resolve("calls");
        Path recording = home.resolve("recording-terraform");
        Files.writeString(
                recording, "#!/bin/sh\necho \"$1\" >>'" + calls + "'\nexec '" + Bench.terraform() + "' \"$@\"\n");
        assertThat(recording.toFile().setExecutable(true)).isTrue();
        bench = new Bench(home, System.getenv(), recording);
    }

    @Test
    void the_second_run_of_a_stack_with_a_module_needs_no_init() throws Exception {
        layOut();
        assertThat(initialise(NEEDS)).isEqualTo("ran");
        assertPlans();
        bench.workspace.clear();
        layOut();

        assertThat(initialise(NEEDS)).isEqualTo("reused");
        assertPlans();
        assertThat(Files.readAllLines(calls)).containsExactly("init", "plan", "plan");
    }

    @Test
    void other_needs_or_another_lock_file_run_init_again() throws Exception {
        layOut();
        initialise(NEEDS);
        InitialisationNeeds more = new InitialisationNeeds(List.of(), List.of("net=../../modules/net", "b=x"), "");
        assertThat(initialise(more)).isEqualTo("ran");
        assertThat(initialise(more)).isEqualTo("reused");
        bench.write(".terraform.lock.hcl", "# another\n");
        assertThat(initialise(more)).isEqualTo("ran");
    }

    @Test
    void a_stack_that_needs_nothing_runs_no_init_and_keeps_nothing_of_an_earlier_one() throws Exception {
        layOut();
        initialise(NEEDS);
        bench.write("main.tf", "resource \"terraform_data\" \"a\" {}\n");

        assertThat(initialise(InitialisationNeeds.none())).isEqualTo("reused");
        assertThat(bench.workspace.dataFolder()).doesNotExist();
        assertPlans();
        assertThat(initialise(NEEDS)).isEqualTo("ran");
    }

    @Test
    void a_failed_init_says_why_and_is_not_reused() throws Exception {
        bench.write("main.tf", "module \"net\" { source = \"../../modules/none\" }\n");
        Initialisation outcome = run(NEEDS);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Initialisation.Failed.class,
                        failed -> assertThat(failed.diagnostics())
                                .anySatisfy(problem ->
                                        assertThat(problem.toString()).contains("Unreadable module directory")));
        layOut();
        assertThat(initialise(NEEDS)).isEqualTo("ran");
    }

    @Test
    void a_lock_file_that_init_wrote_comes_back_with_the_next_run() throws Exception {
        layOut();
        initialise(NEEDS);
        PrivateFolders.write(bench.workspace.keptLockFile(), "# kept\n".getBytes(StandardCharsets.UTF_8));
        bench.workspace.clear();
        layOut();

        assertThat(run(NEEDS))
                .isInstanceOfSatisfying(
                        Initialisation.Initialised.class,
                        done -> assertThat(done.lockFile().orElseThrow())
                                .asString()
                                .isEqualTo("# kept\n"));
        assertThat(bench.workspace.lockFile()).hasContent("# kept\n");
    }

    @Test
    void a_provider_of_the_users_own_mirror_is_found_and_its_lock_file_reused() throws Exception {
        Path user = home.resolve("user");
        Path platform = Files.createDirectories(
                user.resolve(".terraform.d/plugins/registry.terraform.io/acme/thing/1.0.0/" + platform()));
        Path provider = Files.writeString(platform.resolve("terraform-provider-thing_v1.0.0"), "never started by init");
        assertThat(provider.toFile().setExecutable(true)).isTrue();
        Map<String, String> server = new HashMap<>(System.getenv());
        server.put("HOME", user.toString());
        server.remove("TF_CLI_CONFIG_FILE");
        bench = new Bench(home, server, home.resolve("recording-terraform"));
        InitialisationNeeds needs = new InitialisationNeeds(List.of("acme/thing 1.0.0"), List.of(), "");
        String code = "terraform {\n  required_providers {\n    thing = { source = \"acme/thing\" }\n  }\n}\n";
        bench.write("main.tf", code);

        Initialisation first = run(needs);
        assertThat(first).isInstanceOf(Initialisation.Initialised.class);
        byte[] lock = ((Initialisation.Initialised) first).lockFile().orElseThrow();
        assertThat(new String(lock, StandardCharsets.UTF_8)).contains("registry.terraform.io/acme/thing");
        bench.workspace.clear();
        bench.write("main.tf", code);
        assertThat(initialise(needs)).isEqualTo("reused");
        assertThat(bench.workspace.lockFile()).hasBinaryContent(lock);
        assertThat(initialise(needs))
                .as("with the lock file laid beside, as for an apply")
                .isEqualTo("reused");
    }

    private static String platform() {
        return "linux_" + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
    }

    private void layOut() throws IOException {
        bench.write("main.tf", "module \"net\" { source = \"../../modules/net\" }\n");
        Path module = Files.createDirectories(bench.workspace.root().resolve("modules/net"));
        Files.writeString(module.resolve("main.tf"), "resource \"terraform_data\" \"a\" {}\n");
    }

    private void assertPlans() throws IOException {
        PlanOutcome outcome =
                bench.cli.plan(PlanCommand.normal(bench.workspace, bench.planFile()), event -> {}, new CancelSignal());
        assertThat(outcome).isInstanceOf(PlanOutcome.Planned.class);
    }

    private String initialise(InitialisationNeeds needs) {
        Initialisation outcome = run(needs);
        assertThat(outcome).isInstanceOf(Initialisation.Initialised.class);
        return ((Initialisation.Initialised) outcome).reused() ? "reused" : "ran";
    }

    private Initialisation run(InitialisationNeeds needs) {
        return bench.cli.initialise(bench.workspace, needs, Map.of(), event -> {}, new CancelSignal());
    }
}
