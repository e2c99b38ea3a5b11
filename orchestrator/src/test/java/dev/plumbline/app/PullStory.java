package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.ForgeGround;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of pull requests, from being opened to being taken back, on whichever forge. */
abstract class PullStory {
    @TempDir
    private Path folder;

    private ForgeGround ground;

    /** A forge with its people and an empty repository. */
    abstract ForgeGround ground(Path place);

    @BeforeEach
    void begin() {
        ground = ground(folder.resolve("forge"));
    }

    @AfterEach
    void end() {
        assertThat(ground.faults())
                .as("what was asked or answered other than its maker describes it")
                .isEmpty();
        leave(ground);
    }

    /** What becomes of a forge after a test. */
    void leave(ForgeGround ground) {
        ground.close();
    }

    final StorySite site(String poll) {
        return new StorySite(ground, folder, poll);
    }

    @Test
    void a_pull_request_is_planned_again_when_it_moves_and_applied_when_it_is_merged() {
        try (StorySite site = site("1s").applied()) {
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            assertThat(site.comment(pull)).contains("\"10.0\" -> \"10.1\"", "**Next:** merge");
            site.awaitsStatus(site.repo().head(), "plumbline/plan", "success");

            site.repo().stack("stacks/network", "10.2").commit("Wider still").push("wider");
            site.awaitsComment(pull, "\"10.0\" -> \"10.2\"");
            site.awaitsStatus(site.repo().head(), "plumbline/plan", "success");

            ground.merges("ada", pull);
            site.awaitsComment(pull, "| applied | ");
            site.awaitsStatus(site.main(), "plumbline/apply", "success");
            assertThat(site.comments(pull)).hasSize(1);
        }
    }

    @Test
    void two_pull_requests_on_one_stack_are_both_planned_and_the_second_anew_after_the_first() {
        try (StorySite site = site("1s").applied()) {
            long first = site.opened("wider", "10.1");
            long second = site.opened("narrower", "9.9");
            site.awaitsComment(first, "\"10.0\" -> \"10.1\"");
            site.awaitsComment(second, "\"10.0\" -> \"9.9\"");

            ground.merges("ada", first);
            site.awaitsComment(first, "Plumbline: applied");
            site.repo()
                    .run("fetch", "-q", ground.remote("ada", ForgeGround.REPOSITORY), "main")
                    .run("merge", "-q", "-X", "ours", "-m", "Main", "FETCH_HEAD")
                    .push("narrower");

            site.awaitsComment(second, "\"10.1\" -> \"9.9\"");
        }
    }

    @Test
    void a_closed_pull_request_is_let_go() {
        try (StorySite site = site("1s").applied()) {
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");

            ground.closes(pull);

            site.awaitsComment(pull, "closed");
            site.plumbline().awaitsChange(1, "closed");
        }
    }

    @Test
    void commands_are_done_for_those_who_may_and_refused_to_others() {
        try (StorySite site = site("1s").applied()) {
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            long planned = site.plumbline().calls("plan");

            String quotation = "> " + site.comment(pull).lines().limit(3).collect(Collectors.joining("\n> "));
            long asked = ground.says("bob", pull, quotation + "\n\nplumbline plan -d network\nplumbline help");
            site.awaitsReaction(asked, "eyes");
            site.awaitsReaction(asked, "+1");
            site.awaitsAnswer(pull, "> plumbline help");
            assertThat(site.plumbline().calls("plan")).isGreaterThan(planned);

            long tried = ground.says("kim", pull, "plumbline cancel");
            site.awaitsReaction(tried, "-1");
            assertThat(site.awaitsAnswer(pull, "kim")).contains("write");
        }
    }

    @Test
    void what_another_person_approved_is_applied_once_it_is_merged() {
        try (StorySite site = site("1s")) {
            site.repo().write("plumbline.yaml", "approvals: 1\n");
            site.applied();
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "0 of 1 approvals by others than who made it are there");

            site.read();

            long own = ground.says("ada", pull, "plumbline approve");
            site.awaitsReaction(own, "-1");
            site.read();
            long approved = ground.says("bob", pull, "plumbline approve");
            site.awaitsReaction(approved, "+1");
            site.awaitsComment(pull, "Approved by bob");
            ground.merges("ada", pull);

            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void an_approval_by_the_forges_own_means_is_told_and_counts_when_it_was_given_after_the_plans_were_told() {
        try (StorySite site = site("1s")) {
            site.repo().write("plumbline.yaml", "approvals: 1\n");
            site.applied();
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "0 of 1 approvals by others than who made it are there");
            site.read();

            ground.reviews("bob", pull, true);
            site.awaitsComment(pull, "Approved by bob");
            ground.merges("ada", pull);

            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void a_failed_apply_is_tried_again_and_what_was_applied_is_taken_back() {
        try (StorySite site = site("1s").applied()) {
            site.repo()
                    .branch("breaks")
                    .write("stacks/network/main.tf", """
                            resource "terraform_data" "net" {
                              input = "10.3"
                              provisioner "local-exec" {
                                command = "test -e %s"
                              }
                            }
                            """.formatted(folder.resolve("mended")))
                    .commit("Breaks at first")
                    .push("breaks");
            long pull = ground.opens("ada", "breaks", "Breaks at first", false);
            site.awaitsComment(pull, "1 stack planned");
            ground.merges("ada", pull);
            site.awaitsComment(pull, "Plumbline: apply failed");
            site.awaitsStatus(site.main(), "plumbline/apply", "failure");

            ServerFixture.write(folder.resolve("mended"), "");
            ground.says("ada", pull, "plumbline retry");
            // What failed left something behind, so that the plan is no longer the one that was reviewed.
            site.awaitsComment(pull, "Plumbline: waiting for approval");
            site.read();
            ground.says("bob", pull, "plumbline approve network");
            site.awaitsComment(pull, "Plumbline: applied");

            ground.says("ada", pull, "plumbline revert");
            String answer = site.awaitsAnswer(pull, "takes it back");
            long back = Long.parseLong(answer.replaceAll("(?s).*Pull request (\\d+).*", "$1"));
            site.awaitsComment(back, "1 stack planned");
            ground.merges("ada", back);
            site.awaitsComment(back, "Plumbline: applied");
        }
    }

    @Test
    void a_fork_is_planned_at_the_commit_that_somebody_who_may_write_names() {
        try (StorySite site = site("1s").applied()) {
            String fork = ground.forks("kim");
            site.repo().branch("theirs").stack("stacks/network", "10.4").commit("From a fork");
            site.repo().run("push", "-q", ground.remote("kim", fork), "theirs");
            String head = site.repo().head();
            long pull = ground.opens("kim", "kim:theirs", "From a fork", false);
            site.awaitsAnswer(pull, "plumbline plan " + head);
            site.awaitsStatus(head, "plumbline/plan", "pending");

            ground.says("bob", pull, "plumbline plan " + head);
            site.awaitsComment(pull, "\"10.0\" -> \"10.4\"");
            site.awaitsStatus(head, "plumbline/plan", "success");
            ground.merges("ada", pull);
            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void what_was_opened_and_merged_while_nobody_looked_is_planned_and_approved_on_its_pull_request() {
        try (StorySite site = site("1h").applied()) {
            long pull = site.opened("wider", "10.1");
            ground.squashes("ada", pull);

            site.plumbline().looksAgain();

            site.awaitsComment(pull, "Plumbline: waiting for approval");
            assertThat(site.comment(pull)).contains("\"10.0\" -> \"10.1\"", "plumbline approve stacks/network");
            site.read();
            ground.says("bob", pull, "plumbline approve");
            site.plumbline().looksAgain();
            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void what_the_forge_says_of_itself_is_enough_though_nobody_polls() {
        try (StorySite site = site("1h").applied().told()) {
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");

            long asked = ground.says("bob", pull, "plumbline help");
            site.awaitsReaction(asked, "+1");
            ground.merges("ada", pull);
            site.awaitsComment(pull, "Plumbline: applied");
        }
    }
}
