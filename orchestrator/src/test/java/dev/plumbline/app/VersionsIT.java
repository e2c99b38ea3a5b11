package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several versions of Terraform, and OpenTofu, run side by side on one server: each stack by the one it names. */
class VersionsIT {
    private static final String OTHER = "1.10.5";
    private static final String TOFU = "1.10.10";

    private Path other = Path.of("/");
    private Path tofu = Path.of("/");

    @TempDir
    Path folder;

    @BeforeEach
    void parts() {
        other = RealParts.terraform(OTHER);
        tofu = RealParts.tofu(TOFU);
    }

    private ServerFixture started() {
        return ServerFixture.started(
                folder,
                "",
                "mirror: 'http://127.0.0.1:1', versions: { " + OTHER + ": " + other + ", 'tofu:" + TOFU + "': " + tofu
                        + " }",
                Map.of());
    }

    private static String asksItself() {
        return """
                resource "terraform_data" "it" { input = terraform.workspace }
                output "value" { value = terraform_data.it.output }
                """;
    }

    @Test
    void each_stack_is_planned_and_applied_by_the_program_it_names() {
        try (ServerFixture server = started()) {
            Repo repo = server.repo("main")
                    .write("stacks/plain/main.tf", asksItself())
                    .write("stacks/old/main.tf", asksItself())
                    .write("stacks/old/stack.yaml", "terraform: " + OTHER + "\n")
                    .write("stacks/open/main.tf", "this is not what OpenTofu reads")
                    .write("stacks/open/main.tofu", asksItself())
                    .write("stacks/open/stack.yaml", "terraform: tofu:" + TOFU + "\nworkspace: blue\n")
                    .commit("Three stacks");
            Repo.Pushed pushed = repo.push("main");
            assertThat(pushed.exit()).as(pushed.output()).isZero();
            server.cli("approve", "--all");
            server.awaits("stacks/plain", "applied")
                    .awaits("stacks/old", "applied")
                    .awaits("stacks/open", "applied");

            assertThat(stateOf(server, "stacks/plain")).contains("\"terraform_version\":\"1.11");
            assertThat(stateOf(server, "stacks/old")).contains("\"terraform_version\":\"" + OTHER + "\"");
            assertThat(stateOf(server, "stacks/open"))
                    .contains("\"terraform_version\":\"" + TOFU + "\"")
                    .contains("\"value\":\"blue\"");

            for (String stack : new String[] {"stacks/old", "stacks/open"}) {
                server.does("state", "mv", stack, "terraform_data.it", "terraform_data.moved");
            }
            assertThat(stateOf(server, "stacks/old")).contains("\"terraform_version\":\"" + OTHER + "\"", "\"moved\"");
            assertThat(stateOf(server, "stacks/open")).contains("\"terraform_version\":\"" + TOFU + "\"", "\"moved\"");
        }
    }

    private static String stateOf(ServerFixture server, String stack) {
        ServerFixture.Ended pulled = server.cli("state", "pull", stack);
        assertThat(pulled.exit()).as(pulled.all()).isZero();
        return pulled.out().replace(" ", "");
    }

    @Test
    void another_version_plans_again_and_an_older_one_is_told() {
        try (ServerFixture server = started()) {
            Repo repo = server.repo("main").stack("stacks/a", "one").commit("One");
            repo.push("main");
            server.cli("approve", "--all");
            server.awaits("stacks/a", "applied");

            Repo.Pushed pushed = repo.branch("older")
                    .write("plumbline.yaml", "terraform: \"~> 1.10.0\"\n")
                    .commit("An older Terraform")
                    .push("older");
            assertThat(pushed.said())
                    .contains("stacks/a")
                    .contains("terraform: the server's became ~> 1.10.0 in plumbline.yaml")
                    .contains("its state was written by version 1.11.4, newer than Terraform " + OTHER);
        }
    }

    @Test
    void a_version_that_the_code_refuses_or_that_can_not_be_had_fails_the_plan_with_what_to_do() {
        try (ServerFixture server = started()) {
            Repo repo = server.repo("main").commit("Nothing yet");
            repo.push("main");
            repo.branch("x")
                    .stack("stacks/a", "one")
                    .write("stacks/a/versions.tf", "terraform {\n  required_version = \">= 1.12\"\n}\n")
                    .stack("stacks/b", "two")
                    .write("stacks/b/stack.yaml", "terraform: 1.9.9\n")
                    .commit("Neither can run");
            Repo.Pushed pushed = repo.push("x");
            assertThat(pushed.output())
                    .contains("stacks/a/versions.tf:2:")
                    .contains(
                            "required_version is \">= 1.12\", but nothing names another version than the server's own")
                    .contains("Terraform 1.9.9 is not on this machine and can't be downloaded");
            assertThat(server.runs("plan"))
                    .allSatisfy(run -> assertThat(run.get("state").asString()).isEqualTo("failed"));
        }
    }
}
