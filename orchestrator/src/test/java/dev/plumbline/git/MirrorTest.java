package dev.plumbline.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorTest {
    @TempDir
    private Path temp;

    private Mirrors mirrors;
    private GitClient git;

    @BeforeEach
    void start() {
        mirrors = new Mirrors(temp.resolve("mirrors"));
        git = GitClient.init(temp.resolve("work"));
    }

    @AfterEach
    void stop() {
        mirrors.close();
    }

    @Test
    void a_repository_is_made_once_with_main_as_its_branch_for_its_owner_only() throws Exception {
        Mirror made = mirrors.openOrCreate("team/infra");

        assertThat(mirrors.openOrCreate("team/infra")).isSameAs(made);
        assertThat(mirrors.find("team/infra")).containsSame(made);
        assertThat(mirrors.find("team")).isEmpty();
        mirrors.openOrCreate("alone");
        assertThat(mirrors.names()).containsExactly("alone", "team/infra");
        Path folder = temp.resolve("mirrors/team/infra.git");
        assertThat(Files.readString(folder.resolve("HEAD"))).isEqualTo("ref: refs/heads/main\n");
        assertThat(new GitClient(folder).run("config", "core.fsyncRefFiles")).isEqualTo("true");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("mirrors"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void a_repository_is_found_again_by_the_next_process() {
        mirrors.openOrCreate("main");
        try (Mirrors next = new Mirrors(temp.resolve("mirrors"))) {
            assertThat(next.find("main")).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "../x", "a/../b", "/a", "a/", "a//b", "-x", "a b", "a\nb", "x.git/y", "é", ".hidden"
            })
    void a_name_that_could_lead_elsewhere_is_refused(String name) {
        assertThatThrownBy(() -> mirrors.openOrCreate(name))
                .isInstanceOf(GitException.class)
                .hasMessageContaining("can't name a repository");
        assertThat(mirrors.find(name)).isEmpty();
        assertThat(mirrors.names()).isEmpty();
    }

    @Test
    void branches_commits_and_their_history_are_read() {
        Mirror mirror = mirrors.openOrCreate("main");
        CommitSha first = git.write("a", "1").commit("first");
        CommitSha second = git.write("a", "2").commit("second: a line\n\nand a body");
        git.run("checkout", "-q", "-b", "feature/x", first.hex());
        CommitSha other = git.write("b", "1").commit("other");
        git.sendTo(mirror);

        assertThat(mirror.branches()).hasSize(2).containsEntry("main", second).containsEntry("feature/x", other);
        assertThat(mirror.branch("main")).contains(second);
        assertThat(mirror.branch("nope")).isEmpty();
        assertThat(mirror.isAncestor(first, second)).isTrue();
        assertThat(mirror.isAncestor(second, second)).isTrue();
        assertThat(mirror.isAncestor(second, other)).isFalse();
        assertThat(mirror.between(first, second, 10)).containsExactly(second);
        assertThat(mirror.between(other, second, 10)).containsExactly(second);
        CommitInfo info = mirror.commit(second);
        assertThat(info.subject()).isEqualTo("second: a line");
        assertThat(info.message()).isEqualTo("second: a line\n\nand a body\n");
        assertThat(info.author().name()).isEqualTo("Ada");
        assertThat(info.committer().email()).isEqualTo("ada@example.com");
        assertThat(info.parents()).isEqualTo(List.of(first));
        assertThat(info.treeId()).isEqualTo(git.run("rev-parse", second + "^{tree}"));
    }

    @Test
    void two_branches_have_as_many_common_ancestors_as_were_merged_into_both() {
        Mirror mirror = mirrors.openOrCreate("main");
        CommitSha first = git.write("a", "1").commit("first");
        git.run("checkout", "-q", "-b", "left");
        CommitSha left = git.write("b", "1").commit("left");
        git.run("checkout", "-q", "main");
        CommitSha right = git.write("c", "1").commit("right");
        git.sendTo(mirror);
        assertThat(mirror.mergeBases(left, right)).containsExactly(first);

        git.run("merge", "-q", "-m", "both", "left");
        CommitSha main = git.head();
        git.run("checkout", "-q", "left");
        git.run("merge", "-q", "-m", "both too", right.hex());
        CommitSha other = git.head();
        git.run("checkout", "-q", "--orphan", "alone");
        CommitSha alone = git.commit("alone");
        git.sendTo(mirror);

        assertThat(mirror.mergeBases(main, other)).containsExactlyInAnyOrder(left, right);
        assertThat(mirror.mergeBases(main, alone)).isEmpty();
    }

    @Test
    void a_list_of_commits_ends_at_its_limit() {
        Mirror mirror = mirrors.openOrCreate("main");
        CommitSha root = git.commit("root");
        git.commit("one");
        CommitSha two = git.commit("two");
        CommitSha three = git.commit("three");
        git.sendTo(mirror);

        assertThat(mirror.between(root, three, 2)).containsExactly(three, two);
    }

    @Test
    void a_commit_that_is_not_here_is_an_error_that_names_it() {
        Mirror mirror = mirrors.openOrCreate("main");
        CommitSha absent = new CommitSha("1".repeat(40));

        assertThat(mirror.has(absent)).isFalse();
        assertThatThrownBy(() -> mirror.commit(absent))
                .isInstanceOf(GitException.class)
                .hasMessageContaining(absent.hex())
                .hasMessageContaining("repository main");
    }
}
