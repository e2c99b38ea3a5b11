package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.ForgeGround;
import dev.plumbline.forge.GitHubGround;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The story, on a GitHub as an App that is installed there. */
class GitHubAppStoryIT extends PullStory {
    private static final String CHECK = "plumbline/diagnostics";

    @Override
    ForgeGround ground(Path folder) {
        return GitHubGround.withApp(folder);
    }

    @Test
    void what_terraform_finds_in_the_code_stands_at_its_line_until_it_is_mended() {
        try (StorySite site = site("1s").applied()) {
            GitHubGround github = (GitHubGround) site.ground();
            site.repo()
                    .branch("broken")
                    .write("stacks/network/main.tf", """
                            resource "terraform_data" "it" {
                              input = var.nowhere
                            }
                            """)
                    .commit("Broken")
                    .push("broken");
            long pull = github.opens("ada", "broken", "Broken", false);
            site.awaitsComment(pull, "plan failed");
            String broken = site.repo().head();
            Awaitility.await("the check").until(() -> github.conclusions(broken, CHECK), List.of("failure")::equals);
            assertThat(github.annotations(broken, CHECK))
                    .containsExactly("stacks/network/main.tf:2 Reference to undeclared input variable");

            site.repo().stack("stacks/network", "10.1").commit("Mended").push("broken");
            site.awaitsComment(pull, "1 stack planned");
            String mended = site.repo().head();
            Awaitility.await("the check").until(() -> github.conclusions(mended, CHECK), List.of("success")::equals);
        }
    }

    @Test
    void a_pause_that_github_asks_for_is_kept_and_nothing_is_lost_nor_when_tokens_end_early() {
        try (StorySite site = site("1s").applied()) {
            GitHubGround github = (GitHubGround) site.ground();
            site.plumbline().hold("plan", "network");
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "planning 1 stack");

            github.github().slowFor(github.self(), Duration.ofSeconds(6));
            site.plumbline().awaitsRemote("team/infra", "limited");
            site.plumbline().release("plan");
            site.awaitsComment(pull, "1 stack planned");
            site.awaitsStatus(site.repo().head(), "plumbline/plan", "success");

            github.github().revokeTokens();
            github.merges("ada", pull);
            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void how_many_calls_github_still_takes_is_shown_for_each_account_that_installed_the_app() {
        try (StorySite site = site("1s").applied()) {
            assertThat(site.plumbline().owner("/metrics").body())
                    .containsPattern(
                            "(?m)^plumbline_forge_budget_remaining\\{account=\"team\",forge=\"work\"} [0-9.]+$");
        }
    }

    @Test
    void an_entry_of_the_merge_queue_becomes_main_once_its_plan_is_what_was_reviewed() {
        try (StorySite site = site("1h").applied().told()) {
            GitHubGround github = (GitHubGround) site.ground();
            github.github().requireStatus(ForgeGround.REPOSITORY, "plumbline/plan");
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            site.awaitsStatus(site.repo().head(), "plumbline/plan", "success");

            github.github().enqueue(ForgeGround.REPOSITORY, pull);

            site.awaitsComment(pull, "Plumbline: applied");
            assertThat(github.queued(pull)).isEmpty();
            site.awaitsStatus(site.main(), "plumbline/apply", "success");
        }
    }

    @Test
    void an_entry_that_touches_the_stack_of_an_earlier_one_leaves_the_queue() {
        try (StorySite site = site("1s").applied()) {
            GitHubGround github = (GitHubGround) site.ground();
            github.github().requireStatus(ForgeGround.REPOSITORY, "plumbline/plan");
            long first = site.opened("wider", "10.1");
            site.awaitsComment(first, "1 stack planned");
            site.repo()
                    .checkout("main")
                    .branch("notes")
                    .write("stacks/network/notes.txt", "why\n")
                    .commit("Notes")
                    .push("notes");
            long second = github.opens("ada", "notes", "Notes", false);
            site.awaitsComment(second, "planned");
            github.github().requireStatus(ForgeGround.REPOSITORY, "tests");

            github.github().enqueue(ForgeGround.REPOSITORY, first);
            github.github().enqueue(ForgeGround.REPOSITORY, second);
            String ahead = github.queued(first).get(0);
            String behind = github.queued(second).get(0);
            Awaitility.await("the second entry is refused")
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> github.described(behind, "plumbline/plan"),
                            words -> words.contains("re-queue after #" + first));

            assertThat(github.queued(second)).isEmpty();
            site.awaitsStatus(ahead, "plumbline/plan", "success");
            github.sets("ada", ahead, "tests");
            site.awaitsComment(first, "Plumbline: applied");
            assertThat(site.main()).isEqualTo(ahead);
        }
    }

    @Test
    void each_apply_is_recorded_as_a_deployment_of_its_stack() {
        try (StorySite site = site("1s").applied()) {
            GitHubGround github = (GitHubGround) site.ground();
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            github.merges("ada", pull);
            site.awaitsComment(pull, "Plumbline: applied");
            String main = site.main();

            Awaitility.await("the deployment")
                    .until(() -> github.deployments("stacks/network"), all -> all.contains(main + " [success]"));
        }
    }
}
