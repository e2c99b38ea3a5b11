package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.terraform.plan.AwsPlans;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of a state with a provider whose schema calls more sensitive than the state does. */
class StateSchemaIT {
    @TempDir
    private Path folder;

    @Test
    void what_only_the_schema_calls_sensitive_is_masked_and_before_a_plan_read_it_nothing_is_shown() {
        Map<String, String> withProvider =
                Map.of("TF_CLI_CONFIG_FILE", AwsPlans.configuration(folder).toString());
        try (ServerFixture plumbline = ServerFixture.started(folder, "", "", withProvider)) {
            Repo repo = plumbline
                    .repo("main")
                    .write("stacks/a/main.tf", "resource \"terraform_data\" \"it\" {}")
                    .commit("First");
            repo.push("main");
            ServerFixture.write(
                    folder.resolve("mine"),
                    AwsPlans.state("aws_ssm_parameter", "p", "{\"name\": \"door\", \"value\": \"in-the-state-only\"}"));
            plumbline.does("state", "push", "a", "mine");

            assertThat(plumbline.does("state", "show", "a").out())
                    .contains("\"name\" : \"(perhaps sensitive")
                    .doesNotContain("door", "in-the-state-only");

            repo.branch("feature")
                    .write(
                            "stacks/a/main.tf",
                            AwsPlans.PROVIDER
                                    + "removed {\n  from = aws_ssm_parameter.p\n  lifecycle { destroy = false }\n}\n"
                                    + "resource \"aws_iam_user\" \"u\" { name = \"u\" }\n")
                    .commit("With a provider")
                    .push("feature");
            plumbline.awaitsChange(1, "planned");

            assertThat(plumbline.does("state", "show", "a").out())
                    .contains("\"door\"", "(sensitive value)")
                    .doesNotContain("in-the-state-only", "perhaps");
        }
    }
}
