package dev.plumbline.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.git.Export.Done;
import dev.plumbline.git.Export.Refused;
import dev.plumbline.git.Export.Skipped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeExportTest {
    @TempDir
    private Path temp;

    private Mirrors mirrors;
    private Mirror mirror;
    private GitClient git;
    private Path target;

    @BeforeEach
    void start() {
        git = GitClient.init(temp.resolve("work"));
        mirrors = new Mirrors(temp.resolve("mirrors"));
        mirror = mirrors.openOrCreate("main");
        target = temp.resolve("target");
    }

    @AfterEach
    void stop() {
        mirrors.close();
    }

    @Test
    void the_asked_for_files_are_laid_out_for_their_owner_only() throws Exception {
        List<String> odd = List.of("d/a b.tf", "d/it's \"quoted\".tf", "d/\uD83D\uDE80.tf", "d/two\nlines.tf", "d/é");
        odd.forEach(name -> git.write(name, name));
        git.write("d/run.sh", "#!/bin/sh\n").write("elsewhere/secret.tf", "s");
        assertThat(git.folder().resolve("d/run.sh").toFile().setExecutable(true))
                .isTrue();
        SourceTree tree = committed();

        assertThat(TreeExport.export(tree, tree.below("d"), target)).isEqualTo(new Done(6, List.of()));

        for (String name : odd) {
            assertThat(target.resolve(name)).hasContent(name);
        }
        assertThat(target.resolve("elsewhere")).doesNotExist();
        assertThat(mode("")).isEqualTo("rwx------");
        assertThat(mode("d")).isEqualTo("rwx------");
        assertThat(mode("d/a b.tf")).isEqualTo("rw-------");
        assertThat(mode("d/run.sh")).isEqualTo("rwx------");
    }

    @Test
    void links_inside_the_tree_are_kept() throws Exception {
        git.write("shared/common.tf", "c").write("d/x", "x");
        link("d/common.tf", "../shared/common.tf");
        link("d/all", "./../shared");
        SourceTree tree = committed();

        assertThat(TreeExport.export(tree, tree.below(""), target)).isEqualTo(new Done(4, List.of()));

        assertThat(target.resolve("d/common.tf")).isSymbolicLink().hasContent("c");
        assertThat(target.resolve("d/all/common.tf")).hasContent("c");
    }

    @ParameterizedTest
    @CsvSource({"d/l, /etc/passwd", "d/l, ../../out", "l, ..", "d/l, ../d/../../x", "d/l, up/../../x"})
    void a_link_that_may_lead_out_is_refused_by_name(String path, String to) throws Exception {
        git.write("d/x", "x");
        link(path, to);
        SourceTree tree = committed();

        Export export = TreeExport.export(tree, tree.below(""), target);

        assertThat(export).isInstanceOf(Refused.class);
        assertThat(((Refused) export).path()).isEqualTo(path);
        assertThat(((Refused) export).why()).contains("'" + to + "'");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void names_that_no_honest_tree_holds_are_refused() {
        SourceTree tree = committed();
        for (String path : List.of("../x", "a/../../x", "/x", "a//x", ".git/hooks/x", "a/.GIT/config", ".")) {
            TreeEntry entry = new TreeEntry(path, TreeEntry.Mode.FILE, "0".repeat(40));
            assertThat(TreeExport.export(tree, List.of(entry), target)).isInstanceOf(Refused.class);
        }
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void submodules_and_lfs_pointers_are_left_out_and_named() {
        git.write("a.tf", "a")
                .write(
                        "big.bin",
                        "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 9\n");
        git.run("add", "-A");
        git.run("update-index", "--add", "--cacheinfo", "160000," + "2".repeat(40) + ",sub");
        git.run("commit", "-q", "-m", "both");
        git.sendTo(mirror);
        SourceTree tree = mirror.tree(git.head());

        Done done = (Done) TreeExport.export(tree, tree.below(""), target);

        assertThat(done.files()).isEqualTo(1);
        assertThat(done.skipped()).extracting(Skipped::path).containsExactly("big.bin", "sub");
        assertThat(done.skipped().get(0).why()).contains("LFS");
        assertThat(done.skipped().get(1).why()).contains("submodule");
        assertThat(target.resolve("big.bin")).doesNotExist();
    }

    @Test
    void a_folder_with_content_is_left_alone() throws Exception {
        git.write("a", "a");
        SourceTree tree = committed();
        Files.createDirectories(target);
        Files.writeString(target.resolve("mine"), "m");

        assertThatThrownBy(() -> TreeExport.export(tree, tree.below(""), target))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("not empty");
    }

    private void link(String path, String to) throws Exception {
        Path place = git.folder().resolve(path);
        Files.createDirectories(place.getParent());
        Files.createSymbolicLink(place, Path.of(to));
    }

    private SourceTree committed() {
        CommitSha commit = git.commit("files");
        git.sendTo(mirror);
        return mirror.tree(commit);
    }

    private String mode(String path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve(path)));
    }
}
