package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack whose state lies in a file of its own, where others can move it behind the server's back. */
class BackendIT {
    @TempDir
    private Path folder;

    private Path states = Path.of("");

    @BeforeEach
    void folderOfStates() throws IOException {
        states = Files.createDirectories(folder.resolve("states")).toRealPath();
    }

    private Repo code(Repo repo, String value) {
        return repo.write("stacks/a/main.tf", """
                        terraform {
                          backend "local" { path = "%s/a.tfstate" }
                        }
                        resource "terraform_data" "it" { input = "%s" }
                        """.formatted(states, value));
    }

    private Repo reviewed(ServerFixture plumbline) {
        Repo repo = code(plumbline.repo("main"), "one").commit("First");
        repo.push("main");
        assertThat(plumbline.cli("approve", "--all").exit()).isZero();
        code(repo.branch("feature"), "two").commit("Two");
        assertThat(repo.push("feature").said()).contains("\"one\" -> \"two\"");
        return repo.checkout("main").run("merge", "-q", "feature");
    }

    /** Somebody applies another value with Terraform alone. */
    private void applyByHand(String value) throws IOException, InterruptedException {
        Path own = folder.resolve("by-hand-" + value);
        ServerFixture.write(own.resolve("main.tf"), """
                        terraform {
                          backend "local" { path = "%s/a.tfstate" }
                        }
                        resource "terraform_data" "it" { input = "%s" }
                        """.formatted(states, value));
        for (List<String> words : List.of(List.of("init"), List.of("apply", "-auto-approve"))) {
            List<String> command = new ArrayList<>(List.of("timeout", "60", "terraform"));
            command.addAll(words);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(own.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("by-hand.log").toFile());
            builder.environment().putAll(Map.of("CHECKPOINT_DISABLE", "1", "TF_IN_AUTOMATION", "1"));
            assertThat(builder.start().waitFor()).as(command.toString()).isZero();
        }
    }

    @Test
    void a_change_whose_plan_differs_after_its_state_was_moved_is_not_applied_and_names_the_attribute()
            throws Exception {
        try (ServerFixture plumbline = ServerFixture.started(folder, "local_backends: [\"" + states + "\"]\n")) {
            Repo repo = reviewed(plumbline);
            applyByHand("moved");

            Repo.Pushed merge = repo.push("main");

            assertThat(merge.said())
                    .contains("its state moved since it was planned")
                    .contains("it would not do what was reviewed: ")
                    .contains("terraform_data.it", "input")
                    .contains("1 awaiting-approval");
            assertThat(ServerFixture.read(states.resolve("a.tfstate")))
                    .contains("moved")
                    .doesNotContain("\"two\"");
            assertThat(plumbline.cli("approve", "a").exit()).isZero();
            assertThat(ServerFixture.read(states.resolve("a.tfstate"))).contains("\"two\"");
        }
    }

    @Test
    void a_state_that_moved_without_changing_the_plan_is_planned_again_and_applied() throws Exception {
        try (ServerFixture plumbline = ServerFixture.started(folder, "local_backends: [\"" + states + "\"]\n")) {
            Repo repo = reviewed(plumbline);
            applyByHand("moved");
            applyByHand("one");

            assertThat(repo.push("main").said())
                    .contains("its state moved since it was planned")
                    .contains("done: 1 applied");
        }
    }

    @Test
    void a_local_backend_outside_of_what_the_server_allows_is_refused_with_its_place() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo.Pushed push =
                    code(plumbline.repo("main"), "one").commit("First").push("main");

            assertThat(push.said()).contains("stacks/a/main.tf:2:").contains("local_backends");
            assertThat(states.resolve("a.tfstate")).doesNotExist();
        }
    }
}
