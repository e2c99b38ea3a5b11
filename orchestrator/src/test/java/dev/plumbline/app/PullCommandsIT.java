package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealGitea;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in comments, on a real Gitea. */
class PullCommandsIT extends OnGitea {
    private RealGitea.Person stranger;

    @BeforeAll
    void begin() {
        stranger = gitea.person("stranger");
    }

    @Test
    void commands_are_done_in_order_and_answered_by_signs_and_only_questions_by_words(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "asked");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            long planned = plumbline.calls("plan");

            long asked = site.says(ada, pull, "Once more:\nplumbline plan -d network\nplumbline help");

            site.awaitsReaction(asked, "eyes");
            site.awaitsReaction(asked, "+1");
            assertThat(site.awaitsAnswer(pull, "plumbline revert")).contains("> plumbline help");
            assertThat(plumbline.calls("plan")).isGreaterThan(planned);
            assertThat(site.comments(pull)).hasSize(3);
        }
    }

    @Test
    void a_server_that_answers_to_a_word_of_its_own_says_so_and_leaves_other_words_to_others(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "named");
        try (ServerFixture plumbline = site.answeringTo("acme-plumbline")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "acme-plumbline help");

            site.says(ada, pull, "plumbline help");
            site.says(ada, pull, "atlantis help");
            long asked = site.says(ada, pull, "acme-plumbline help");

            site.awaitsReaction(asked, "+1");
            assertThat(site.awaitsAnswer(pull, "acme-plumbline revert")).contains("acme-plumbline retry");
            assertThat(site.comments(pull)).hasSize(5);
        }
    }

    @Test
    void whoever_may_not_is_told_so_and_nothing_is_done(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "barred");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");

            long tried = site.says(stranger, pull, "plumbline cancel");

            site.awaitsReaction(tried, "-1");
            assertThat(site.awaitsAnswer(pull, "stranger")).contains("write");
        }
    }

    @Test
    void what_is_not_understood_gets_a_short_help_and_what_was_edited_is_left_alone(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "unclear");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");

            long edited = site.says(ada, pull, "Nice");
            plumbline.looksAgain();
            ada.does("PATCH", site.at("issues/comments/" + edited), Map.of("body", "plumbline help"));
            site.says(ada, pull, "> plumbline help");
            long unclear = site.says(ada, pull, "plumbline destroy");

            site.awaitsReaction(unclear, "-1");
            site.awaitsAnswer(pull, "plumbline help shows the commands");
            assertThat(site.comments(pull)).hasSize(5);
        }
    }

    @Test
    void a_failed_apply_is_tried_again_by_a_comment_written_while_the_server_was_down(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "again");
        ada.does("PUT", site.at("collaborators/grace"), Map.of("permission", "write"));
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
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
            long pull = site.opened("breaks", "Breaks at first", "");
            site.awaitsComment(pull, "1 stack planned");
            site.merged(pull);
            site.awaitsComment(pull, "Plumbline: apply failed");
            String on = "it came of ada/again#" + pull + " Breaks at first ("
                    + gitea.get(site.at("pulls/" + pull)).path("html_url").asString()
                    + "); to go on: plumbline retry ada/again:stacks/network, or plumbline revert ada/again#" + pull;
            assertThat(plumbline.does("why", "network").out()).contains(on);
            assertThat(plumbline.does("status").out()).contains("Waiting for you", on);
            ServerFixture.write(folder.resolve("mended"), "");
            plumbline.stop();

            long asked = site.says(ada, pull, "atlantis apply");
            plumbline.start();

            site.awaitsReaction(asked, "+1");
            // What failed left something behind, so that the plan is no longer the one that was reviewed.
            site.awaitsComment(pull, "Plumbline: waiting for approval");
            site.says(grace, pull, "plumbline approve network");
            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void a_merged_pull_request_is_taken_back_by_another_one(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "back");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            site.merged(pull);
            site.awaitsComment(pull, "Plumbline: applied");

            site.says(ada, pull, "plumbline revert");

            String answer = site.awaitsAnswer(pull, "takes it back");
            long back = Long.parseLong(answer.replaceAll("(?s).*Pull request (\\d+).*", "$1"));
            site.awaitsComment(back, "\"10.1\" -> \"10.0\"");
            site.merged(back);
            site.awaitsComment(back, "Plumbline: applied");
        }
    }

    @Test
    void another_pull_request_is_taken_back_where_it_was_merged_here_and_its_reader_may(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "others");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long merged = site.opened("wider", "10.1");
            site.awaitsComment(merged, "1 stack planned");
            site.merged(merged);
            site.awaitsComment(merged, "Plumbline: applied");
            long open = site.opened("widest", "10.2");
            site.awaitsComment(open, "1 stack planned");

            site.says(ada, open, "plumbline revert #99");
            site.awaitsAnswer(open, "there is no pull request 99 in");
            site.says(ada, open, "plumbline revert #" + open);
            site.awaitsAnswer(open, "pull request " + open + " is not merged");
            site.says(ada, open, "plumbline revert ada/back#" + merged);
            site.awaitsAnswer(open, "is not of");
            long tried = site.says(stranger, open, "plumbline revert #" + merged);
            site.awaitsReaction(tried, "-1");
            assertThat(site.awaitsAnswer(open, "stranger")).contains("write");

            site.says(ada, open, "plumbline revert #" + merged);
            String answer = site.awaitsAnswer(open, "takes pull request " + merged + " back");
            long back = Long.parseLong(answer.replaceAll("(?s).*\\[Pull request (\\d+).*", "$1"));
            site.awaitsComment(back, "\"10.1\" -> \"10.0\"");
        }
    }

    @Test
    void a_number_that_may_be_that_of_two_changes_is_refused_in_a_terminal_and_both_are_named(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "numbers");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            ada.does("POST", site.at("issues"), Map.of("title", "It has the number 1"));
            long first = site.opened("wider", "10.1");
            site.awaitsComment(first, "1 stack planned");
            site.repo().checkout("main");
            long second = site.opened("widest", "10.2");
            site.awaitsComment(second, "1 stack planned");

            assertThat(plumbline.does("changes").out()).contains("ada/numbers#2  ", "ada/numbers#3  ");
            assertThat(plumbline.does("change", "ada/numbers#2").out()).startsWith("ada/numbers#2 Network 10.1");
            assertThat(plumbline.does("change", "3").out()).startsWith("ada/numbers#3 Network 10.2");
            assertThat(plumbline.fails("retry", "#2").err())
                    .contains("#2 may be any of ada/numbers#2, ada/numbers#3; write one of them.");
            assertThat(plumbline.does("retry", "ada/numbers#2").out()).contains("ada/numbers#2: planned");
            assertThat(plumbline.fails("change", "#7").err()).contains("There is no change #7.");
        }
    }

    @Test
    void a_revert_whose_branch_an_earlier_try_left_behind_is_asked_for_all_the_same(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "left");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long merged = site.opened("wider", "10.1");
            site.awaitsComment(merged, "1 stack planned");
            site.merged(merged);
            site.awaitsComment(merged, "Plumbline: applied");
            site.repo()
                    .run("fetch", "-q", site.remote(), "main")
                    .run("checkout", "-q", "-b", "plumbline/revert-1", "FETCH_HEAD")
                    .stack("stacks/network", "10.0")
                    .commit("Left behind")
                    .push("plumbline/revert-1");

            site.says(ada, merged, "plumbline revert");

            site.awaitsAnswer(merged, "takes it back");
            assertThat(gitea.get(site.at("pulls?state=open"))
                            .get(0)
                            .path("head")
                            .path("ref")
                            .asString())
                    .isEqualTo("plumbline/revert-1");
        }
    }

    @Test
    void a_fork_is_planned_once_somebody_who_may_write_names_its_commit_and_no_further(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "forked");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long plans = plumbline.calls("plan");
            long pull = site.openedFromFork(stranger, "theirs", "10.4");
            String head = site.repo().head();
            site.awaitsComment(pull, "plumbline plan " + head);
            site.awaitsStatus(head, "plumbline/plan", "pending");

            long theirs = site.says(stranger, pull, "plumbline plan " + head);
            site.awaitsReaction(theirs, "-1");
            long unnamed = site.says(ada, pull, "plumbline plan");
            site.awaitsReaction(unnamed, "-1");
            assertThat(plumbline.calls("plan")).isEqualTo(plans);
            site.says(ada, pull, "plumbline plan " + head);
            site.awaitsComment(pull, "\"10.0\" -> \"10.4\"");
            site.awaitsStatus(head, "plumbline/plan", "success");

            site.repo().stack("stacks/network", "10.5").commit("More of theirs");
            site.pushedToFork(stranger, "theirs");
            site.awaitsComment(pull, "obody vouched for");
            String next = site.repo().head();
            site.says(ada, pull, "plumbline plan " + next);
            site.awaitsComment(pull, "\"10.0\" -> \"10.5\"");
            site.merged(pull);
            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void a_fork_that_was_pushed_to_again_is_asked_for_at_its_newest_commit(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "newest");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.openedFromFork(stranger, "theirs", "10.4");
            site.awaitsComment(pull, "plumbline plan " + site.repo().head());

            site.repo().stack("stacks/network", "10.5").commit("More of theirs");
            site.pushedToFork(stranger, "theirs");

            site.awaitsComment(pull, "plumbline plan " + site.repo().head());
            site.awaitsStatus(site.repo().head(), "plumbline/plan", "pending");
            assertThat(site.comments(pull)).hasSize(1);
        }
    }

    @Test
    void a_fork_that_can_not_be_fetched_holds_up_nothing_else(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "huge");
        try (ServerFixture plumbline = site.plumbline("1s", "push: { max_size: 1MiB }\n")) {
            site.applied(plumbline);
            byte[] noise = new byte[3 << 20];
            new Random(8).nextBytes(noise);
            long pull = site.openedFromFork(stranger, "theirs", "10.4");
            site.repo()
                    .write("noise.txt", Base64.getEncoder().encodeToString(noise))
                    .commit("Noise");
            site.pushedToFork(stranger, "theirs");
            String head = site.repo().head();
            site.awaitsComment(pull, "plumbline plan " + head);
            site.says(ada, pull, "plumbline plan " + head);
            Awaitility.await("it is told what is left out")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> plumbline
                            .cli("status")
                            .out()
                            .contains("pull request " + pull + ", which comes from a fork"));

            site.repo().checkout("main");
            long other = site.opened("wider", "10.1");
            site.awaitsComment(other, "1 stack planned");
            site.awaitsStatus(site.repo().head(), "plumbline/plan", "success");
        }
    }
}
