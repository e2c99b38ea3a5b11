package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ServedModule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What configuration gives to Terraform: variables by stack.yaml, an environment and the login of modules by server.yaml. */
class VariablesIT {
    @TempDir
    Path folder;

    @Test
    void variables_and_var_files_of_stack_yaml_reach_terraform() {
        try (ServerFixture server = ServerFixture.started(folder)) {
            Repo repo = server.repo("main")
                    .write("stacks/a/main.tf", """
                            variable "size" { type = number }
                            variable "zones" { type = list(string) }
                            variable "label" { type = object({ team = string }) }
                            variable "region" {}
                            variable "both" {}
                            output "value" {
                              value = "${var.size + 1} ${join("+", var.zones)} ${var.label.team} ${var.region} ${var.both}"
                            }
                            """)
                    .write("stacks/a/stack.yaml", """
                            variables: { size: 3, zones: [x, y], label: { team: core }, both: from-variables }
                            var_files: [here.tfvars, ../shared/all.tfvars]
                            """)
                    .write("stacks/a/here.tfvars", "region = \"of-here\"\nboth = \"from-a-file\"\n")
                    .write("stacks/shared/all.tfvars", "region = \"of-all\"\n")
                    .commit("One stack");

            applied(server, repo, "stacks/a");

            assertThat(output(server, "main:stacks/a")).isEqualTo("4 x+y core of-all from-variables");
        }
    }

    @Test
    void the_environment_of_server_yaml_differs_by_repository_stack_and_phase() {
        String rules = """
                environment:
                  - set: { TF_VAR_any: everywhere, STAMP: for-all }
                  - { stack: stacks/a, set: { TF_VAR_stack: only-a } }
                  - { repository: other, set: { TF_VAR_repository: only-other } }
                  - { phase: plan, set: { TF_VAR_phase: only-plans, STAMP: for-plans } }
                  - { phase: apply, set: { STAMP: for-applies } }
                """;
        try (ServerFixture server = ServerFixture.started(folder, rules)) {
            for (String name : new String[] {"main", "other"}) {
                applied(
                        server,
                        server.repo(name)
                                .write("stacks/a/main.tf", tellsItsEnvironment(name + "-a"))
                                .write("stacks/b/main.tf", tellsItsEnvironment(name + "-b"))
                                .commit("Two stacks"),
                        listed(name, "stacks/a"),
                        listed(name, "stacks/b"));
            }

            assertThat(output(server, "main:stacks/a")).isEqualTo("everywhere only-a none only-plans");
            assertThat(output(server, "main:stacks/b")).isEqualTo("everywhere none none only-plans");
            assertThat(output(server, "other:stacks/a")).isEqualTo("everywhere only-a only-other only-plans");
            assertThat(output(server, "other:stacks/b")).isEqualTo("everywhere none only-other only-plans");
            assertThat(ServerFixture.read(folder.resolve("main-a")).strip()).isEqualTo("for-applies, phase unset");
        }
    }

    /** As a listing calls it: main needs no name. */
    private static String listed(String repository, String stack) {
        return repository.equals("main") ? stack : repository + ":" + stack;
    }

    /** The plan keeps what it was given as variables; the apply writes down what itself is given. */
    private String tellsItsEnvironment(String file) {
        return """
                variable "any" { default = "none" }
                variable "stack" { default = "none" }
                variable "repository" { default = "none" }
                variable "phase" { default = "none" }
                resource "terraform_data" "it" {
                  provisioner "local-exec" {
                    command = "echo \\"$STAMP, phase $${TF_VAR_phase:-unset}\\" > '%s/%s'"
                  }
                }
                output "value" { value = "${var.any} ${var.stack} ${var.repository} ${var.phase}" }
                """.formatted(folder, file);
    }

    @Test
    void a_private_module_is_opened_by_the_login_in_server_yaml_which_is_shown_nowhere() throws Exception {
        ServedModule.made(folder);
        String login = "module_credentials: { netrc: { 127.0.0.1: { login: " + ServedModule.LOGIN + ", password: "
                + ServedModule.PASSWORD + " } } }\n";
        try (ServedModule module = ServedModule.serving(folder);
                ServerFixture server = ServerFixture.started(folder, login)) {
            Repo repo = server.repo("main")
                    .write("stacks/a/main.tf", calling(module))
                    .commit("One stack");

            assertThat(applied(server, repo, "stacks/a").output()).doesNotContain(ServedModule.PASSWORD);

            assertThat(output(server, "main:stacks/a")).isEqualTo(ServedModule.SAID);
            assertThat(server.cli("logs", server.runs("plan").get(0).get("id").asString())
                            .all())
                    .doesNotContain(ServedModule.PASSWORD);
        }
    }

    @Test
    void without_a_login_the_plan_fails_and_names_the_module() throws Exception {
        ServedModule.made(folder);
        try (ServedModule module = ServedModule.serving(folder);
                ServerFixture server = ServerFixture.started(folder)) {
            Repo repo = server.repo("main")
                    .write("stacks/a/main.tf", calling(module))
                    .commit("One stack");

            repo.push("main");

            server.awaits("stacks/a", "failed");
            String run = server.runs("plan").get(0).get("id").asString();
            assertThat(server.cli("logs", run).all())
                    .contains("Failed to download module", module.source().replace("git::", ""));
        }
    }

    private static String calling(ServedModule module) {
        return """
                module "it" { source = "%s" }
                output "value" { value = module.it.said }
                """.formatted(module.source());
    }

    private static Repo.Pushed applied(ServerFixture server, Repo repo, String... stacks) {
        Repo.Pushed pushed = repo.push("main");
        assertThat(pushed.exit()).as(pushed.output()).isZero();
        server.cli("approve", "--all");
        for (String stack : stacks) {
            server.awaits(stack, "applied");
        }
        return pushed;
    }

    private static String output(ServerFixture server, String stack) {
        return JsonMapper.shared()
                .readTree(server.does("state", "pull", stack).out())
                .get("outputs")
                .get("value")
                .get("value")
                .asString();
    }
}
