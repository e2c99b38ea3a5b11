package dev.plumbline.review.right;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.ConfigReader;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Remotes;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitClient;
import dev.plumbline.git.Mirror;
import dev.plumbline.git.Mirrors;
import dev.plumbline.run.Catalogs;
import dev.plumbline.stack.StackCatalogReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a question of rights is about, read from a real repository. */
class MattersTest {
    @TempDir
    private Path folder;

    private Mirrors mirrors;
    private Mirror mirror;
    private GitClient git;
    private Matters matters;
    private Remote remote;

    @BeforeEach
    void start() {
        mirrors = new Mirrors(folder.resolve("mirrors"));
        mirror = mirrors.openOrCreate("team/infra");
        git = GitClient.init(folder.resolve("work"));
        matters = new Matters(new Catalogs(mirrors, new StackCatalogReader(List.of())));
        ServerConfig config = ConfigReader.server(
                        Path.of("server.yaml"), Bench.FORGE.getBytes(StandardCharsets.UTF_8), Map.of("HOME", "/h"))
                .value();
        remote = Remotes.of(config).of("team/infra").orElseThrow();
    }

    @AfterEach
    void stop() {
        mirrors.close();
    }

    private Matter of(CommitSha head) {
        git.sendTo(mirror);
        return matters.of(remote, Bench.pull(head));
    }

    private void branch(String name) {
        git.run("checkout", "-q", "-b", name);
    }

    @Test
    void the_rules_are_those_of_the_base_branch_whatever_the_pull_request_says() {
        git.write("plumbline.yaml", "approvals: 2\nmay: { apply: [admin] }\n")
                .write(".gitea/CODEOWNERS", ".* @wim\n")
                .commit("Rules");
        branch("wider");
        CommitSha head = git.write("plumbline.yaml", "may: { apply: [read] }\n")
                .write(".gitea/CODEOWNERS", ".* @ada\n")
                .commit("Mine");

        BaseRules rules = of(head).rules();

        assertThat(rules.fault()).isEmpty();
        assertThat(rules.config().approvals()).isEqualTo(2);
        assertThat(rules.config().may().apply()).hasToString("[admin]");
        assertThat(rules.owners().required(of(head).paths()).toString())
                .contains("@wim")
                .doesNotContain("@ada");
    }

    @Test
    void the_rules_are_those_that_the_base_branch_has_now() {
        git.write("a", "1").commit("First");
        branch("wider");
        CommitSha head = git.write("a", "2").commit("Mine");
        git.run("checkout", "-q", "main");
        git.write("plumbline.yaml", "approvals: 3\n").write("b", "1").commit("Later");

        Matter matter = of(head);

        assertThat(matter.rules().config().approvals()).isEqualTo(3);
        assertThat(matter.paths()).containsExactly("a");
    }

    @Test
    void of_a_moved_file_both_names_are_changed() {
        git.write("old/main.tf", "# the same, and long enough to be known again\n")
                .commit("First");
        branch("wider");
        git.run("mv", "old", "new");

        assertThat(of(git.commit("Moved")).paths()).containsExactly("new/main.tf", "old/main.tf");
    }

    @Test
    void what_differs_from_any_common_ancestor_is_changed() {
        git.write("a", "one\n").write("b", "one\n").commit("First");
        branch("left");
        git.write("a", "two\n").commit("Left");
        git.run("checkout", "-q", "main");
        CommitSha right = git.write("b", "two\n").commit("Right");
        git.run("merge", "-q", "-m", "Both", "left");
        git.run("checkout", "-q", "left");
        git.run("merge", "-q", "--no-commit", right.hex());
        // What both sides have by now is taken back in the middle of a merge.
        git.write("b", "one\n");
        git.run("add", "-A");

        assertThat(of(git.commit("Quietly")).paths()).contains("b");
    }

    @Test
    void where_the_rules_can_t_be_read_nobody_may_do_anything() {
        git.write("plumbline.yaml", "may: { apply: [everybody] }\n").commit("Broken");
        branch("wider");

        assertThat(of(git.write("a", "1").commit("Mine")).rules().fault())
                .get()
                .asString()
                .startsWith("the rules on main can't be read (plumbline.yaml:1:")
                .endsWith("mend them there first");
    }

    @Test
    void a_head_that_was_not_fetched_yet_is_not_judged() {
        git.write("a", "1").commit("First");

        assertThat(of(new CommitSha("1".repeat(40))).rules().fault())
                .contains("commit 11111111 was not fetched yet; try again in a moment");
    }

    @Test
    void after_the_merge_the_rules_of_before_hold() {
        CommitSha before = git.write("plumbline.yaml", "approvals: 1\n").commit("First");
        CommitSha after =
                git.write("plumbline.yaml", "approvals: 0\n").write("a", "1").commit("Merged");
        git.sendTo(mirror);

        Matter matter = matters.merged(remote, Bench.pull(after), before, before, after);

        assertThat(matter.rules().config().approvals()).isEqualTo(1);
        assertThat(matter.paths()).containsExactly("a", "plumbline.yaml");
    }
}
