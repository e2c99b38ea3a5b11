package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitClient;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that people are told is one that the real Git takes. */
class TakingBackTest {
    @TempDir
    private Path folder;

    private Mirrors mirrors;
    private Mirror mirror;
    private GitClient git;
    private CommitSha before;

    @BeforeEach
    void start() {
        mirrors = new Mirrors(folder.resolve("mirrors"));
        mirror = mirrors.openOrCreate("team/infra");
        git = GitClient.init(folder.resolve("work"));
        git.write("a.tf", "one\n").write("other.tf", "one\n").commit("First");
        git.run("checkout", "-q", "-b", "feature");
        git.write("a.tf", "two\n").commit("Two");
        git.write("b.tf", "three\n").commit("Three");
        git.run("checkout", "-q", "main");
        before = git.write("other.tf", "two\n").commit("Meanwhile");
    }

    @AfterEach
    void stop() {
        mirrors.close();
    }

    /** What is told for all that main got, after it was tried. */
    private String told() {
        CommitSha after = new CommitSha(git.run("rev-parse", "main"));
        git.sendTo(mirror);
        String command = TakingBack.byHand(new MergedCommits(before, after), mirror);
        git.with(Map.of("GIT_EDITOR", "true")).run("-c", "alias.told=!" + command, "told");
        assertThat(git.run("diff", "--name-only", before.hex())).isEmpty();
        return command.replace(after.abbreviated(), "AFTER").replace(before.abbreviated(), "BEFORE");
    }

    @Test
    void of_a_merge_it_says_against_which_parent() {
        git.run("merge", "-q", "--no-ff", "--no-edit", "feature");

        assertThat(told()).isEqualTo("git revert -m 1 AFTER");
    }

    @Test
    void of_one_commit_it_names_that() {
        git.run("merge", "-q", "--squash", "feature");
        git.commit("Two and three");

        assertThat(told()).isEqualTo("git revert AFTER");
    }

    @Test
    void of_several_commits_it_names_their_range() {
        git.run("cherry-pick", "main..feature");

        assertThat(told()).isEqualTo("git revert BEFORE..AFTER");
    }

    @Test
    void of_several_commits_with_a_merge_among_them_it_takes_their_difference() {
        git.run("merge", "-q", "--no-ff", "--no-edit", "feature");
        git.write("a.tf", "four\n").commit("Four");

        assertThat(told()).isEqualTo("git diff AFTER BEFORE | git apply -3");
    }
}
