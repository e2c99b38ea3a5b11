package dev.plumbline.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.git.FileDifference.Kind;
import dev.plumbline.git.TreeEntry.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
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
    }

    @AfterEach
    void stop() {
        mirrors.close();
    }

    @Test
    void a_tree_lists_what_stands_below_a_folder_and_finds_single_files() throws Exception {
        git.write("stacks/a/main.tf", "a")
                .write("stacks/a.tf", "x")
                .write("stacks/a/m/n.tf", "n")
                .write("top", "t");
        git.write("run.sh", "#!/bin/sh\n");
        assertThat(git.folder().resolve("run.sh").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(git.folder().resolve("link"), Path.of("top"));
        SourceTree tree = committed("first");

        assertThat(tree.below("stacks/a"))
                .extracting(TreeEntry::path)
                .containsExactly("stacks/a/m/n.tf", "stacks/a/main.tf");
        assertThat(tree.below("")).extracting(TreeEntry::path).isSorted().hasSize(6);
        assertThat(tree.below("absent")).isEmpty();
        assertThat(tree.below("top")).isEmpty();
        assertThat(tree.find("stacks/a")).isEmpty();
        assertThat(tree.find("stacks/a/absent/deeper")).isEmpty();
        assertThat(tree.find("run.sh")).map(TreeEntry::mode).contains(Mode.EXECUTABLE);
        assertThat(tree.find("link").map(tree::read)).contains("top".getBytes());
        assertThat(tree.folderId("stacks/a")).contains(git.run("rev-parse", "HEAD:stacks/a"));
        assertThat(tree.folderId("")).contains(tree.id());
        assertThat(tree.folderId("top")).isEmpty();
        assertThat(tree.folderId("absent")).isEmpty();
    }

    @Test
    void a_submodule_is_listed_but_can_not_be_read() {
        git.run("update-index", "--add", "--cacheinfo", "160000," + "2".repeat(40) + ",sub");
        git.run("commit", "-q", "-m", "submodule");
        git.sendTo(mirror);
        SourceTree tree = mirror.tree(git.head());

        TreeEntry sub = tree.find("sub").orElseThrow();
        assertThat(sub.mode()).isEqualTo(Mode.SUBMODULE);
        assertThatThrownBy(() -> tree.read(sub))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("submodule");
    }

    @Test
    void differences_name_what_was_added_changed_removed_and_moved() {
        String text = "some content\n".repeat(30);
        git.write("a/keep", "k")
                .write("a/change", "1")
                .write("a/gone", "unlike the others")
                .write("a/from", text);
        SourceTree before = committed("before");
        git.run("rm", "-q", "a/gone");
        git.run("mv", "a/from", "to");
        git.write("a/change", "2").write("new", "something new").write("to", text + "and one line\n");
        SourceTree after = committed("after");

        assertThat(TreeDifference.between(before, after))
                .containsExactly(
                        one(Kind.CHANGED, "a/change"),
                        one(Kind.REMOVED, "a/gone"),
                        one(Kind.ADDED, "new"),
                        new FileDifference(Kind.RENAMED, "to", Optional.of("a/from")));
        assertThat(TreeDifference.between(before, after, "new")).containsExactly(one(Kind.ADDED, "new"));
        assertThat(TreeDifference.between(after, after)).isEmpty();
    }

    @Test
    void a_mode_alone_is_a_change() {
        git.write("run.sh", "x");
        SourceTree before = committed("before");
        assertThat(git.folder().resolve("run.sh").toFile().setExecutable(true)).isTrue();

        assertThat(TreeDifference.between(before, committed("after"))).containsExactly(one(Kind.CHANGED, "run.sh"));
    }

    @Test
    void one_change_among_ten_thousand_folders_is_found_by_object_ids() throws Exception {
        SourceTree before = wide(-1);
        SourceTree after = wide(7_777);

        long start = System.nanoTime();
        List<FileDifference> found = TreeDifference.between(before, after);
        long between = System.nanoTime();
        assertThat(found).containsExactly(one(Kind.CHANGED, "stacks/s7777/main.tf"));
        for (int i = 0; i < 10_000; i++) {
            assertThat(after.find("stacks/s" + i + "/main.tf")).isPresent();
        }
        long finds = System.nanoTime();
        assertThat(after.below("")).hasSize(10_000);
        long end = System.nanoTime();
        System.out.printf(
                "10,000 folders: difference %.1f ms, 10,000 finds %.1f ms, below the root %.1f ms%n",
                (between - start) / 1e6, (finds - between) / 1e6, (end - finds) / 1e6);
    }

    @Test
    void a_clean_checkout_equals_its_commit() throws Exception {
        git.write("a.tf", "a")
                .write("d/odd name \"quoted\" \uD83D\uDE80.tf", "b")
                .write("d.tf", "c");
        Files.createSymbolicLink(git.folder().resolve("d/link"), Path.of("../a.tf"));
        SourceTree commit = committed("first");
        WorkingTree disk = WorkingTree.around(git.folder());

        assertThat(disk.id()).isEqualTo(commit.id());
        assertThat(disk.below("")).isEqualTo(commit.below(""));
        assertThat(disk.below("d")).isEqualTo(commit.below("d")).hasSize(2);
        assertThat(disk.folderId("d")).isEqualTo(commit.folderId("d")).isPresent();
        assertThat(TreeDifference.between(commit, disk)).isEmpty();
        for (TreeEntry entry : disk.below("")) {
            assertThat(disk.read(entry)).isEqualTo(commit.read(entry));
        }
        assertThat(WorkingTree.around(git.folder().resolve("d")).root()).isEqualTo(disk.root());
    }

    @Test
    void a_checkout_shows_what_its_user_has_and_git_does_not_ignore() {
        git.write(".gitignore", "*.tfstate\n.terraform/\n!forced.tfstate\n")
                .write("a.tf", "1")
                .write("gone.tf", "moved");
        SourceTree commit = committed("first");
        git.write("a.tf", "2").write("new/b.tf", "b").write("x.tfstate", "s").write("new/.terraform/p", "p");
        git.write("sub/.gitignore", "local.tf\n").write("sub/local.tf", "l");
        git.run("mv", "gone.tf", "there.tf");
        WorkingTree disk = WorkingTree.around(git.folder());

        assertThat(TreeDifference.between(commit, disk))
                .containsExactly(
                        one(Kind.CHANGED, "a.tf"),
                        one(Kind.ADDED, "new/b.tf"),
                        one(Kind.ADDED, "sub/.gitignore"),
                        new FileDifference(Kind.RENAMED, "there.tf", Optional.of("gone.tf")));
        assertThat(disk.id()).isEqualTo(committed("second").id());
    }

    @Test
    void a_folder_outside_any_checkout_says_so() {
        assertThatThrownBy(() -> WorkingTree.around(temp))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("not in a Git checkout");
    }

    private SourceTree wide(int changed) throws Exception {
        try (ObjectInserter inserter = mirror.repository().newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            ObjectId same = inserter.insert(org.eclipse.jgit.lib.Constants.OBJ_BLOB, "same\n".getBytes());
            ObjectId other = inserter.insert(org.eclipse.jgit.lib.Constants.OBJ_BLOB, "other\n".getBytes());
            for (int i = 0; i < 10_000; i++) {
                DirCacheEntry entry = new DirCacheEntry("stacks/s" + i + "/main.tf");
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(i == changed ? other : same);
                builder.add(entry);
            }
            builder.finish();
            ObjectId tree = index.writeTree(inserter);
            inserter.flush();
            return mirror.treeById(tree.name());
        }
    }

    private SourceTree committed(String message) {
        CommitSha commit = git.commit(message);
        git.sendTo(mirror);
        return mirror.tree(commit);
    }

    private static FileDifference one(Kind kind, String path) {
        return new FileDifference(kind, path, Optional.empty());
    }
}
