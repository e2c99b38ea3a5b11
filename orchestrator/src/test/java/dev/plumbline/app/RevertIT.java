package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.GitClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was merged is taken back by another change. */
class RevertIT {
    @TempDir
    private Path folder;

    private static Repo applied(ServerFixture plumbline) {
        Repo repo = plumbline
                .repo("main")
                .stack("stacks/a", "one")
                .write("README.md", "first\n")
                .commit("First");
        repo.push("main");
        assertThat(plumbline.cli("approve", "--all").exit()).isZero();
        repo.branch("feature").stack("stacks/a", "two").commit("Two");
        repo.write("stacks/a/notes.txt", "why\n").commit("Why two").push("feature");
        return repo.checkout("main").write("README.md", "second\n").commit("Meanwhile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge --no-ff --no-edit feature", "merge --squash feature", "cherry-pick main..feature"})
    void a_merged_change_is_taken_back_by_a_branch_that_is_planned_and_merged_like_any_other(String way) {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline).run(way.split(" "));
            if (way.contains("squash")) {
                repo.commit("Squashed");
            }
            repo.write("README.md", "third\n").commit("More in the same push").push("main");
            plumbline.awaits("stacks/a", "applied");

            ServerFixture.Ended reverted = plumbline.does("revert", "#1");

            assertThat(reverted.out()).contains("#1: reverted", "plumbline/revert-1");
            plumbline.awaitsChange(2, "planned");
            assertThat(plumbline.cli("change", "2").out()).contains("\"two\" -> \"one\"");
            repo.run("pull", "-q", "--no-rebase", plumbline.server().remote("main"), "plumbline/revert-1")
                    .push("main");
            plumbline.awaits("stacks/a", "applied");
            assertThat(repo.folder().resolve("stacks/a/notes.txt")).doesNotExist();
            assertThat(repo.folder().resolve("README.md")).hasContent("third");
            assertThat(plumbline.cli("revert", "#1").all()).contains("taken back already");
        }
    }

    @Test
    void a_stack_stands_for_its_last_change_and_what_was_never_merged_is_not_taken_back() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline);

            assertThat(plumbline.cli("revert", "#1").all()).contains("only what was merged");
            assertThat(plumbline.cli("revert", "a").all()).contains("came of no change");
            repo.run("merge", "-q", "--no-edit", "feature").push("main");
            plumbline.awaits("stacks/a", "applied");

            assertThat(plumbline.does("revert", "a").out()).contains("#1: reverted");
        }
    }

    @Test
    void of_two_changes_that_one_push_merged_only_the_one_that_is_meant_is_taken_back() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline).run("checkout", "-q", "feature");
            repo.branch("more").stack("stacks/b", "one").commit("More").push("more");
            repo.checkout("main").run("reset", "-q", "--hard", "more").push("main");
            plumbline.awaits("stacks/b", "applied").awaits("stacks/a", "applied");

            assertThat(plumbline.does("revert", "#2").out()).contains("plumbline/revert-2");

            repo.run("fetch", "-q", plumbline.server().remote("main"), "plumbline/revert-2");
            assertThat(new GitClient(repo.folder())
                            .run("diff", "--name-only", "main", "FETCH_HEAD")
                            .lines())
                    .containsExactly("stacks/b/main.tf");
        }
    }

    @Test
    void of_two_squashed_changes_of_the_same_files_the_one_that_is_meant_is_taken_back() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline);
            repo.branch("again").stack("stacks/a", "three").write("stacks/a/notes.txt", "again\n");
            repo.commit("Three").push("again");
            repo.checkout("main").run("merge", "-q", "--squash", "feature").commit("Two");
            repo.stack("stacks/a", "three")
                    .write("stacks/a/notes.txt", "again\n")
                    .commit("Three");
            repo.push("main");
            plumbline.awaits("stacks/a", "applied");

            assertThat(plumbline.does("revert", "#2").out()).contains("plumbline/revert-2");

            plumbline.awaitsChange(3, "planned");
            assertThat(plumbline.cli("change", "3").out()).contains("\"three\" -> \"two\"");
        }
    }

    @Test
    void what_came_after_it_and_changed_the_same_lines_is_named() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline).run("merge", "-q", "--no-edit", "feature");
            repo.push("main");
            repo.stack("stacks/a", "three").commit("Three").push("main");

            assertThat(plumbline.cli("revert", "#1").all()).contains("stacks/a/main.tf", "git revert -m 1 ");
        }
    }
}
