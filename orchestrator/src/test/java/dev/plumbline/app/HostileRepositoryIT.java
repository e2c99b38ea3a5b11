package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Repositories by mistake or malice other than they should be; each has a name of its own on one server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRepositoryIT {
    private static final String LFS_POINTER = """
            version https://git-lfs.github.com/spec/v1
            oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
            size 12345
            """;

    private ServerFixture plumbline;

    @BeforeAll
    void start(@TempDir Path folder) {
        plumbline = ServerFixture.started(folder);
    }

    @AfterAll
    void stop() {
        plumbline.close();
    }

    private String standing(String repository, String folder) {
        for (JsonNode stack : plumbline.json("status").get("stacks")) {
            if (stack.get("repository").asString().equals(repository)
                    && stack.get("folder").asString().equals(folder)) {
                return stack.get("state").asString();
            }
        }
        return "unknown stack";
    }

    private void refused(String repository, String... words) {
        assertThat(standing(repository, "stacks/a")).isEqualTo("failed");
        assertThat(plumbline.cli("why", repository + ":stacks/a").out()).contains(words);
    }

    /** A repository in which stacks/a is as it should not be, and stacks/fine is fine. */
    private Repo repo(String name) {
        return plumbline.repo(name).stack("stacks/fine", "one").stack("stacks/a", "one");
    }

    private Repo.Pushed pushed(Repo repo, String name, String... words) {
        Repo.Pushed pushed = repo.commit("Something odd").pushing("main").succeeds();
        assertThat(pushed.said()).contains(words).contains("1 awaiting-approval, 1 failed");
        assertThat(pushed.said()).doesNotContain("Exception");
        assertThat(standing(name, "stacks/fine")).isEqualTo("awaiting-approval");
        return pushed;
    }

    static Stream<Arguments> oddFiles() {
        return Stream.of(
                odd(
                        "unclosed",
                        "main.tf",
                        "resource \"terraform_data\" \"x\" {\n  input = 1\n",
                        "stacks/a/main.tf:1:1",
                        "the block is not closed"),
                odd(
                        "module",
                        "more.tf",
                        "module \"m\" { source = \"../../gone\" }\n",
                        "stacks/a/more.tf:1:1",
                        "no Terraform files in the module folder gone"),
                odd(
                        "outside",
                        "more.tf",
                        "module \"m\" { source = \"../../../gone\" }\n",
                        "stacks/a/more.tf:1:1",
                        "leaves the repository"),
                odd(
                        "deepblocks",
                        "deep.tf",
                        "a {\n".repeat(10_000) + "}\n".repeat(10_000),
                        "stacks/a/deep.tf",
                        "nested deeper than 400"),
                odd(
                        "deepjson",
                        "deep.tf.json",
                        "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
                        "stacks/a/deep.tf.json",
                        "400"),
                odd(
                        "large",
                        "large.tf",
                        "# " + "x".repeat(17 << 20) + "\n",
                        "stacks/a/large.tf:1:1",
                        "more than 16777216 bytes",
                        "split it up"),
                odd(
                        "lfscode",
                        "main.tf",
                        LFS_POINTER,
                        "stacks/a/main.tf: it is a Git LFS pointer",
                        "commit the file itself"),
                odd(
                        "lfsvalues",
                        "x.auto.tfvars",
                        LFS_POINTER,
                        "stacks/a/x.auto.tfvars: it is a Git LFS pointer",
                        "commit the file itself"),
                odd(
                        "datafolder",
                        ".terraform/modules/modules.json",
                        "{}",
                        "stacks/a/.terraform",
                        "remove it from the repository"),
                odd(
                        "plugins",
                        "terraform.d/plugins/p",
                        "#!/bin/sh",
                        "stacks/a/terraform.d/plugins",
                        "remove them from the repository"),
                odd("lockfile", ".terraform.lock.hcl", "garbage {\n", "failed to read dependency lock file"),
                odd(
                        "committed",
                        "terraform.tfstate",
                        "{}",
                        "stacks/a/terraform.tfstate: a committed state is not used",
                        "plumbline state push committed:stacks/a",
                        "remove it from the repository"),
                odd(
                        "localstate",
                        "more.tf",
                        "terraform {\n  backend \"local\" { path = \"x\" }\n}\n",
                        "stacks/a/more.tf:2:3",
                        "leave the block out"));
    }

    private static Arguments odd(String repository, String file, String content, String... words) {
        return Arguments.of(repository, file, content, List.of(words));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddFiles")
    void a_file_that_can_not_be_used_fails_its_stack_with_the_place_and_what_to_do_and_leaves_others_alone(
            String repository, String file, String content, List<String> words) {
        Repo repo = repo(repository).write("stacks/a/" + file, content).run("add", "-f", "stacks/a/" + file);

        Repo.Pushed pushed = pushed(repo, repository, words.toArray(String[]::new));

        assertThat(pushed.said()).contains("stacks/a: failed: ");
        assertThat(standing(repository, "stacks/a")).isEqualTo("failed");
    }

    @Test
    void links_out_of_the_tree_are_refused_and_loops_end() throws IOException {
        Repo repo = repo("links").stack("stacks/loop", "one");
        Files.createSymbolicLink(repo.folder().resolve("stacks/a/passwd"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(repo.folder().resolve("stacks/a/up.tf"), Path.of("../../../../etc/passwd"));
        Files.createSymbolicLink(repo.folder().resolve("stacks/loop/loop.tf"), Path.of("loop.tf"));
        Files.createSymbolicLink(repo.folder().resolve("stacks/fine/me"), Path.of("."));

        Repo.Pushed pushed = repo.commit("Links").pushing("main").succeeds();

        assertThat(pushed.said())
                .contains("stacks/a/passwd:1:1: this link leads out of the repository")
                .contains("stacks/a/up.tf:1:1: this link leads out of the repository")
                .contains("stacks/loop: failed: Error: Failed to read file")
                .doesNotContain("root:");
        assertThat(standing("links", "stacks/fine")).isEqualTo("awaiting-approval");
    }

    @Test
    void a_module_in_a_submodule_is_told_as_that_with_another_way() {
        Repo repo = repo("submodule").write("stacks/a/more.tf", "module \"m\" { source = \"../../vendor/net\" }\n");
        repo.commit("First").run("update-index", "--add", "--cacheinfo", "160000," + repo.head() + ",vendor");

        Repo.Pushed pushed =
                repo.run("commit", "-q", "-m", "A submodule").pushing("main").succeeds();

        assertThat(pushed.said()).contains("vendor/net is in the submodule vendor", "not fetched", "?ref=");
        refused("submodule", "submodule");
    }

    @Test
    void a_data_file_that_the_code_reads_and_is_an_lfs_pointer_is_named() {
        Repo repo = repo("lfsdata")
                .write("stacks/a/more.tf", "output \"sum\" { value = filesha1(\"data.bin\") }\n")
                .write("stacks/a/data.bin", LFS_POINTER)
                .write("stacks/fine/logo.png", LFS_POINTER);

        pushed(repo, "lfsdata", "stacks/a/data.bin: it is a Git LFS pointer", "commit the file itself");
        assertThat(plumbline.cli("logs", lastRun("lfsdata:stacks/fine")).out())
                .contains("stacks/fine/logo.png is left out");
    }

    private String lastRun(String stack) {
        return plumbline.json("runs", stack).get(0).get("id").asString();
    }

    @Test
    void code_that_becomes_an_lfs_pointer_is_not_taken_for_removed() {
        Repo repo = repo("lfslater").commit("First");
        repo.pushing("main").succeeds();
        assertThat(plumbline.cli("approve", "lfslater:stacks/a").exit()).isZero();

        repo.write("stacks/a/more.tf", "locals { a = 1 }\n")
                .write("stacks/a/main.tf", LFS_POINTER)
                .branch("lfs")
                .commit("LFS");
        Repo.Pushed pushed = repo.pushing("lfs").succeeds();

        assertThat(pushed.said()).contains("stacks/a could not be planned").doesNotContain("to destroy");
        assertThat(standing("lfslater", "stacks/a")).isEqualTo("applied");
    }

    @Test
    void stacks_with_names_that_shells_trip_over_are_applied_by_the_very_command_that_is_suggested() {
        List<String> names = List.of(
                "with space",
                "qu'ote",
                "dq\"uote",
                "$(touch pwned)",
                "-dash",
                "a..b",
                "#hash",
                "*",
                " lead",
                "trail ",
                "🚀",
                "Case",
                "case",
                "x".repeat(250));
        Repo repo = plumbline.repo("names");
        names.forEach(name -> repo.stack("stacks/" + name, "one"));

        Repo.Pushed pushed = repo.commit("Odd names").pushing("main").succeeds();

        assertThat(pushed.said()).contains("done: " + names.size() + " awaiting-approval");
        for (String name : names) {
            String why = plumbline.cli("why", "--", "names:stacks/" + name).out();
            String command = why.substring(why.indexOf("plumbline approve "), why.indexOf(" applies it"));
            assertThat(asShellReads(command)).containsExactly("plumbline", "approve", "names:stacks/" + name);
        }
        assertThat(plumbline
                        .cli("approve", "--", "names:stacks/$(touch pwned)", "names:stacks/trail ")
                        .exit())
                .isZero();
        assertThat(standing("names", "stacks/trail ")).isEqualTo("applied");
        assertThat(repo.folder().resolve("pwned")).doesNotExist();
    }

    private static List<String> asShellReads(String command) {
        try {
            Process shell = new ProcessBuilder("bash", "-c", "printf '%s\\0' " + command).start();
            shell.getOutputStream().close();
            return List.of(new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .split("\0"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_folder_with_a_control_character_in_its_name_stops_the_repository_and_says_which() {
        Repo repo = plumbline.repo("control").stack("stacks/a", "one").commit("First");
        repo.pushing("main").succeeds();
        Repo.Pushed pushed = repo.stack("stacks/new\nline", "one")
                .commit("Odd")
                .pushing("main")
                .succeeds();

        assertThat(pushed.said())
                .contains("nothing is applied until this is mended", "$'stacks/new\\u000aline'", "rename it");
        assertThat(standing("control", "stacks/a")).isEqualTo("awaiting-approval");
    }

    @Test
    void a_repository_without_stacks_and_an_empty_commit_are_told_as_that() {
        Repo repo = plumbline.repo("empty").commit("Nothing at all");

        assertThat(repo.pushing("main").succeeds().said())
                .contains("it has no stacks: no folder with .tf files was found");
        assertThat(repo.branch("still")
                        .commit("Nothing again")
                        .pushing("still")
                        .succeeds()
                        .said())
                .contains("no stack is affected");
    }

    @Test
    void refs_that_are_not_branches_are_taken_in_or_refused_each_with_a_word() {
        Repo repo =
                plumbline.repo("refs").stack("stacks/a", "one").commit("First").run("tag", "v1");
        repo.pushing("main").succeeds();

        assertThat(repo.pushing("v1").succeeds().said()).contains("tags: 1 kept; only branches are planned");
        assertThat(repo.push("HEAD:refs/notes/x", "HEAD:refs/plumbline/x").output())
                .contains("refs/notes/x (only branches and tags can be pushed)")
                .contains("refs/plumbline/x (only branches and tags can be pushed)");
        assertThat(repo.push(":main").output()).contains("main is what is applied, so it can't be deleted");
    }

    @Test
    void many_branches_in_one_push_are_each_planned() {
        Repo repo = plumbline.repo("many").stack("stacks/a", "one").commit("First");
        repo.pushing("main").succeeds();
        for (int i = 0; i < 4; i++) {
            repo.checkout("main")
                    .branch("b" + i)
                    .stack("stacks/a", "value " + i)
                    .commit("Wish " + i);
        }

        String said = repo.pushing("b0", "b1", "b2", "b3").succeeds().said();

        assertThat(said.lines().filter(line -> line.matches("#\\d+: every affected stack is planned.*")))
                .hasSize(4);
    }

    @Test
    void branches_that_can_not_be_merged_name_the_files_and_the_next_step() {
        Repo repo = plumbline.repo("merge").stack("stacks/a", "one").commit("First");
        repo.pushing("main").succeeds();
        repo.branch("mine").stack("stacks/a", "mine").commit("Mine");
        repo.checkout("main")
                .stack("stacks/a", "theirs")
                .commit("Theirs")
                .pushing("main")
                .succeeds();

        assertThat(repo.pushing("mine").succeeds().said())
                .contains("it conflicts with main: stacks/a/main.tf", "merge main into mine, mend it, and push again");
        repo.run("checkout", "-q", "--orphan", "stranger")
                .stack("stacks/a", "stranger")
                .commit("Stranger");
        assertThat(repo.pushing("stranger").succeeds().said())
                .contains("it shares no commit with main", "begin a branch at main");
    }

    @Test
    void a_push_forced_over_one_that_is_being_planned_replaces_it() {
        Repo repo = plumbline.repo("forced").stack("stacks/forced", "one").commit("First");
        repo.pushing("main").succeeds();
        plumbline.hold("plan", "stacks/forced");
        repo.branch("wish").stack("stacks/forced", "two").commit("Wish");
        Repo.Pushing first = repo.pushing("wish").says("planning");
        repo.run("reset", "-q", "--hard", "main")
                .stack("stacks/forced", "three")
                .commit("Another wish");

        Repo.Pushing second = repo.pushing("-f", "wish");

        assertThat(first.succeeds().said()).contains("superseded by");
        plumbline.release("plan");
        assertThat(second.succeeds().said()).contains("three").doesNotContain("\"two\"");
    }
}
