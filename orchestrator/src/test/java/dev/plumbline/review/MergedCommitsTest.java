package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitClient;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change became on main, found in a real repository whichever way it was merged. */
class MergedCommitsTest {
    @TempDir
    private Path folder;

    private Mirrors mirrors;
    private Mirror mirror;
    private GitClient git;
    private CommitSha before;
    private CommitSha head;

    /** A change of two commits, of which the second touches all files that the first did; and main went on meanwhile. */
    @BeforeEach
    void start() {
        mirrors = new Mirrors(folder.resolve("mirrors"));
        mirror = mirrors.openOrCreate("team/infra");
        git = GitClient.init(folder.resolve("work"));
        git.write("a.tf", "one\n").write("other.tf", "one\n").commit("First");
        git.run("checkout", "-q", "-b", "feature");
        git.write("a.tf", "two\n").commit("Two");
        head = git.write("a.tf", "three\n").write("b.tf", "three\n").commit("Three");
        git.run("checkout", "-q", "main");
        before = git.write("other.tf", "two\n").commit("Meanwhile");
    }

    @AfterEach
    void stop() {
        mirrors.close();
    }

    private Optional<MergedCommits> found() {
        CommitSha after = git.write("other.tf", "three\n").commit("More in the same push");
        git.sendTo(mirror);
        return MergedCommits.of(head, Optional.empty(), new MergedCommits(before, after), Set.of(), mirror);
    }

    private CommitSha main() {
        return new CommitSha(git.run("rev-parse", "main"));
    }

    @Test
    void a_merge_names_it() {
        git.run("merge", "-q", "--no-ff", "--no-edit", "feature");
        CommitSha merge = main();

        assertThat(found()).contains(new MergedCommits(before, merge));
    }

    @Test
    void a_branch_that_ends_with_a_merge_of_main_and_was_put_there_as_it_is_is_all_of_it() {
        git.run("checkout", "-q", "feature");
        git.run("merge", "-q", "--no-edit", "main");
        head = new CommitSha(git.run("rev-parse", "HEAD"));
        git.run("checkout", "-q", "main");
        git.run("merge", "-q", "--ff-only", "feature");
        git.sendTo(mirror);

        assertThat(MergedCommits.of(head, Optional.of(head), new MergedCommits(before, head), Set.of(), mirror))
                .contains(new MergedCommits(before, head));
    }

    @Test
    void a_merge_of_another_change_that_was_built_on_it_is_not_it() {
        git.run("checkout", "-q", "feature");
        git.run("checkout", "-q", "-b", "more");
        CommitSha more = git.write("more.tf", "more\n").commit("More");
        git.run("checkout", "-q", "main");
        git.run("merge", "-q", "--no-ff", "--no-edit", "more");
        CommitSha merge = main();
        git.sendTo(mirror);

        assertThat(MergedCommits.of(head, Optional.of(merge), new MergedCommits(before, merge), Set.of(more), mirror))
                .isNotEqualTo(Optional.of(new MergedCommits(before, merge)));
    }

    @Test
    void a_squash_is_the_commit_with_its_files() {
        git.run("merge", "-q", "--squash", "feature");
        CommitSha squash = git.commit("Two and three");

        assertThat(found()).contains(new MergedCommits(before, squash));
    }

    @Test
    void a_rebase_is_all_of_its_commits_also_where_the_last_one_touches_all_files() {
        git.run("cherry-pick", "main..feature");
        CommitSha last = main();

        assertThat(found()).contains(new MergedCommits(before, last));
    }
}
