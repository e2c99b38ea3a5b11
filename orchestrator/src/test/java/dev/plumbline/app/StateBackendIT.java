package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import dev.plumbline.SmallDisk;
import dev.plumbline.stack.StackId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States that stacks keep in backends of their own, and what leads from one backend to another. */
class StateBackendIT {
    private static final StackId A = new StackId("main", "stacks/a");

    @TempDir
    private Path folder;

    private Path states = Path.of("");
    private ServerFixture plumbline;

    @BeforeEach
    void start() throws IOException {
        states = Files.createDirectories(folder.resolve("states")).toRealPath();
        plumbline = ServerFixture.started(folder, "local_backends: [\"" + states + "\"]\n");
    }

    @AfterEach
    void stop() {
        plumbline.close();
    }

    private String backend(String file) {
        return "terraform {\n  backend \"local\" { path = \"" + states + "/" + file + "\" }\n}\n";
    }

    private Repo code(Repo repo, String backend, String value) {
        return repo.write("stacks/a/main.tf", """
                        %sresource "terraform_data" "it" { input = "%s" }
                        """.formatted(backend, value));
    }

    private Repo applied(String backend) {
        Repo repo = code(plumbline.repo("main"), backend, "one").commit("First");
        repo.push("main");
        plumbline.does("approve", "--all");
        return repo;
    }

    @Test
    void a_state_in_a_backend_is_worked_with_like_one_that_is_kept_here() {
        applied(backend("a.tfstate"));

        assertThat(plumbline.does("state", "list", "a").out()).isEqualTo("terraform_data.it\n");
        assertThat(plumbline.does("state", "show", "a", "terraform_data.it").out())
                .contains("\"one\"");
        assertThat(folder.resolve("home/artifacts/pulled")).isEmptyDirectory();
        assertThat(plumbline.does("state", "pull", "a").out()).contains("\"lineage\"", "\"one\"");
        assertThat(plumbline
                        .does("state", "mv", "a", "terraform_data.it", "terraform_data.other")
                        .out())
                .contains("mv terraform_data.it terraform_data.other: serial ");
        assertThat(ServerFixture.read(states.resolve("a.tfstate"))).contains("\"other\"");
        String moved = plumbline.does("state", "pull", "a").out();
        plumbline.does("state", "mv", "a", "terraform_data.other", "terraform_data.it");
        ServerFixture.write(folder.resolve("moved"), moved);
        assertThat(plumbline.fails("state", "push", "a", "moved").all()).contains("cannot import state with serial ");
        assertThat(plumbline.does("state", "push", "--force", "a", "moved").out())
                .contains("push --force: serial ");
        assertThat(plumbline.does("state", "list", "a").out()).isEqualTo("terraform_data.other\n");
        assertThat(plumbline.does("state", "rm", "a", "terraform_data.other").out())
                .contains("rm terraform_data.other: serial ", " in its backend");
        assertThat(plumbline.does("state", "list", "a").out()).isEmpty();
        assertThat(plumbline.fails("state", "rollback", "a").all()).contains("former versions are there, too");
        assertThat(plumbline.fails("state", "versions", "a").all()).contains("a backend of its own");
        assertThat(plumbline.history())
                .anyMatch(line -> line.contains("state main:stacks/a: r") && line.contains(" rm "));
    }

    @Test
    void a_locked_state_is_told_with_who_holds_it_since_when_and_what_to_do() throws Exception {
        Repo repo = applied(backend("a.tfstate"));
        Path own = folder.resolve("by-hand");
        ServerFixture.write(own.resolve("main.tf"), backend("a.tfstate") + """
                        resource "terraform_data" "it" { input = "one" }
                        resource "terraform_data" "slow" {
                          provisioner "local-exec" { command = "touch '%1$s/holds'; while [ ! -e '%1$s/let-go' ]; do sleep 0.1; done" }
                        }
                        """.formatted(folder));
        run(own, "init").waitFor();
        Process holder = run(own, "apply", "-auto-approve");
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(folder.resolve("holds")));

            code(repo.branch("feature"), backend("a.tfstate"), "two")
                    .commit("Two")
                    .pushing("feature");
            // Terraform itself waits a minute for the lock.
            Awaitility.await("the plan gives up")
                    .atMost(Duration.ofSeconds(150))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> plumbline.cli("change", "1").all().contains("could not be planned"));

            assertThat(plumbline.cli("change", "1").out())
                    .containsPattern("its state is locked by \\S+@\\S+ for apply since \\d{4}-\\d\\d-\\d\\d")
                    .contains("wait until that is done, then plumbline retry", "terraform force-unlock ");
            assertThat(plumbline.fails("state", "rm", "a", "terraform_data.it").all())
                    .contains("its state is locked by ");
        } finally {
            ServerFixture.write(folder.resolve("let-go"), "");
            holder.waitFor();
        }
    }

    private Process run(Path own, String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("timeout", "200", RealParts.terraform().toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(own.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("by-hand.log").toFile());
        builder.environment().putAll(Map.of("CHECKPOINT_DISABLE", "1", "TF_IN_AUTOMATION", "1"));
        return builder.start();
    }

    @Test
    void a_stack_that_gets_a_backend_is_refused_until_its_state_was_taken_along() {
        Repo repo = applied("");
        code(repo.branch("feature"), backend("a.tfstate"), "one");

        Repo.Pushed push = repo.commit("Own backend").push("feature");

        assertThat(push.said())
                .contains("its state is kept by this server, and this code wants it in a backend of its own (local)")
                .contains("1. plumbline state migrate main:stacks/a");
        assertThat(states.resolve("a.tfstate")).doesNotExist();
        assertThat(plumbline.does("state", "migrate", "a").out())
                .contains("written to its new backend (local)")
                .contains("the open change that wants it there is planned again by itself");
        plumbline.awaitsChange(1, "no-changes");
        assertThat(repo.checkout("main")
                        .run("merge", "-q", "feature")
                        .push("main")
                        .exit())
                .isZero();
        plumbline.awaits("stacks/a", "no-changes");
        code(repo, backend("a.tfstate"), "two").commit("Two").push("main");
        plumbline.does("approve", "--all");
        assertThat(ServerFixture.read(states.resolve("a.tfstate"))).contains("\"two\"");
    }

    @Test
    void a_backend_that_was_merged_before_its_state_was_taken_along_is_retried_as_migrate_says() {
        Repo repo = applied("");
        assertThat(code(repo, backend("a.tfstate"), "one")
                        .commit("Own backend")
                        .push("main")
                        .said())
                .contains("1. plumbline state migrate main:stacks/a");

        assertThat(plumbline.does("state", "migrate", "a").out())
                .contains(
                        "main wants it there already; where it does not go on by itself: plumbline retry main:stacks/a");

        assertThat(plumbline.does("retry", "main:stacks/a").out()).contains("no-changes");
    }

    @Test
    void a_state_that_was_applied_to_after_it_was_taken_along_is_taken_again() {
        Repo repo = applied("");
        code(repo.branch("feature"), backend("a.tfstate"), "one")
                .commit("Own backend")
                .push("feature");
        plumbline.does("state", "migrate", "a");
        plumbline.awaitsChange(1, "no-changes");
        code(repo.checkout("main"), "", "two").commit("Two").push("main");
        plumbline.does("approve", "--all");

        Repo.Pushed merge = repo.run("merge", "-q", "-X", "theirs", "feature").push("main");

        assertThat(merge.said()).contains("its state was changed after it was moved to the new backend");
        plumbline.does("state", "migrate", "a");
        assertThat(ServerFixture.read(states.resolve("a.tfstate"))).contains("\"two\"");
    }

    @Test
    void a_reviewed_plan_does_not_let_go_of_a_state_that_was_applied_to_after_it_was_taken_along() {
        Repo repo = applied("").write("stacks/b/main.tf", "").commit("B");
        code(repo.branch("feature"), backend("a.tfstate"), "one")
                .commit("Own backend")
                .push("feature");
        plumbline.does("state", "migrate", "a");
        plumbline.awaitsChange(1, "no-changes");
        repo.checkout("main")
                .write("stacks/a/more.tf", "resource \"terraform_data\" \"more\" {}")
                .commit("More")
                .push("main");
        plumbline.does("approve", "--all");
        // As before the apply in between, so that the plan of the change fits once more.
        repo.run("rm", "-q", "stacks/a/more.tf").commit("Less");

        Repo.Pushed merge = repo.run("merge", "-q", "feature").push("main");

        assertThat(merge.said()).contains("its state was changed after it was moved to the new backend");
        assertThat(ServerFixture.read(states.resolve("a.tfstate"))).doesNotContain("\"more\"");

        assertThat(plumbline.does("state", "migrate", "a").out()).contains("over the one that was moved there before");
        assertThat(ServerFixture.read(states.resolve("a.tfstate"))).contains("\"more\"");
        plumbline.awaits("stacks/a", "awaiting-approval");
        plumbline.does("approve", "--all");
        assertThat(plumbline.does("state", "list", "a").out()).isEqualTo("terraform_data.it\n");
    }

    @Test
    void a_folder_that_is_moved_and_gets_a_backend_at_once_creates_nothing_a_second_time() {
        Repo repo = applied("");
        repo.branch("feature").run("mv", "stacks/a", "stacks/b");
        repo.write("stacks/b/stack.yaml", "moved_from: stacks/a\n")
                .write("stacks/b/main.tf", backend("b.tfstate") + """
                        resource "terraform_data" "it" { input = "one" }
                        """)
                .commit("Moved, and an own backend");

        assertThat(repo.push("feature").said()).contains("Take one step after the other");
        assertThat(repo.checkout("main")
                        .run("merge", "-q", "feature")
                        .push("main")
                        .said())
                .contains("1. plumbline state migrate main:stacks/b");
        assertThat(plumbline.does("state", "migrate", "b").out()).contains("written to its new backend (local)");
        plumbline.awaits("stacks/b", "no-changes");

        assertThat(plumbline.does("state", "list", "b").out()).isEqualTo("terraform_data.it\n");
        assertThat(plumbline.calls("apply")).isEqualTo(1);
    }

    @Test
    void a_folder_with_a_backend_that_is_moved_stays_known_by_its_new_name() {
        Repo repo = applied(backend("a.tfstate"));
        repo.run("mv", "stacks/a", "stacks/b").commit("Moved").push("main");
        plumbline.awaits("stacks/b", "no-changes");

        repo.branch("feature")
                .write("stacks/b/main.tf", backend("b.tfstate") + """
                        resource "terraform_data" "it" { input = "one" }
                        """)
                .commit("Elsewhere");

        assertThat(repo.push("feature").said()).contains("1. plumbline state migrate main:stacks/b");
    }

    @Test
    void a_stack_that_loses_its_backend_is_refused_until_its_state_was_taken_in() {
        Repo repo = applied(backend("a.tfstate"));
        code(repo.branch("feature"), "", "one");

        assertThat(repo.commit("Kept here").push("feature").said())
                .contains("its state is kept in a backend of its own (local), and this code wants it by this server");
        assertThat(plumbline.does("state", "migrate", "a").out())
                .contains("migrate from its backend (local): version 1");
        plumbline.awaitsChange(1, "no-changes");
        repo.checkout("main").run("merge", "-q", "feature").push("main");
        plumbline.awaits("stacks/a", "no-changes");
        assertThat(plumbline.server().managedState(A)).isPresent();
        code(repo, "", "two").commit("Two").push("main");
        plumbline.does("approve", "--all");
        assertThat(plumbline.does("state", "pull", "a").out()).contains("\"two\"");
        assertThat(ServerFixture.read(states.resolve("a.tfstate"))).doesNotContain("two");
    }

    @Test
    void a_stack_that_changes_its_backend_is_refused_until_its_state_was_taken_along() throws Exception {
        Repo repo = applied(backend("a.tfstate"));
        code(repo.branch("feature"), backend("b.tfstate"), "one");
        assertThat(repo.commit("Elsewhere").push("feature").said()).contains("plumbline state migrate main:stacks/a");
        Files.copy(states.resolve("a.tfstate"), states.resolve("b.tfstate"));

        assertThat(plumbline.does("state", "migrate", "a").out()).contains("it is in its new backend (local) already");

        plumbline.awaitsChange(1, "no-changes");
        repo.checkout("main").run("merge", "-q", "feature").push("main");
        plumbline.awaits("stacks/a", "no-changes");
    }

    @Test
    void what_an_apply_could_not_save_is_pushed_to_the_backend_and_the_stack_goes_on() throws Exception {
        try (SmallDisk disk = SmallDisk.mounted(states.resolve("disk"), "64k")) {
            Repo repo = applied(backend("disk/a.tfstate"));
            repo.write("stacks/a/main.tf", backend("disk/a.tfstate") + """
                            resource "terraform_data" "it" { input = "one" }
                            resource "terraform_data" "full" {
                              input = join("", [for i in range(1000) : "0123456789"])
                              provisioner "local-exec" { command = "cat /dev/zero > '%s/ballast' || true" }
                            }
                            """.formatted(disk.folder()))
                    .commit("Full")
                    .push("main");
            assertThat(plumbline.cli("approve", "--all").exit()).isEqualTo(1);
            plumbline.awaitsText("could not save its state", "why", "a");
            assertThat(plumbline.cli("why", "a").all()).contains("plumbline state push --errored main:stacks/a");
            assertThat(plumbline.does("state", "pull", "--errored", "a").out()).contains("\"full\"", "0123456789");
            Files.delete(disk.folder().resolve("ballast"));

            plumbline.does("state", "push", "--errored", "a");

            assertThat(ServerFixture.read(disk.folder().resolve("a.tfstate"))).contains("\"full\"");
            assertThat(plumbline.cli("why", "a").all()).doesNotContain("could not save its state");
            assertThat(plumbline.cli("retry", "a").all()).contains("no-changes");
        }
    }
}
