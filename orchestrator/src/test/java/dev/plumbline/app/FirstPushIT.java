package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What happens when main is pushed for the first time, and how it comes to be applied. */
class FirstPushIT {
    @TempDir
    private Path folder;

    @Test
    void the_first_push_of_main_plans_each_stack_and_applies_nothing_until_it_is_approved() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = plumbline.repo("main").stack("stacks/a", "one").stack("stacks/b", "two");
            Repo.Pushed push = repo.commit("First").push("main");

            assertThat(push.exit()).as(push.output()).isZero();
            assertThat(push.said())
                    .contains("2 stacks to bring there")
                    .contains("stacks/a", "stacks/b")
                    .contains("nobody saw its plan before main asked for it")
                    .contains("+ resource \"terraform_data\" \"it\"")
                    .contains("2 awaiting-approval; plumbline approve --all");
            assertThat(plumbline.calls("apply")).isZero();
            assertThat(plumbline.state("stacks/a")).isEqualTo("awaiting-approval");

            ServerFixture.Ended approved = plumbline.cli("approve", "--all");

            assertThat(approved.exit()).as(approved.all()).isZero();
            assertThat(plumbline.state("stacks/a")).isEqualTo("applied");
            assertThat(plumbline.state("stacks/b")).isEqualTo("applied");
            assertThat(plumbline.calls("apply")).isEqualTo(2);
            assertThat(plumbline.calls("plan")).isEqualTo(2);
        }
    }

    @Test
    void a_reader_is_planned_after_its_upstream_is_applied_and_awaits_approval_of_its_own() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = plumbline.repo("main").stack("stacks/network", "10.0").reader("stacks/app", "network");
            Repo.Pushed push = repo.commit("First").push("main");

            assertThat(push.said()).contains("stacks/app: it comes after stacks/network, which is awaiting-approval");
            assertThat(plumbline.state("stacks/app")).isEqualTo("blocked");
            assertThat(plumbline.json("status").get("waiting").valueStream().map(JsonNode::asString))
                    .singleElement()
                    .asString()
                    .startsWith("stacks/network awaiting-approval: ");
            assertThat(plumbline.cli("approve", "network").exit()).isZero();
            plumbline.awaits("stacks/app", "awaiting-approval");
            assertThat(plumbline.cli("approve", "app").exit()).isZero();
            assertThat(plumbline.state("stacks/app")).isEqualTo("applied");
            assertThat(plumbline.cli("why", "app").out())
                    .contains("stacks/app is applied")
                    .contains("applied");
        }
    }

    @Test
    void a_repository_without_stacks_says_so() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo.Pushed push = plumbline
                    .repo("main")
                    .write("README.md", "hello\n")
                    .commit("First")
                    .push("main");

            assertThat(push.exit()).isZero();
            assertThat(push.said()).contains("it has no stacks: no folder with .tf files was found");
        }
    }
}
