package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.access.Role;
import dev.plumbline.stack.StackId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with states that this server keeps. */
class StateIT {
    private static final StackId A = new StackId("main", "stacks/a");

    @TempDir
    private Path folder;

    private ServerFixture plumbline;

    @BeforeEach
    void start() {
        plumbline = ServerFixture.started(folder);
    }

    @AfterEach
    void stop() {
        plumbline.close();
    }

    private Repo applied() {
        Repo repo = plumbline.repo("main").stack("stacks/a", "one").commit("First");
        repo.push("main");
        ServerFixture.Ended approved = plumbline.cli("approve", "--all");
        assertThat(approved.exit()).as(approved.all()).isZero();
        return repo;
    }

    private String pulled() {
        ServerFixture.Ended pulled = plumbline.cli("state", "pull", "a");
        assertThat(pulled.exit()).as(pulled.all()).isZero();
        return pulled.out();
    }

    @Test
    void a_state_is_listed_shown_and_pulled_by_those_who_may() {
        applied();
        ServerFixture.Holder reader = plumbline.holder("rita", Role.READ);

        assertThat(reader.cli("state", "list", "a").out()).isEqualTo("terraform_data.it\n");
        assertThat(reader.cli("state", "show", "a", "terraform_data.it").out()).contains("\"input\"", "\"one\"");
        assertThat(reader.cli("state", "pull", "a").err()).contains("admin");
        assertThat(reader.cli("state", "rm", "a", "terraform_data.it").err()).contains("admin");
        assertThat(pulled())
                .isEqualTo(new String(plumbline.server().managedState(A).orElseThrow(), StandardCharsets.UTF_8));
        assertThat(plumbline.cli("state", "show", "a", "terraform_data.no").err())
                .contains("There is no terraform_data.no in the state of stacks/a");
        assertThat(plumbline.history())
                .anyMatch(line -> line.contains("rita state main:stacks/a: looked at terraform_data.it of version 1"))
                .anyMatch(line -> line.contains("state main:stacks/a: pulled version 1"));
    }

    @Test
    void secrets_are_masked_where_a_state_is_shown() {
        plumbline.repo("main").write("stacks/a/main.tf", """
                        variable "password" {
                          sensitive = true
                          default   = "hunter22"
                        }
                        resource "terraform_data" "it" { input = var.password }
                        resource "terraform_data" "open" { input = "in the open" }
                        """).commit("First").push("main");
        plumbline.does("approve", "--all");

        assertThat(plumbline.does("state", "show", "a").out())
                .contains("in the open")
                .contains("(sensitive value)")
                .doesNotContain("hunter22");
        assertThat(pulled()).contains("hunter22");
    }

    @Test
    void what_exists_already_is_brought_in_and_then_the_plan_creates_nothing() {
        Repo repo = plumbline.repo("main").stack("stacks/b", "x").commit("First");
        assertThat(repo.push("main").said()).containsOnlyOnce("stacks/b has no state yet");
        plumbline.does("approve", "--all");
        Repo.Pushed first =
                repo.branch("feature").stack("stacks/a", "one").commit("A").push("feature");
        assertThat(first.said())
                .containsOnlyOnce("stacks/a has no state yet: everything in it would be created. If it exists already,"
                        + " bring its state in first: plumbline state push main:stacks/a terraform.tfstate");
        ServerFixture.write(folder.resolve("mine.tfstate"), state("mine", 7, "one"));

        assertThat(plumbline.does("state", "push", "stacks/a", "mine.tfstate").out())
                .contains("push: version 2 (serial 7");
        assertThat(folder.resolve("home/artifacts/incoming")).isEmptyDirectory();

        plumbline.awaitsChange(1, "no-changes");
        repo.checkout("main").run("merge", "-q", "feature");
        assertThat(repo.push("main").said()).doesNotContain("no state yet");
        assertThat(plumbline.does("state", "list", "a").out()).isEqualTo("terraform_data.it\n");
        assertThat(plumbline.calls("apply")).isEqualTo(1);
    }

    @Test
    void while_the_first_apply_runs_nobody_is_told_to_bring_a_state_in() {
        plumbline.repo("main").stack("stacks/a", "one").commit("First").push("main");
        assertThat(plumbline.does("why", "a").out()).contains("plumbline state push main:stacks/a");
        plumbline.hold("apply", "stacks/a");
        plumbline.does("approve", "--no-wait", "a");
        plumbline.awaits("stacks/a", "applying");
        Awaitility.await("its apply runs")
                .until(() -> plumbline.does("why", "a").out(), why -> why.contains("apply is applying"));

        assertThat(plumbline.does("why", "a").out()).doesNotContain("state push");

        plumbline.release("apply").awaits("stacks/a", "applied");
        assertThat(plumbline.does("why", "a").out()).doesNotContain("state push");
    }

    private static String state(String lineage, int serial, String value) {
        return """
                {"version": 4, "terraform_version": "1.11.4", "serial": %d, "lineage": "%s",
                 "outputs": {"value": {"value": "%3$s", "type": "string"}},
                 "resources": [{"mode": "managed", "type": "terraform_data", "name": "it",
                  "provider": "provider[\\"terraform.io/builtin/terraform\\"]",
                  "instances": [{"schema_version": 0, "attributes": {"id": "0c1d5a8e-1111-2222-3333-444455556666",
                   "input": {"value": "%3$s", "type": "string"}, "output": {"value": "%3$s", "type": "string"},
                   "triggers_replace": null}}]}], "check_results": null}
                """.formatted(serial, lineage, value);
    }

    @Test
    void what_is_no_state_or_another_one_or_older_is_refused_and_told_as_what_it_is() {
        applied();
        String before = pulled();

        ServerFixture.write(folder.resolve("f"), "not json");
        assertThat(plumbline.fails("state", "push", "a", "f").all()).contains("it is not JSON");
        ServerFixture.write(folder.resolve("f"), before.substring(0, before.length() / 2));
        assertThat(plumbline.fails("state", "push", "a", "f").all()).contains("only a piece of it");
        ServerFixture.write(folder.resolve("f"), "");
        assertThat(plumbline.fails("state", "push", "a", "f").all()).contains("the file is empty");
        ServerFixture.write(folder.resolve("f"), "{\"format_version\": \"1.0\"}");
        assertThat(plumbline.fails("state", "push", "a", "f").all())
                .contains("'terraform state pull' prints one that fits");
        ServerFixture.write(folder.resolve("f"), before.replaceFirst("\"version\": 4", "\"version\": 3"));
        assertThat(plumbline.fails("state", "push", "a", "f").all()).contains("format 3");
        ServerFixture.write(folder.resolve("f"), state("another", 99, "x"));
        assertThat(plumbline.fails("state", "push", "a", "f").all()).contains("its lineage is another");
        ServerFixture.write(folder.resolve("f"), before.replaceFirst("\"serial\": \\d+", "\"serial\": 0"));
        assertThat(plumbline.fails("state", "push", "a", "f").all()).contains("that state is older: its serial is 0");
        assertThat(plumbline.fails("state", "push", "a", "nowhere").all()).contains("There is no file");

        assertThat(pulled()).isEqualTo(before);
        assertThat(plumbline.does("state", "push", "--force", "a", "f").out()).contains("push --force: version 2");
        ServerFixture.write(folder.resolve("f"), state("another", 99, "x"));
        assertThat(plumbline.does("state", "push", "--force", "a", "f").out()).contains("version 3 (serial 99");
    }

    @Test
    void a_moved_address_makes_a_reviewed_change_plan_again() {
        Repo repo = applied();
        repo.branch("feature").stack("stacks/a", "two").commit("Two").push("feature");
        assertThat(plumbline
                        .does("state", "mv", "a", "terraform_data.it", "terraform_data.other")
                        .out())
                .contains("mv terraform_data.it terraform_data.other: version 2");
        assertThat(plumbline.does("state", "list", "a").out()).isEqualTo("terraform_data.other\n");
        plumbline.awaitsText("1 to add, 0 to change, 1 to destroy", "change", "1");

        Repo.Pushed merge = repo.checkout("main").run("merge", "-q", "feature").push("main");

        assertThat(merge.exit()).isZero();
        assertThat(pulled()).contains("\"two\"").contains("\"it\"").doesNotContain("other");
        assertThat(plumbline
                        .fails("state", "mv", "a", "terraform_data.no", "terraform_data.x")
                        .all())
                .contains("does not match anything in the current");
    }

    @Test
    void a_merge_whose_state_moved_after_the_review_does_not_apply_the_stale_plan() {
        Repo repo = applied();
        repo.branch("feature").stack("stacks/a", "two").commit("Two").push("feature");
        plumbline.hold("plan", "stacks/a");
        plumbline.does("state", "rm", "a", "terraform_data.it");

        Repo.Pushing merge = repo.checkout("main").run("merge", "-q", "feature").pushing("main");
        plumbline.release("plan");

        assertThat(merge.ended().said())
                .contains("terraform_data.it will be created")
                .contains("1 awaiting-approval")
                .doesNotContain("applying the plan");
        assertThat(plumbline.calls("apply")).isEqualTo(1);
    }

    @Test
    void a_plan_that_awaits_approval_is_made_again_once_its_state_moved() {
        Repo repo = applied();
        repo.stack("stacks/a", "two").commit("Two").push("main");
        assertThat(plumbline.cli("why", "a").out()).contains("r3 awaits approval");

        plumbline.does("state", "rm", "a", "terraform_data.it");

        plumbline.awaitsText("r5 awaits approval", "why", "a");
        assertThat(plumbline.cli("logs", "r5").out()).contains("1 to add, 0 to change, 0 to destroy");
        assertThat(plumbline.calls("apply")).isEqualTo(1);
    }

    @Test
    void a_removal_is_rolled_back_as_a_new_version() {
        applied();
        String before = pulled();

        plumbline.does("state", "rm", "a", "terraform_data.it");
        assertThat(plumbline.does("state", "list", "a").out()).isEmpty();
        assertThat(plumbline.does("state", "rollback", "a").out()).contains("rollback to version 1: version 3");

        assertThat(plumbline.does("state", "list", "a").out()).isEqualTo("terraform_data.it\n");
        assertThat(pulled())
                .contains("\"serial\" : ")
                .contains(before.replaceFirst("(?s).*\"lineage\": (\"[^\"]+\").*", "$1"));
        assertThat(plumbline.does("state", "versions", "a").out())
                .contains("3 (current)")
                .contains("rm terraform_data.it");
        assertThat(plumbline.fails("state", "rollback", "a", "77").all()).contains("stacks/a has no version 77");
        assertThat(plumbline.history())
                .anyMatch(line -> line.contains("state main:stacks/a: r") && line.contains("rollback"));
        assertThat(plumbline.cli("apply", "a").exit()).isZero();
    }

    @Test
    void what_a_live_run_holds_is_waited_for_and_named() throws InterruptedException {
        Repo repo = applied();
        plumbline.hold("plan", "stacks/a");
        Repo.Pushing push =
                repo.branch("feature").stack("stacks/a", "two").commit("Two").pushing("feature");
        plumbline.awaitsCalls("plan", 2);
        StringBuffer said = new StringBuffer();
        Thread command = new Thread(() -> said.append(
                plumbline.cli("state", "rm", "a", "terraform_data.it").all()));
        command.start();
        plumbline.awaitsText("state is queued", "why", "a");

        assertThat(said).isEmpty();
        assertThat(plumbline.does("state", "list", "a").out()).isEqualTo("terraform_data.it\n");
        plumbline.release("plan");
        command.join(60_000);
        push.ended();

        assertThat(said.toString())
                .contains("it waits for r3 (plan), which holds the lane of stacks/a since")
                .contains("applied: rm terraform_data.it");
    }
}
