package dev.plumbline.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.MergePreview.Conflict;
import dev.plumbline.git.MergePreview.ConflictFile;
import dev.plumbline.git.MergePreview.Merged;
import dev.plumbline.git.MergePreview.Unrelated;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergePreviewTest {
    private static final String LINES =
            IntStream.range(0, 40).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

    @TempDir
    private Path temp;

    private Mirrors mirrors;
    private Mirror mirror;
    private GitClient git;

    @BeforeEach
    void start() {
        git = GitClient.init(temp.resolve("work"));
        mirrors = new Mirrors(temp.resolve("mirrors"));
        mirror = mirrors.openOrCreate("main");
        git.write("a.tf", LINES).write("b.tf", "b\n").commit("root");
        git.run("branch", "side");
    }

    @AfterEach
    void stop() {
        mirrors.close();
    }

    @Test
    void changes_in_different_places_merge_as_git_merges_them() {
        git.write("a.tf", LINES.replace("line 1\n", "line one\n")).commit("on main");
        git.run("checkout", "-q", "side");
        git.write("a.tf", LINES.replace("line 38\n", "line 38!\n"))
                .write("new.tf", "n\n")
                .commit("on side");

        MergePreview preview = preview("main", "side");

        assertThat(preview).isEqualTo(new Merged(treeThatGitMerges("main", "side")));
        String text = content(mirror.treeById(((Merged) preview).treeId()), "a.tf");
        assertThat(text).contains("line one\n").contains("line 38!\n");
        assertThat(mirror.branches()).hasSize(2);
    }

    @Test
    void a_branch_on_top_of_its_base_gives_its_own_tree() {
        git.run("checkout", "-q", "side");
        git.write("b.tf", "bb\n").commit("on side");

        assertThat(preview("main", "side")).isEqualTo(new Merged(git.run("rev-parse", "side^{tree}")));
    }

    @Test
    void a_conflict_names_each_file_and_what_happened_to_it() {
        git.write("a.tf", LINES.replace("line 1\n", "line one\n"))
                .write("b.tf", "main\n")
                .write("c.tf", "1\n");
        git.commit("on main");
        git.run("checkout", "-q", "side");
        git.write("a.tf", LINES.replace("line 1\n", "LINE 1\n")).write("c.tf", "2\n");
        git.run("rm", "-q", "b.tf");
        git.commit("on side");

        assertThat(((Conflict) preview("main", "side")).files())
                .containsExactly(
                        new ConflictFile("a.tf", "both sides changed the same lines"),
                        new ConflictFile("b.tf", "changed on one side, removed on the other"),
                        new ConflictFile("c.tf", "added with different content on both sides"));
    }

    @Test
    void an_edit_of_a_file_that_the_other_side_moved_merges() {
        git.run("mv", "a.tf", "moved.tf");
        git.commit("move");
        git.run("checkout", "-q", "side");
        git.write("a.tf", LINES.replace("line 20\n", "line twenty\n")).commit("edit");

        Merged merged = (Merged) preview("main", "side");

        SourceTree tree = mirror.treeById(merged.treeId());
        assertThat(tree.find("a.tf")).isEmpty();
        assertThat(content(tree, "moved.tf")).contains("line twenty");
    }

    @Test
    void a_file_moved_to_two_places_is_a_conflict() {
        git.run("mv", "a.tf", "here.tf");
        git.commit("move");
        git.run("checkout", "-q", "side");
        git.run("mv", "a.tf", "there.tf");
        git.commit("move elsewhere");

        assertThat(((Conflict) preview("main", "side")).files())
                .contains(new ConflictFile("here.tf", "moved to different places on both sides"))
                .contains(new ConflictFile("there.tf", "moved to different places on both sides"));
    }

    @Test
    void a_file_added_to_a_folder_that_the_other_side_moved_is_as_git_has_it() {
        git.write("old/x.tf", LINES).write("old/y.tf", "y\n").commit("folder");
        git.run("branch", "-f", "side");
        git.run("mv", "old", "new");
        git.commit("move the folder");
        git.run("checkout", "-q", "side");
        git.write("old/z.tf", "z\n").commit("add to the folder");

        assertThat(((Conflict) preview("main", "side")).files())
                .contains(new ConflictFile("new/z.tf", "added to a folder that the other side moved"));
    }

    @Test
    void branches_that_merged_each_other_before_merge_again() {
        git.write("a.tf", LINES.replace("line 1\n", "m1\n")).commit("m1");
        git.run("tag", "m1");
        git.run("checkout", "-q", "side");
        git.write("a.tf", LINES.replace("line 30\n", "s1\n")).commit("s1");
        git.run("tag", "s1");
        git.run("merge", "-q", "--no-edit", "m1");
        git.write("side.tf", "s\n").commit("s2");
        git.run("checkout", "-q", "main");
        git.run("merge", "-q", "--no-edit", "s1");
        git.write("main.tf", "m\n").commit("m2");

        assertThat(git.run("merge-base", "--all", "main", "side").lines()).hasSize(2);
        assertThat(preview("main", "side")).isEqualTo(new Merged(treeThatGitMerges("main", "side")));
    }

    @Test
    void histories_with_nothing_in_common_are_told_apart() {
        git.run("checkout", "-q", "--orphan", "other");
        git.commit("another root");

        assertThat(preview("main", "other")).isEqualTo(new Unrelated());
    }

    @Test
    void a_preview_outlives_its_branches_and_a_collection_until_it_is_released() throws Exception {
        git.write("b.tf", "main\n").commit("on main");
        git.run("checkout", "-q", "side");
        git.write("c.tf", "side\n").commit("on side");
        Merged merged = (Merged) preview("main", "side");
        CommitSha base = new CommitSha(git.run("rev-parse", "main"));
        CommitSha head = new CommitSha(git.run("rev-parse", "side"));
        GitClient bare = new GitClient(mirror.repository().getDirectory().toPath());
        bare.run("update-ref", "-d", "refs/heads/side");

        bare.run("gc", "-q", "--prune=now");
        assertThat(mirror.previewMerge(base, head)).isEqualTo(merged);
        assertThat(content(mirror.treeById(merged.treeId()), "c.tf")).isEqualTo("side\n");

        mirror.releasePreview(base, head);
        mirror.releasePreview(base, head);
        assertThat(mirror.repository().getRefDatabase().getRefsByPrefix("refs/plumbline/"))
                .isEmpty();
        bare.run("gc", "-q", "--prune=now");
        assertThat(bare.tryRun("cat-file", "-e", merged.treeId()).exit()).isNotZero();
    }

    @Test
    void a_merge_runs_no_program_that_the_repository_names() throws Exception {
        Path proof = temp.resolve("ran");
        git.write(".gitattributes", "*.tf merge=evil filter=evil\n").commit("attributes");
        git.run("branch", "-f", "side");
        git.run("mv", "a.tf", "moved.tf");
        git.commit("move");
        git.run("checkout", "-q", "side");
        git.write("a.tf", LINES.replace("line 20\n", "line twenty\n"))
                .write(".gitconfig", "[merge \"evil\"]\n driver = touch " + proof + "\n")
                .commit("edit");

        assertThat(preview("main", "side")).isInstanceOf(Merged.class);
        assertThat(Files.exists(proof)).isFalse();
    }

    private MergePreview preview(String base, String head) {
        git.sendTo(mirror);
        return mirror.previewMerge(
                new CommitSha(git.run("rev-parse", base)), new CommitSha(git.run("rev-parse", head)));
    }

    private String treeThatGitMerges(String base, String head) {
        git.run("checkout", "-q", "--detach", base);
        git.run("merge", "-q", "--no-edit", head);
        return git.run("rev-parse", "HEAD^{tree}");
    }

    private static String content(SourceTree tree, String path) {
        return new String(tree.read(tree.find(path).orElseThrow()), StandardCharsets.UTF_8);
    }
}
