package dev.plumbline.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import dev.plumbline.git.GitClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan} in a real checkout, with real Terraform. */
class LocalPlanTest {
    private static final String STATE = """
            {"version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "9b0a8a1e-3d4f-4f36-8d5e-0a1b2c3d4e5f",
             "outputs": {"vpc_id": {"value": "%s", "type": "string"%s}}, "resources": [], "check_results": null}
            """;

    @TempDir
    private Path folder;

    private GitClient git;
    private Desk desk;

    @BeforeEach
    void checkout() throws IOException {
        RealParts.terraform();
        git = GitClient.init(folder.resolve("code"));
        desk = new Desk(Files.createDirectories(folder.resolve("home")));
        git.write(".gitignore", "terraform.tfstate\n");
        git.write("stacks/network/main.tf", "output \"vpc_id\" {\n  value = \"vpc-1\"\n}\n");
        git.write("stacks/app/main.tf", """
                variable "vpc_id" {}
                resource "terraform_data" "app" {
                  input = var.vpc_id
                }
                """);
        git.write("stacks/app/stack.yaml", "inputs:\n  vpc_id: stacks/network.vpc_id\n");
    }

    @Test
    void what_a_policy_of_the_checkout_finds_is_noted() {
        git.write("policies/frugal.yaml", "refuse: [{actions: [create], resources: [terraform_data]}]\n");

        Desk.Ended ended = plan("");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out())
                .containsOnlyOnce("Note: policy frugal refuses stacks/app: it would create terraform_data.app\n");
    }

    @Test
    void all_stacks_are_planned_in_order_the_reader_with_what_the_other_will_give() {
        Desk.Ended ended = plan("");

        assertThat(ended).isEqualTo(new Desk.Ended(2, """
                stacks/network: Plan: 0 to add, 0 to change, 0 to destroy. Outputs: 1 to change.

                Changes to outputs:
                  + vpc_id = "vpc-1"
                  Note: no terraform.tfstate stands beside the code, so it is planned as if it had never been applied

                stacks/app: Plan: 1 to add, 0 to change, 0 to destroy.

                  # terraform_data.app will be created
                  + resource "terraform_data" "app" {
                      + id     = (known after apply)
                      + input  = "vpc-1"
                      + output = (known after apply)
                    }
                  Note: no terraform.tfstate stands beside the code, so it is planned as if it had never been applied

                """, ""));
        assertThat(git.run("status", "--short", "--ignored")).doesNotContain("terraform");
    }

    @Test
    void the_current_folders_stack_is_the_default_and_a_state_beside_the_code_is_what_it_starts_from() {
        git.write("stacks/network/terraform.tfstate", STATE.formatted("vpc-1", ""));

        Desk.Ended ended = plan("stacks/network");

        assertThat(ended).isEqualTo(new Desk.Ended(0, "stacks/network: No changes.\n\n", ""));
        assertThat(git.folder().resolve("stacks/network"))
                .isDirectoryNotContaining(file -> !file.endsWith("main.tf") && !file.endsWith("terraform.tfstate"));
    }

    @Test
    void an_input_comes_from_the_other_stacks_state_and_stays_masked_where_it_is_sensitive() {
        git.write("stacks/network/terraform.tfstate", STATE.formatted("top-secret-vpc", ", \"sensitive\": true"));

        Desk.Ended text = plan("", "app");
        Desk.Ended json = plan("", "app", "--json");
        Desk.Ended markdown = plan("", "app", "--markdown");

        assertThat(text.status()).isEqualTo(2);
        assertThat(text.out()).contains("(sensitive value)");
        assertThat(json.out()).contains("\"outcome\" : \"changes\"");
        assertThat(markdown.out()).startsWith("### ").contains("```diff");
        assertThat(text.out() + json.out() + markdown.out()).doesNotContain("top-secret");
    }

    @Test
    void an_input_that_nobody_here_knows_is_a_refusal_that_names_it() {
        Desk.Ended ended = plan("", "stacks/app");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out())
                .contains("stacks/app: not planned", "it reads stacks/network.vpc_id")
                .contains("there is no " + git.folder().resolve("stacks/network/terraform.tfstate"));
    }

    @Test
    void a_reader_of_what_only_an_apply_tells_waits_and_that_is_no_error() {
        git.write("stacks/network/main.tf", """
                resource "terraform_data" "it" {}
                output "vpc_id" {
                  value = terraform_data.it.id
                }
                """);

        Desk.Ended ended = plan("");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out())
                .contains("stacks/app: planned after stacks/network is applied, since it reads stacks/network.vpc_id");
    }

    @Test
    void what_terraform_says_of_broken_code_is_told_and_secrets_in_it_are_masked() {
        git.write("stacks/network/main.tf", """
                variable "password" {
                  sensitive = true
                  validation {
                    condition     = length(var.password) > 100
                    error_message = "too short"
                  }
                }
                """);
        git.write("stacks/network/stack.yaml", "variables:\n  password: hunter2-hunter2\n");

        Desk.Ended ended = plan("stacks/network");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out())
                .contains("stacks/network: not planned", "too short")
                .doesNotContain("hunter2");
    }

    @Test
    void a_configuration_error_keeps_its_own_stack_from_being_planned_and_no_other() {
        git.write("stacks/app/stack.yaml", "colour: red\n");

        Desk.Ended ended = plan("");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).contains("stacks/network: Plan:", "stacks/app/stack.yaml:1:1: ");
    }

    @Test
    void of_the_shells_variables_terraform_gets_those_that_are_named() {
        git.write(
                "stacks/network/main.tf",
                "variable \"zone\" {\n  default = \"none\"\n}\noutput \"zone\" {\n  value = var.zone\n}\n");
        desk.with("TF_VAR_zone", "north");

        assertThat(plan("stacks/network").out()).contains("zone = \"none\"");
        assertThat(plan("stacks/network", "--env", "TF_VAR_zone").out()).contains("zone = \"north\"");
        assertThat(plan("stacks/network", "--env", "TF_VAR_zone=south").out()).contains("zone = \"south\"");
        assertThat(plan("stacks/network", "--env", "TF_CLI_ARGS=-destroy").status())
                .isEqualTo(64);
        assertThat(plan("stacks/network", "--env", "NOT_SET").err()).contains("no such variable");
    }

    @Test
    void an_unknown_stack_is_answered_with_the_nearest() {
        Desk.Ended ended = plan("", "stacks/netwrk");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("did you mean 'stacks/network'?");
    }

    private Desk.Ended plan(String below, String... words) {
        String[] typed = new String[words.length + 1];
        typed[0] = "plan";
        System.arraycopy(words, 0, typed, 1, words.length);
        return desk.type(git.folder().resolve(below), typed);
    }
}
