package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stacks that go, move or break, and what people can do about it. */
class LifeIT {
    @TempDir
    private Path folder;

    private static Repo applied(ServerFixture plumbline) {
        Repo repo = plumbline
                .repo("main")
                .stack("stacks/a", "one")
                .stack("stacks/b", "one")
                .commit("First");
        repo.push("main");
        assertThat(plumbline.cli("approve", "--all").exit()).isZero();
        return repo;
    }

    @Test
    void a_removed_folder_is_shown_as_a_destroy_awaits_approval_although_reviewed_and_then_is_gone() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("remove")
                    .run("rm", "-rq", "stacks/a")
                    .commit("Remove");
            assertThat(repo.push("remove").said())
                    .contains("stacks/a", "stack folder removed")
                    .contains("- resource \"terraform_data\" \"it\"");

            Repo.Pushed merge =
                    repo.checkout("main").run("merge", "-q", "remove").push("main");

            assertThat(merge.said()).contains("its folder is gone, so ").contains("1 awaiting-approval");
            assertThat(plumbline.calls("apply")).isEqualTo(2);
            assertThat(plumbline.cli("approve", "stacks/a").exit()).isZero();
            assertThat(plumbline.runs("destroy apply")).hasSize(1);
            assertThat(plumbline.json("status").get("stacks").findValuesAsString("id"))
                    .containsExactly("stacks/b");
        }
    }

    @Test
    void a_removed_folder_that_comes_back_before_its_approval_destroys_nothing() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline).run("rm", "-rq", "stacks/a").commit("Remove");
            repo.push("main");
            Repo.Pushed back = repo.stack("stacks/a", "one").commit("Back").push("main");

            assertThat(back.said()).contains("1 no-changes");
            assertThat(plumbline.cli("approve", "--all").out()).contains("nothing to do");
        }
    }

    @Test
    void a_moved_folder_keeps_its_state() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("move")
                    .run("mv", "stacks/a", "stacks/c")
                    .commit("Move");
            assertThat(repo.push("move").said()).contains("stacks/c").doesNotContain("will be destroyed");

            Repo.Pushed merge = repo.checkout("main").run("merge", "-q", "move").push("main");

            assertThat(merge.said()).contains("no-changes").doesNotContain("planned again", "planning");
            assertThat(plumbline.json("status").get("stacks").findValuesAsString("id"))
                    .containsExactly("stacks/b", "stacks/c");
            assertThat(repo.stack("stacks/c", "two").commit("Two").push("main").said())
                    .contains("\"one\" -> \"two\"");
        }
    }

    @Test
    void what_waited_for_a_folder_that_moved_away_is_superseded_and_makes_nothing_twice() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline).stack("stacks/a", "two").commit("Two");
            repo.push("main");
            repo.run("mv", "stacks/a", "stacks/c").commit("Move").push("main");

            assertThat(plumbline.cli("approve", "stacks/a").exit()).isNotZero();
            plumbline.cli("approve", "--all");

            assertThat(plumbline.state("stacks/c")).isEqualTo("applied");
            assertThat(plumbline.runs("apply").stream()
                            .map(run -> run.get("stack").asString()))
                    .containsExactlyInAnyOrder("stacks/c", "stacks/b", "stacks/a");
        }
    }

    @Test
    void a_plan_of_main_that_finds_nothing_to_change_leaves_the_time_of_the_last_apply() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            applied(plumbline);
            List<String> before = appliedAt(plumbline);
            assertThat(before).hasSize(2);
            plumbline.clockMoves(Duration.ofHours(1));

            assertThat(plumbline.does("apply", "a").all()).contains("no-changes");

            assertThat(plumbline.state("stacks/a")).isEqualTo("no-changes");
            assertThat(appliedAt(plumbline)).isEqualTo(before);
        }
    }

    private static List<String> appliedAt(ServerFixture plumbline) {
        return plumbline.json("status").get("stacks").findValuesAsString("appliedAt");
    }

    @Test
    void a_plan_that_fails_shows_its_author_why_and_retry_plans_it_again() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("broken")
                    .write("stacks/a/broken.tf", "output \"x\" { value = nope.x }\n");
            Repo.Pushed push = repo.commit("Broken").push("broken");

            assertThat(push.exit()).as("the ref is accepted").isZero();
            assertThat(push.said())
                    .contains("stacks/a could not be planned")
                    .contains("broken.tf")
                    .contains("plumbline retry '#1'");
            ServerFixture.Ended again = plumbline.cli("retry", "#1");
            assertThat(again.exit()).isEqualTo(1);
            assertThat(again.all())
                    .contains("stacks/a could not be planned", "broken.tf")
                    .containsPattern("\n  plumbline logs r\\d+\n");
            assertThat(repo.run("rm", "-q", "stacks/a/broken.tf")
                            .stack("stacks/a", "mended")
                            .commit("Mend")
                            .push("broken")
                            .said())
                    .contains("every affected stack is planned");
        }
    }

    @Test
    void retry_of_a_stack_that_did_not_fail_on_main_leads_to_where_it_failed() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline);

            ServerFixture.Ended fine = plumbline.cli("retry", "a");

            assertThat(fine.exit()).as("refused by a rule").isEqualTo(3);
            assertThat(fine.all())
                    .contains("nothing of stacks/a failed on main; plumbline apply main:stacks/a plans main again");
            repo.branch("broken")
                    .write("stacks/a/broken.tf", "output \"x\" { value = nope.x }\n")
                    .commit("Broken")
                    .push("broken");
            assertThat(plumbline.cli("retry", "a").all())
                    .contains("nothing of stacks/a failed on main; its plan in change #1 failed: plumbline retry '#1'");
        }
    }

    @Test
    void retry_of_a_merged_change_leaves_alone_what_was_applied() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline);
            repo.branch("feature").stack("stacks/a", "two").commit("Two").push("feature");
            repo.checkout("main").run("merge", "-q", "feature").push("main");
            plumbline.awaits("stacks/a", "applied");

            ServerFixture.Ended again = plumbline.cli("retry", "#1");

            assertThat(again.exit()).isEqualTo(1);
            assertThat(again.all()).contains("#1 is merged: nothing of it is left to retry.");
        }
    }

    @Test
    void an_apply_that_fails_halfway_keeps_what_it_made_says_why_and_can_be_retried() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = plumbline
                    .repo("main")
                    .write("stacks/a/main.tf", """
                            resource "terraform_data" "made" {}
                            resource "terraform_data" "fails" {
                              depends_on = [terraform_data.made]
                              provisioner "local-exec" { command = "test -e %s" }
                            }
                            output "value" { value = terraform_data.made.id }
                            """.formatted(folder.resolve("mended")))
                    .reader("stacks/b", "a");
            repo.commit("First").push("main");

            ServerFixture.Ended approved = plumbline.cli("approve", "a");

            assertThat(approved.exit()).isEqualTo(1);
            assertThat(approved.all()).contains("failed").contains("local-exec");
            assertThat(plumbline.state("stacks/a")).isEqualTo("failed");
            assertThat(plumbline.cli("why", "a").out())
                    .contains("stacks/a is failed")
                    .contains("local-exec");
            plumbline.awaits("stacks/b", "blocked");
            assertThat(plumbline.cli("why", "b").out()).contains("it comes after stacks/a, which is failed");
            ServerFixture.write(folder.resolve("mended"), "");
            plumbline.cli("retry", "a");
            plumbline.awaits("stacks/a", "awaiting-approval");
            String plan = plumbline.cli("change", "#1").all()
                    + plumbline
                            .cli("logs", plumbline.runs("plan").get(0).get("id").asString())
                            .out();
            assertThat(plan)
                    .as("the resource that was made is known")
                    .doesNotContain("terraform_data.made: Plan to create");
            assertThat(plumbline.cli("approve", "a").exit()).isZero();
            plumbline.awaits("stacks/b", "awaiting-approval");
        }
    }

    @Test
    void cancel_stops_queued_and_running_plans_and_retry_brings_them_back() {
        try (ServerFixture plumbline = ServerFixture.started(folder, "limits: { parallel_runs: 1 }\n")) {
            Repo repo = applied(plumbline)
                    .branch("feature")
                    .stack("stacks/a", "two")
                    .stack("stacks/b", "two");
            plumbline.hold("plan", "stacks/a");
            Repo.Pushing pushing = repo.commit("Two").pushing("feature").says("stacks/a: planning");

            assertThat(plumbline.cli("cancel", "#1").all()).contains("#1");
            assertThat(pushing.succeeds().said()).contains("cancelled by owner");
            plumbline.release("plan");
            assertThat(plumbline.cli("retry", "#1").exit()).isZero();
            plumbline.awaitsChange(1, "planned");
        }
    }

    @Test
    void cancel_of_a_running_apply_stops_it_and_keeps_the_lane_free() {
        try (ServerFixture plumbline = ServerFixture.started(folder, "limits: { grace: 2s }\n")) {
            Repo repo = applied(plumbline).stack("stacks/a", "two").commit("Two");
            repo.push("main");
            plumbline.hold("apply", "stacks/a");
            plumbline.cli("approve", "a", "--no-wait");
            plumbline.awaitsCalls("apply", 3);

            plumbline.cli("cancel", "a");
            plumbline.awaits("stacks/a", "cancelled").release("apply");

            assertThat(plumbline.cli("retry", "a").exit())
                    .as("the same change was approved before")
                    .isZero();
            assertThat(plumbline.state("stacks/a")).isEqualTo("applied");
        }
    }

    @Test
    void an_apply_goes_before_plans_that_queued_earlier_and_a_stack_has_one_live_run() {
        try (ServerFixture plumbline = ServerFixture.started(folder, "limits: { parallel_runs: 1 }\n")) {
            Repo repo = applied(plumbline).stack("stacks/b", "two").commit("B two");
            repo.push("main");
            repo.branch("feature").stack("stacks/a", "two").commit("Two");
            plumbline.hold("plan", "stacks/a");
            Repo.Pushing first = repo.pushing("feature").says("stacks/a: planning");
            Repo.Pushing second = repo.checkout("main")
                    .branch("other")
                    .stack("stacks/a", "other")
                    .commit("Other")
                    .pushing("other");
            second.says("1 stack is affected");
            plumbline.cli("approve", "b", "--no-wait");
            assertThat(plumbline.json("status").get("activeRuns")).hasSize(1);
            assertThat(plumbline.cli("why", "a").out()).contains("behind r").contains("holds the stack's lane");
            plumbline.release("plan");
            first.succeeds();
            second.succeeds();
            plumbline.awaits("stacks/b", "applied");

            assertThat(ServerFixture.read(folder.resolve("calls"))
                            .lines()
                            .map(line -> line.split(" ")[0])
                            .filter(phase -> phase.matches("plan|apply"))
                            .toList())
                    .endsWith("plan", "apply", "plan");
        }
    }

    @Test
    void broken_configuration_is_told_with_file_line_and_column_on_a_branch_and_on_main() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("broken")
                    .write("plumbline.yaml", "stacks: [\"stacks/*\"]\naply: on_merge\n");
            assertThat(repo.commit("Typo").push("broken").said())
                    .contains("plumbline.yaml:2:1")
                    .contains("apply");

            repo.checkout("main").write("stacks/a/stack.yaml", "inputs:\n  value: nowhere.value\n");
            assertThat(repo.commit("No such stack").push("main").said()).contains("stacks/a/stack.yaml:2:");
            repo.write("plumbline.yaml", "approvals: many\n").write("stacks/a/stack.yaml", "");
            assertThat(repo.commit("Wrong type").push("main").said())
                    .contains("nothing is applied until this is mended")
                    .contains("plumbline.yaml:1:");
            assertThat(repo.write("plumbline.yaml", "approvals: 0\n")
                            .stack("stacks/a", "two")
                            .commit("Mended")
                            .push("main")
                            .said())
                    .contains("1 awaiting-approval");
        }
    }
}
