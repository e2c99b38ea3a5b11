package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the author of a branch is told, and what becomes of plans when branches move. */
class ChangeIT {
    @TempDir
    private Path folder;

    private static Repo applied(ServerFixture plumbline) {
        Repo repo = plumbline.repo("main").stack("stacks/network", "10.0").reader("stacks/app", "network");
        repo.commit("First").push("main");
        plumbline.cli("approve", "network");
        plumbline.awaits("stacks/app", "awaiting-approval").cli("approve", "app");
        return repo;
    }

    @Test
    void a_pushed_branch_opens_a_change_with_a_reason_for_each_stack_and_readers_see_planned_outputs() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline).branch("feature").stack("stacks/network", "10.1");
            Repo.Pushed push = repo.commit("Move the network").push("feature");

            assertThat(push.exit()).isZero();
            assertThat(push.said())
                    .contains("change #1 feature at " + repo.head().substring(0, 7))
                    .contains("2 stacks are affected:")
                    .containsPattern("stacks/network +stacks/network/main.tf changed|stacks/network +main.tf changed")
                    .contains("reads stacks/network.value")
                    .contains("\"reads 10.0\" -> \"reads 10.1\"")
                    .contains("#1: every affected stack is planned; merging applies it")
                    .contains("to apply: merge feature into main and push main");
            JsonNode change = plumbline.json("changes").get(0);
            assertThat(change.get("state").asString()).isEqualTo("planned");
            assertThat(change.get("branch").asString()).isEqualTo("feature");
            assertThat(plumbline.cli("change", "1", "--markdown").out())
                    .startsWith("### Plumbline: 2 stacks planned\n")
                    .contains("Every affected stack is planned", "| <code>stacks/network</code> | planned |")
                    .contains("reads 10.1", "**Next:** merge, and this is what is applied.");

            repo.checkout("main").run("merge", "-q", "feature").push("main");

            assertThat(plumbline.cli("change", "1", "--markdown").out())
                    .startsWith("### Plumbline: applied\n")
                    .contains("| <code>stacks/app</code> | applied |", "reads 10.1");
        }
    }

    @Test
    void stacks_and_changes_of_two_repositories_are_listed_with_theirs_by_repository_and_folder() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            plumbline.repo("main").stack("b", "1").commit("First").push("main");
            assertThat(plumbline.json("status").get("stacks").findValuesAsString("id"))
                    .containsExactly("b");

            Repo other =
                    plumbline.repo("infra2").stack("b", "1").stack("c", "1").commit("First");
            other.push("main");
            other.branch("wider").stack("b", "2").commit("Wider").push("wider");

            assertThat(plumbline.json("status").get("stacks").findValuesAsString("id"))
                    .containsExactly("infra2:b", "infra2:c", "main:b");
            assertThat(plumbline.json("changes").get(0).get("stacks").findValuesAsString("stack"))
                    .containsExactly("infra2:b");
        }
    }

    @Test
    void plans_stream_to_the_terminal_while_others_still_run() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline).branch("feature").stack("stacks/network", "10.1");
            plumbline.hold("plan", "stacks/app");
            Repo.Pushing pushing = repo.commit("Move").pushing("feature");

            pushing.says("stacks/network: planned: ").says("stacks/app: planning");
            assertThat(pushing.going()).isTrue();
            plumbline.release("plan");
            assertThat(pushing.succeeds().said()).contains("every affected stack is planned");
        }
    }

    @Test
    void a_branch_that_is_set_back_to_main_closes_its_change() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = plumbline.repo("main");
            repo.stack("stacks/a", "one").commit("First").push("main");
            plumbline.does("approve", "a");
            repo.branch("next").stack("stacks/a", "two").commit("Two").push("next");
            plumbline.awaitsChange(1, "planned");

            Repo.Pushed back = repo.run("reset", "-q", "--hard", "main").push("--force", "next");

            assertThat(back.said()).contains("change #1 is closed", "next has nothing that main lacks");
            assertThat(plumbline.json("change", "1").at("/change/state").asString())
                    .isEqualTo("closed");
        }
    }

    @Test
    void a_newer_push_supersedes_running_and_queued_plans_of_the_older_one() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline).branch("feature").stack("stacks/network", "10.1");
            plumbline.hold("plan", "stacks/network");
            Repo.Pushing first = repo.commit("Older").pushing("feature").says("stacks/network: planning");
            Repo.Pushing second =
                    repo.stack("stacks/network", "10.2").commit("Newer").pushing("feature");

            assertThat(first.succeeds().said()).contains("#1: superseded by");
            plumbline.release("plan");
            assertThat(second.succeeds().said()).contains("10.2").doesNotContain("\"10.1\"");
            assertThat(plumbline.json("runs").findValuesAsString("state")).contains("superseded");
            assertThat(plumbline.json("changes")).hasSize(1);
        }
    }

    @Test
    void two_changes_on_one_stack_both_get_their_plans_and_the_other_is_planned_again_when_one_merges() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline);
            repo.branch("one").write("stacks/network/one.tf", "resource \"terraform_data\" \"one\" {}\n");
            assertThat(repo.commit("One").push("one").said()).contains("#1: every affected stack is planned");
            repo.checkout("main")
                    .branch("two")
                    .write("stacks/network/two.tf", "resource \"terraform_data\" \"two\" {}\n");
            assertThat(repo.commit("Two").push("two").said()).contains("#2: every affected stack is planned");

            Repo.Pushed merge = repo.checkout("main").run("merge", "-q", "one").push("main");

            assertThat(merge.said()).contains("reviewed in #1 as ").contains("applied");
            assertThat(plumbline.calls("apply")).isEqualTo(3);
            plumbline.awaitsChange(2, "planned");
            repo.run("merge", "-q", "--no-edit", "two");
            Repo.Pushed second = repo.push("main");
            assertThat(second.said()).contains("reviewed in #2 as ").contains("1 applied");
        }
    }

    @Test
    void a_conflict_is_told_with_its_files_and_mended_by_the_next_push() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("feature")
                    .stack("stacks/network", "10.1")
                    .commit("Theirs");
            repo.checkout("main").stack("stacks/network", "10.2").commit("Ours").push("main");

            Repo.Pushed push = repo.checkout("feature").push("feature");

            assertThat(push.exit()).isZero();
            assertThat(push.said()).contains("it conflicts with main: stacks/network/main.tf");
            assertThat(plumbline.json("changes").get(0).get("state").asString()).isEqualTo("conflict");
            repo.run("merge", "-q", "-X", "ours", "--no-edit", "main");
            assertThat(repo.push("feature").said()).doesNotContain("conflict").contains("\"10.1\"");
        }
    }

    @Test
    void a_branch_that_shares_no_commit_with_main_cannot_be_merged_and_says_so() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .run("checkout", "-q", "--orphan", "stranger")
                    .commit("Stranger");

            assertThat(repo.push("stranger").said()).contains("it shares no commit with main, so it can't be merged");
        }
    }

    @Test
    void a_branch_pushed_before_main_waits_for_it_without_holding_the_push() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = plumbline.repo("main").stack("stacks/a", "one").commit("First");

            Repo.Pushed push = repo.push("main:feature");

            assertThat(push.exit()).isZero();
            assertThat(push.said()).contains("there is no main branch yet; push main first");
        }
    }

    @Test
    void deleting_a_branch_closes_its_change_and_a_tag_is_only_kept() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("feature")
                    .stack("stacks/network", "10.1")
                    .commit("Move");
            repo.push("feature");

            assertThat(repo.push(":feature").said()).contains("closed");
            assertThat(plumbline.json("changes")).isEmpty();
            assertThat(repo.run("tag", "v1").push("v1").said()).contains("tags: 1 kept; only branches are planned");
            assertThat(repo.run("tag", "v2").push(":v1", "v2").said())
                    .contains("tags: 1 kept, 1 deleted; only branches are planned");
        }
    }

    @Test
    void a_change_that_touches_no_stack_says_so() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("docs")
                    .write("README.md", "hello\n")
                    .commit("Docs");

            assertThat(repo.push("docs").said()).contains("no stack is affected");
        }
    }
}
