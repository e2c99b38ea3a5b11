package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A merge applies exactly what was reviewed; whatever moved since is planned again and compared. */
class MergeIT {
    @TempDir
    private Path folder;

    /** One applied stack, and a checkout of main. */
    private static Repo applied(ServerFixture plumbline) {
        Repo repo = plumbline.repo("main").stack("stacks/a", "one").commit("First");
        repo.push("main");
        assertThat(plumbline.cli("approve", "--all").exit()).isZero();
        return repo;
    }

    private static Repo reviewed(ServerFixture plumbline) {
        Repo repo =
                applied(plumbline).branch("feature").stack("stacks/a", "two").commit("Two");
        assertThat(repo.push("feature").said()).contains("every affected stack is planned");
        return repo.checkout("main");
    }

    private static String planOfLastApply(ServerFixture plumbline) {
        String log = plumbline
                .cli("logs", plumbline.runs("apply").get(0).get("id").asString())
                .out();
        return log.replaceAll("(?s).*applying the plan of (r\\d+) .*", "$1");
    }

    private static void assertAppliesTheReviewedPlan(ServerFixture plumbline, Repo.Pushed merge) {
        assertThat(merge.exit()).as(merge.output()).isZero();
        assertThat(merge.said()).contains("stacks/a  reviewed in #1 as r3").contains("done: 1 applied");
        assertThat(planOfLastApply(plumbline)).isEqualTo("r3");
        assertThat(plumbline.calls("plan")).as("nothing was planned again").isEqualTo(2);
        assertThat(plumbline.calls("apply")).isEqualTo(2);
    }

    @Test
    void a_fast_forward_applies_the_reviewed_plan_itself() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = reviewed(plumbline).run("merge", "-q", "--ff-only", "feature");

            assertAppliesTheReviewedPlan(plumbline, repo.push("main"));
            assertThat(plumbline.json("changes", "--all").get(0).get("state").asString())
                    .isEqualTo("merged");
        }
    }

    @Test
    void a_merge_commit_applies_the_reviewed_plan_itself() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = reviewed(plumbline).run("merge", "-q", "--no-ff", "--no-edit", "feature");

            assertAppliesTheReviewedPlan(plumbline, repo.push("main"));
        }
    }

    @Test
    void a_squash_applies_the_reviewed_plan_itself() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = reviewed(plumbline)
                    .run("merge", "-q", "--squash", "feature")
                    .commit("Squashed");

            assertAppliesTheReviewedPlan(plumbline, repo.push("main"));
        }
    }

    @Test
    void a_direct_push_to_main_is_planned_and_awaits_approval() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo.Pushed push = applied(plumbline)
                    .stack("stacks/a", "two")
                    .commit("Straight")
                    .push("main");

            assertThat(push.said()).contains("nobody saw its plan").contains("\"one\" -> \"two\"");
            assertThat(plumbline.calls("apply")).isEqualTo(1);
            assertThat(plumbline.cli("approve", "a").exit()).isZero();
            assertThat(plumbline.calls("apply")).isEqualTo(2);
        }
    }

    @Test
    void a_direct_push_applies_at_once_where_the_configuration_of_main_says_so() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .write("plumbline.yaml", "direct_push: apply\n")
                    .commit("Trust");
            assertThat(repo.stack("stacks/a", "two").commit("Both").push("main").said())
                    .as("rules come from main before the push")
                    .contains("awaiting-approval");
            plumbline.cli("approve", "a");

            assertThat(repo.stack("stacks/a", "three")
                            .commit("Three")
                            .push("main")
                            .said())
                    .contains("done: 1 applied");
        }
    }

    @Test
    void after_a_main_that_could_not_be_read_the_rules_are_those_of_the_last_one_that_could() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline);
            repo.write("plumbline.yaml", "direct_push: apply\n").commit("Free").push("main");
            repo.write("plumbline.yaml", "direct_push: [\n").commit("Broken").push("main");

            assertThat(repo.write("plumbline.yaml", "direct_push: approve\n")
                            .stack("stacks/a", "two")
                            .commit("Mended, and stricter from now on")
                            .push("main")
                            .said())
                    .contains("done: 1 applied");
            assertThat(repo.stack("stacks/a", "three")
                            .commit("Three")
                            .push("main")
                            .said())
                    .contains("awaiting-approval");
        }
    }

    @Test
    void what_changes_no_code_of_its_stacks_is_merged_by_its_own_merge_only_and_comes_to_an_end_then() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline);
            repo.branch("version")
                    .write("plumbline.yaml", "terraform: \">= 1.0\"\n")
                    .commit("Whichever")
                    .push("version");
            plumbline.awaitsChange(1, "no-changes");

            repo.checkout("main").write("README.md", "Words").commit("Words").push("main");
            assertThat(plumbline.cli("change", "1").all()).doesNotContain("merged");

            assertThat(repo.run("merge", "-q", "--no-edit", "version")
                            .push("main")
                            .said())
                    .contains("1 no-changes");
            plumbline.awaitsChange(1, "merged");
        }
    }

    @Test
    void a_part_of_a_change_is_not_reviewed_by_it_where_owners_must_approve() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .write("plumbline.yaml", "may: { approve: [codeowners] }\n")
                    .write("CODEOWNERS", "* @ada\n")
                    .commit("Owners");
            repo.push("main");
            repo.branch("more")
                    .stack("stacks/a", "two")
                    .stack("stacks/b", "one")
                    .commit("More");
            repo.push("more");
            plumbline.awaitsChange(1, "planned");

            assertThat(repo.checkout("main")
                            .stack("stacks/a", "two")
                            .commit("A part of it")
                            .push("main")
                            .said())
                    .contains("awaiting-approval");
        }
    }

    @Test
    void a_merge_before_the_plan_was_shown_is_not_reviewed() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("feature")
                    .stack("stacks/a", "two")
                    .commit("Two");
            plumbline.hold("plan", "stacks/a");
            Repo.Pushing branch = repo.pushing("feature").says("stacks/a: planning");
            Repo.Pushing merge =
                    repo.checkout("main").run("merge", "-q", "feature").pushing("main");
            merge.says("to bring there");
            plumbline.release("plan");

            assertThat(merge.succeeds().said()).contains("nobody saw its plan").contains("1 awaiting-approval");
            branch.succeeds();
            assertThat(plumbline.calls("apply")).isEqualTo(1);
        }
    }

    @Test
    void code_that_moved_so_that_another_value_results_awaits_approval_and_names_the_attribute() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = reviewed(plumbline).run("merge", "-q", "feature").stack("stacks/a", "three");
            Repo.Pushed push = repo.commit("Something else on top").push("main");

            assertThat(push.said())
                    .contains("its code moved since r3 planned it")
                    .contains("it would not do what was reviewed: ")
                    .contains("terraform_data.it", "input")
                    .contains("1 awaiting-approval");
            assertThat(plumbline.calls("apply")).isEqualTo(1);
        }
    }

    @Test
    void a_comment_that_moved_the_code_is_planned_again_and_applied_since_its_change_is_the_same() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = reviewed(plumbline).run("merge", "-q", "feature").write("stacks/a/note.tf", "# a note\n");
            Repo.Pushed push = repo.commit("Note").push("main");

            assertThat(push.said()).contains("done: 1 applied");
            assertThat(plumbline.calls("plan")).isEqualTo(3);
        }
    }

    @Test
    void several_merges_that_wait_on_one_stack_end_with_the_newest_and_the_older_are_superseded() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline);
            plumbline.hold("plan", "stacks/a");
            Repo.Pushing two =
                    repo.stack("stacks/a", "two").commit("Two").pushing("main").says("stacks/a: planning");
            Repo.Pushing three = repo.stack("stacks/a", "three")
                    .commit("Three")
                    .pushing("main")
                    .says("to bring there");
            Repo.Pushing four = repo.stack("stacks/a", "four")
                    .commit("Four")
                    .pushing("main")
                    .says("to bring there");
            plumbline.release("plan");

            assertThat(two.succeeds().said()).contains("superseded");
            assertThat(three.succeeds().said()).contains("superseded");
            assertThat(four.succeeds().said()).contains("\"one\" -> \"four\"").contains("1 awaiting-approval");
            plumbline.cli("approve", "a");
            assertThat(plumbline.runs("apply")).hasSize(2);
            assertThat(plumbline.state("stacks/a")).isEqualTo("applied");
        }
    }

    @Test
    void a_merge_that_puts_the_old_code_back_wins_over_one_that_waits() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline);
            repo.stack("stacks/a", "two").commit("Two").push("main");
            Repo.Pushed back = repo.stack("stacks/a", "one").commit("Back").push("main");

            assertThat(back.said()).contains("1 no-changes");
            assertThat(plumbline.cli("approve", "--all").out()).contains("nothing to do");
            assertThat(plumbline.calls("apply")).isEqualTo(1);
        }
    }

    @Test
    void a_merge_that_waits_for_approval_ends_superseded_when_a_newer_one_comes() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline);
            repo.stack("stacks/a", "two").commit("Two").push("main");
            repo.stack("stacks/a", "three").commit("Three").push("main");

            assertThat(plumbline.cli("status").out())
                    .contains("r4 awaits approval")
                    .doesNotContain("r3 awaits approval");
        }
    }

    @Test
    void approving_a_run_does_not_approve_a_plan_that_was_made_later() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            applied(plumbline).stack("stacks/a", "two").commit("Two").push("main");
            plumbline.cli("cancel", "a");
            plumbline.cli("retry", "a");

            assertThat(plumbline.cli("approve", "r3").exit())
                    .as("refused by a rule")
                    .isEqualTo(3);
            assertThat(plumbline.calls("apply")).isEqualTo(1);
            assertThat(plumbline.cli("approve", "r4").exit()).isZero();
            assertThat(plumbline.calls("apply")).isEqualTo(2);
        }
    }

    @Test
    void whoever_waits_for_a_stack_learns_that_its_merge_was_cancelled_before_anything_of_it_ran() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = plumbline.repo("main").stack("stacks/a", "one").stack("stacks/b", "one");
            repo.write("stacks/b/stack.yaml", "depends_on: [a]\n")
                    .commit("First")
                    .push("main");
            assertThat(plumbline.state("stacks/b")).isEqualTo("blocked");

            plumbline.cli("cancel", "a");

            await().untilAsserted(() ->
                    assertThat(plumbline.cli("why", "b").out()).contains("comes after stacks/a, which is cancelled"));
            assertThat(plumbline.state("stacks/b")).isEqualTo("blocked");
        }
    }

    @Test
    void a_reader_of_a_planned_output_is_applied_as_reviewed_after_its_upstream() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline).reader("stacks/b", "a").commit("Reader");
            repo.push("main");
            plumbline.cli("approve", "b");
            repo.branch("feature").stack("stacks/a", "two").commit("Two").push("feature");

            Repo.Pushed merge =
                    repo.checkout("main").run("merge", "-q", "feature").push("main");

            assertThat(merge.said()).contains("done: 2 applied");
            JsonNode applies = plumbline.json("runs");
            assertThat(applies.get(0).get("stack").asString()).isEqualTo("stacks/b");
            assertThat(applies.get(1).get("stack").asString()).isEqualTo("stacks/a");
        }
    }

    @Test
    void a_reader_of_an_output_that_only_the_apply_makes_known_is_planned_after_it_and_awaits_approval() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo.Pushed merge = mergeWithUnknownOutput(plumbline, "");

            assertThat(merge.said()).contains("1 awaiting-approval, 1 applied").contains("stacks/b");
            assertThat(plumbline.cli("approve", "b").exit()).isZero();
            assertThat(plumbline.state("stacks/b")).isEqualTo("applied");
        }
    }

    @Test
    void such_a_reader_is_applied_where_downstream_is_auto_and_nothing_is_destroyed() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            assertThat(mergeWithUnknownOutput(plumbline, "downstream: auto\n").said())
                    .contains("done: 2 applied");
        }
    }

    private static Repo.Pushed mergeWithUnknownOutput(ServerFixture plumbline, String rules) {
        String upstream = """
                resource "terraform_data" "it" { triggers_replace = "%s" }
                output "value" { value = terraform_data.it.id }
                """;
        Repo repo = plumbline.repo("main").write("plumbline.yaml", "stacks: [\"stacks/*\"]\n" + rules);
        repo.write("stacks/a/main.tf", upstream.formatted("one"))
                .reader("stacks/b", "a")
                .commit("First");
        repo.push("main");
        plumbline.cli("approve", "a");
        plumbline.awaits("stacks/b", "awaiting-approval").cli("approve", "b");
        repo.branch("feature")
                .write("stacks/a/main.tf", upstream.formatted("two"))
                .commit("Two");
        assertThat(repo.push("feature").said())
                .contains("planned after stacks/a is applied, since it reads stacks/a.value");
        return repo.checkout("main").run("merge", "-q", "feature").push("main");
    }
}
