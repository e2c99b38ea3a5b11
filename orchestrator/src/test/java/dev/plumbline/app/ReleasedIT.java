package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Folders that are no stacks any more though their code is still there: nothing is planned of them, and everybody is told. */
class ReleasedIT {
    @TempDir
    private Path folder;

    private static Repo applied(ServerFixture plumbline) {
        Repo repo = plumbline
                .repo("main")
                .stack("stacks/a", "one")
                .stack("stacks/b", "one")
                .commit("First");
        repo.push("main");
        plumbline.does("approve", "--all");
        return repo;
    }

    private static String markdown(ServerFixture plumbline) {
        return plumbline.json("change", "1").get("markdown").asString();
    }

    private static JsonNode stack(ServerFixture plumbline, String name) {
        for (JsonNode row : plumbline.json("status").get("stacks")) {
            if (row.get("id").asString().equals(name)) {
                return row;
            }
        }
        throw new AssertionError("no stack " + name);
    }

    @Test
    void a_change_that_leaves_no_stack_fails_and_merged_on_purpose_what_they_made_is_shown_as_unmanaged() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("typo")
                    .write("plumbline.yaml", "stacks:\n  - stakcs/*\n")
                    .commit("A typo");

            assertThat(repo.push("typo").said())
                    .contains("no stack is left")
                    .contains("no longer stacks: stacks/a, stacks/b: 'stacks' in plumbline.yaml leaves them out; what"
                            + " they made stays in the cloud and is no longer watched")
                    .contains("plumbline.yaml:2:5: 'stacks' has 'stakcs/*', which fits no folder");
            plumbline.awaitsChange(1, "failed");
            assertThat(plumbline.does("change", "1").out())
                    .contains("no stack is left: 2 are none any more, though their code is still there")
                    .contains("merge it as it is");
            assertThat(markdown(plumbline))
                    .contains("### Plumbline: no stack is left")
                    .contains("**Warning:** no longer stacks: <code>stacks/a</code>, <code>stacks/b</code>:");

            assertThat(repo.push("typo:main").said())
                    .contains("none of its folders with .tf files is one")
                    .contains("no longer stacks: stacks/a, stacks/b");

            plumbline.awaitsChange(1, "merged");
            assertThat(markdown(plumbline)).contains("### Plumbline: merged", "leaves them out");
            assertThat(plumbline.does("change", "1").out()).contains("no longer stacks: stacks/a, stacks/b");
            assertThat(stack(plumbline, "stacks/a").get("state").asString()).isEqualTo("unmanaged");
            assertThat(stack(plumbline, "stacks/a").get("reason").asString())
                    .isEqualTo("no stack of main any more: 'stacks' in plumbline.yaml leaves it out; what it made stays"
                            + " in the cloud and is not watched");
            assertThat(plumbline.does("why", "stacks/a").out()).contains("unmanaged", "leaves it out");
            assertThat(plumbline.calls("apply")).isEqualTo(2);

            repo.write("plumbline.yaml", "stacks: [stacks/*]\n")
                    .commit("Mended")
                    .push("typo:main");
            assertThat(stack(plumbline, "stacks/a").get("state").asString()).isEqualTo("applied");
            assertThat(plumbline.calls("apply")).as("they are as they were").isEqualTo(2);
        }
    }

    @Test
    void
            a_folder_that_becomes_a_module_of_another_stack_is_told_beside_what_is_planned_and_stays_known_once_it_is_gone() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("module")
                    .write("stacks/a/more.tf", "module \"b\" {\n  source = \"../b\"\n}\n")
                    .commit("Call it");

            assertThat(repo.push("module").said())
                    .contains("no longer a stack: stacks/b: another stack calls it as a module")
                    .contains("merging applies it; stacks/b is no stack any more");
            assertThat(markdown(plumbline))
                    .contains("### Plumbline: 1 stack planned, 1 is no stack any more")
                    .contains("**Warning:** no longer a stack: <code>stacks/b</code>:");

            repo.push("module:main");
            plumbline.awaits("stacks/a", "applied").awaits("stacks/b", "unmanaged");

            repo.run("rm", "-q", "-r", "stacks/b", "stacks/a/more.tf")
                    .commit("Remove it")
                    .push("module:main");
            assertThat(stack(plumbline, "stacks/b").get("state").asString()).isEqualTo("unmanaged");
            assertThat(stack(plumbline, "stacks/b").get("reason").asString()).contains("its code is gone from there");
        }
    }
}
