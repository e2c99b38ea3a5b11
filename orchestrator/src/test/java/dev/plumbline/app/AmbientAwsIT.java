package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's own AWS variables reach Terraform only where its configuration says so, and then in all phases, said aloud. */
class AmbientAwsIT {
    private static final Map<String, String> AWS = Map.of(
            "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "very-secret-aws-key",
            "AWS_EXECUTION_ENV", "not-one-of-them");

    @TempDir
    Path folder;

    /** Planning and applying each write down what they were given. */
    private String namesOfAwsVariables(ServerFixture server) throws Exception {
        Repo repo = server.repo("main")
                .write("stacks/a/main.tf", """
                        resource "terraform_data" "it" {
                          provisioner "local-exec" { command = "env | grep ^AWS_ | sort | tee %s/given" }
                        }
                        """.formatted(folder))
                .commit("One stack");
        Repo.Pushed pushed = repo.push("main");
        assertThat(pushed.exit()).as(pushed.output()).isZero();
        server.cli("approve", "--all");
        server.awaits("stacks/a", "applied");
        return Files.readString(folder.resolve("given"));
    }

    @Test
    void none_reaches_it_by_itself() throws Exception {
        try (ServerFixture server = ServerFixture.started(folder, "", "", AWS)) {
            assertThat(namesOfAwsVariables(server)).doesNotContain("AWS_");
            assertThat(server.server().warnings()).noneMatch(warning -> warning.contains("AWS"));
        }
    }

    @Test
    void those_that_open_aws_reach_it_where_they_are_wanted_and_the_server_says_so() throws Exception {
        try (ServerFixture server = ServerFixture.started(folder, "aws: { use_ambient: true }\n", "", AWS)) {
            assertThat(namesOfAwsVariables(server))
                    .contains("AWS_ACCESS_KEY_ID=AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY=very-secret-aws-key")
                    .doesNotContain("AWS_EXECUTION_ENV");
            assertThat(server.server().warnings())
                    .anyMatch(warning -> warning.contains("aws.use_ambient") && warning.contains("AWS_ACCESS_KEY_ID"));
            String run = server.runs("apply").get(0).get("id").asString();
            assertThat(server.cli("logs", run).all())
                    .contains("AWS_ACCESS_KEY_ID=AKIAEXAMPLE")
                    .doesNotContain("very-secret-aws-key");
            assertThat(server.cli("status").all()).contains("aws.use_ambient").doesNotContain("very-secret-aws-key");
        }
    }
}
