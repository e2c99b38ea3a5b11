package dev.plumbline.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealGitea;
import dev.plumbline.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Approvals of pull requests, on a real Gitea, where plumbline.yaml asks for one. */
class PullApprovalsIT extends OnGitea {
    @Test
    void what_was_approved_on_the_pull_request_is_applied_once_it_is_merged(@TempDir Path folder) {
        GiteaSite site = site(folder, "approved");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");

            long own = site.says(ada, pull, "plumbline approve");
            site.awaitsReaction(own, "-1");
            long approved = site.says(grace, pull, "plumbline approve");
            site.awaitsReaction(approved, "+1");
            site.merged(pull);

            site.awaitsComment(pull, "Plumbline: applied");
            assertThat(plumbline.history()).anyMatch(line -> line.contains("grace") && line.contains("approve"));
            JsonNode apply = plumbline.json("history", "network").get("applies").get(0);
            assertThat(apply.get("by").asString()).isEqualTo("ada on work");
            assertThat(apply.get("approvedBy").get(0).asString()).isEqualTo("grace on work");
            assertThat(apply.get("bypassed").asBoolean()).isFalse();
            assertThat(apply.get("pull").get("number").asLong()).isEqualTo(pull);
            assertThat(apply.get("pull").get("url").asString())
                    .isEqualTo(
                            gitea.get(site.at("pulls/" + pull)).get("html_url").asString());
            assertThat(apply.get("toTakeBack").asString()).matches("plumbline revert ada/[a-z]+#\\d+");
        }
    }

    @Test
    void an_approval_is_void_once_the_head_moves_and_then_the_merge_waits(@TempDir Path folder) {
        GiteaSite site = site(folder, "moved");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            long approved = site.says(grace, pull, "plumbline approve");
            site.awaitsReaction(approved, "+1");

            site.repo().stack("stacks/network", "10.2").commit("Wider still").push("wider");
            site.awaitsComment(pull, "\"10.0\" -> \"10.2\"");
            site.merged(pull);

            site.awaitsComment(pull, "Plumbline: waiting for approval");
            assertThat(site.comment(pull)).contains("0 of 1 approvals", "ada merged it");
            site.says(grace, pull, "plumbline approve");
            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void a_review_of_the_forge_counts_for_the_plans_that_stood_there(@TempDir Path folder) {
        GiteaSite site = site(folder, "reviewed");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");

            site.awaitsComment(pull, "0 of 1 approvals by others than who made it are there. Then merge");
            grace.does("POST", site.at("pulls/" + pull + "/reviews"), Map.of("event", "APPROVED", "body", "good"));
            site.awaitsComment(pull, "Approved by grace");
            site.merged(pull);

            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void approvals_do_not_count_for_commits_that_came_after_them_while_nobody_looked(@TempDir Path folder) {
        GiteaSite site = site(folder, "late");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "0 of 1 approvals");
            site.awaitsReaction(site.says(grace, pull, "plumbline approve"), "+1");
            plumbline.stop();
            site.repo().write("notes.txt", "The same plan").commit("Later").push("wider");
            site.merged(pull);

            plumbline.start();

            site.awaitsComment(pull, "without all approvals that main asks for");
            assertThat(plumbline.state("stacks/network")).isEqualTo("awaiting-approval");
        }
    }

    @Test
    void plans_that_another_open_pull_request_showed_first_do_not_hold_up_the_one_that_is_merged(@TempDir Path folder) {
        GiteaSite site = site(folder, "twins");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            site.repo()
                    .branch("both")
                    .stack("stacks/other", "1")
                    .stack("stacks/network", "10.1")
                    .commit("Both")
                    .push("both");
            long both = site.opened("both", "Both", "");
            site.awaitsComment(both, "2 stacks planned");
            site.repo().checkout("main");
            long one = site.opened("one", "10.1");
            site.awaitsComment(one, "0 of 1 approvals");
            site.awaitsReaction(site.says(grace, one, "plumbline approve"), "+1");
            site.awaitsComment(one, "Approved by grace");

            Awaitility.await("it is merged")
                    .untilAsserted(() -> ada.does("POST", site.at("pulls/" + one + "/merge"), Map.of("Do", "squash")));

            site.awaitsComment(one, "Plumbline: applied");
        }
    }

    @Test
    void whoever_asked_for_changes_and_approves_later_counts(@TempDir Path folder) {
        GiteaSite site = site(folder, "convinced");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            grace.does(
                    "POST",
                    site.at("pulls/" + pull + "/reviews"),
                    Map.of("event", "REQUEST_CHANGES", "body", "not yet"));

            long approved = site.says(grace, pull, "plumbline approve");
            site.awaitsReaction(approved, "+1");
            site.merged(pull);

            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void a_merge_that_went_past_the_approvals_waits_and_the_comment_says_who_merged_it(@TempDir Path folder) {
        GiteaSite site = site(folder, "bypassed");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");

            site.merged(pull);

            site.awaitsComment(pull, "ada merged it without all approvals that main asks for");
            site.awaitsStatus(site.main(), "plumbline/apply", "pending", "stacks/network waits for approval");
            plumbline.does("approve", "network");
            site.awaitsComment(pull, "Plumbline: applied");
            assertThat(site.comment(pull))
                    .contains("ada merged it without all approvals that main asks for. Approved by owner.");
            assertThat(plumbline.does("history", "network").out())
                    .contains("merged by ada on work without all approvals, approved by owner");
        }
    }

    @Test
    void an_owner_of_the_files_must_approve_where_main_says_so(@TempDir Path folder) {
        GiteaSite site = site(folder, "owned");
        RealGitea.Person eve = gitea.person("eve");
        ada.does("PUT", site.at("collaborators/eve"), Map.of("permission", "write"));
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.repo()
                    .write("CODEOWNERS", "stacks/.* @eve\n")
                    .write("plumbline.yaml", "approvals: 1\nmay: { approve: [codeowners] }\n");
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            long other = site.says(grace, pull, "plumbline approve");
            site.awaitsReaction(other, "-1");
            long approved = site.says(eve, pull, "plumbline approve");
            site.awaitsReaction(approved, "+1");

            site.merged(pull);

            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void a_plan_made_after_the_merge_needs_the_same_owners_as_the_pull_request(@TempDir Path folder) {
        GiteaSite site = site(folder, "shared");
        RealGitea.Person mary = gitea.person("mary");
        ada.does("PUT", site.at("collaborators/mary"), Map.of("permission", "write"));
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.repo()
                    .write("CODEOWNERS", "stacks/zone/.* @mary\nstacks/app/.* @grace\n")
                    .write("plumbline.yaml", "may: { approve: [codeowners] }\n");
            site.applied(plumbline);
            site.repo()
                    .branch("two")
                    .write("stacks/zone/main.tf", """
                            resource "terraform_data" "it" { input = 1 }
                            output "value" { value = terraform_data.it.id }
                            """)
                    .reader("stacks/app", "stacks/zone")
                    .commit("A zone, and who reads it")
                    .push("two");
            long pull = site.opened("two", "A zone, and who reads it", "");
            site.awaitsComment(pull, "planned after");
            site.awaitsReaction(site.says(mary, pull, "plumbline approve"), "+1");
            site.awaitsReaction(site.says(grace, pull, "plumbline approve"), "+1");
            site.merged(pull);
            plumbline.awaits("stacks/zone", "applied").awaits("stacks/app", "awaiting-approval");
            site.awaitsComment(pull, "waiting for approval");

            site.awaitsReaction(site.says(mary, pull, "plumbline approve"), "+1");

            Awaitility.await("only the other owner is missing")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        String told = site.comment(pull);
                        return told.contains("this plan was made after the merge")
                                && !told.contains("&#64;<!-- -->mary");
                    });
            assertThat(plumbline.state("stacks/app")).isEqualTo("awaiting-approval");
            site.awaitsReaction(site.says(grace, pull, "plumbline approve"), "+1");
            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void a_rebase_is_judged_by_the_rules_before_it_though_its_first_commit_dropped_them(@TempDir Path folder) {
        GiteaSite site = site(folder, "rebased");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            graceOwns(site, plumbline, "");
            site.repo().branch("free").write("plumbline.yaml", "approvals: 0\n").commit("Nobody needs to approve");
            site.repo().stack("stacks/network", "10.1").commit("Wider").push("free");
            long pull = site.opened("free", "Wider", "");
            site.awaitsComment(pull, "1 stack planned");
            ada.does("PATCH", site.at(""), Map.of("allow_rebase", true));

            Awaitility.await("it is merged")
                    .untilAsserted(() -> ada.does("POST", site.at("pulls/" + pull + "/merge"), Map.of("Do", "rebase")));

            site.awaitsComment(pull, "ada merged it without all approvals that main asks for");
            assertThat(plumbline.state("stacks/network")).isEqualTo("awaiting-approval");
            site.awaitsReaction(site.says(grace, pull, "plumbline approve"), "+1");
            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void who_pushed_it_does_not_approve_it_with_a_token_either_where_owners_must(@TempDir Path folder) {
        GiteaSite site = site(folder, "tokens");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            graceOwns(site, plumbline, "");
            ServerFixture.Holder author = plumbline.holder("ada", Role.APPROVE);
            ServerFixture.Holder other = plumbline.holder("linus", Role.APPROVE);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            site.merged(pull);
            site.awaitsComment(pull, "ada merged it without all approvals that main asks for");

            assertThat(author.cli("approve", "network").all())
                    .contains("ada pushed part of what stacks/network would apply");
            assertThat(other.cli("approve", "network").exit()).isZero();

            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void a_count_that_a_kill_broke_off_is_taken_up_at_the_next_start(@TempDir Path folder) {
        GiteaSite site = site(folder, "killed");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            site.merged(pull);
            site.awaitsComment(pull, "ada merged it without all approvals");
            plumbline.stop();
            // As it is written down between the merge and the count.
            plumbline.sql("UPDATE intent SET held = '', state = 'waiting', reason = '' WHERE change IS NOT NULL");

            plumbline.start();

            plumbline.awaits("stacks/network", "awaiting-approval");
        }
    }

    @Test
    void what_a_retry_plans_is_shown_to_the_owners_also_where_main_applies_what_nobody_saw(@TempDir Path folder)
            throws IOException {
        GiteaSite site = site(folder, "halfway");
        Path open = folder.resolve("open");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            graceOwns(site, plumbline, "direct_push: apply\n");
            site.repo()
                    .branch("gate")
                    .write("stacks/network/main.tf", """
                            resource "terraform_data" "road" {}
                            resource "terraform_data" "gate" {
                              depends_on = [terraform_data.road]
                              provisioner "local-exec" { command = "test -e %s" }
                            }
                            """.formatted(open))
                    .commit("A road, and its gate")
                    .push("gate");
            long pull = site.opened("gate", "A road, and its gate", "");
            site.awaitsComment(pull, "1 stack planned");
            site.awaitsReaction(site.says(grace, pull, "plumbline approve"), "+1");
            site.merged(pull);
            site.awaitsComment(pull, "apply failed");

            Files.createFile(open);
            assertThat(plumbline.cli("retry", "network").all()).contains("awaiting-approval");

            site.awaitsComment(pull, "this plan was made after the merge, and main asks for approvals");
            assertThat(plumbline.state("stacks/network")).isEqualTo("awaiting-approval");
            site.awaitsReaction(site.says(grace, pull, "plumbline approve"), "+1");
            site.awaitsComment(pull, "Plumbline: applied");
        }
    }

    @Test
    void whoever_asked_for_a_revert_does_not_approve_it_neither_on_the_forge_nor_with_a_token(@TempDir Path folder) {
        GiteaSite site = site(folder, "takenback");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            ServerFixture.Holder asker = plumbline.holder("ada", Role.APPROVE);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            site.awaitsReaction(site.says(grace, pull, "plumbline approve"), "+1");
            site.merged(pull);
            site.awaitsComment(pull, "Plumbline: applied");

            site.awaitsReaction(site.says(ada, pull, "plumbline revert"), "+1");
            String answer = site.awaitsAnswer(pull, "takes it back");
            long back = Long.parseLong(answer.replaceAll("(?s).*Pull request (\\d+).*", "$1"));
            site.awaitsComment(back, "1 stack planned");
            site.awaitsReaction(site.says(ada, back, "plumbline approve"), "-1");
            site.awaitsAnswer(back, "ada has a hand in it, having asked for it");
            site.merged(back);
            site.awaitsComment(back, "merged it without all approvals");
            assertThat(asker.cli("approve", "network").all()).contains("ada pushed part of what");

            site.says(grace, back, "plumbline approve");
            site.awaitsComment(back, "Plumbline: applied");
        }
    }

    @Test
    void who_made_a_merge_that_waits_for_approvals_does_not_let_it_go_by_approving_what_brings_it_along(
            @TempDir Path folder) {
        GiteaSite site = site(folder, "along");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            long first = site.opened("wider", "10.1");
            site.awaitsComment(first, "1 stack planned");
            site.merged(first);
            site.awaitsComment(first, "ada merged it without all approvals");
            String content = Base64.getEncoder().encodeToString("output \"more\" { value = 1 }\n".getBytes(UTF_8));
            grace.does(
                    "POST",
                    site.at("contents/stacks/network/more.tf"),
                    Map.of("content", content, "message", "More of it", "branch", "main", "new_branch", "along"));
            long second = site.opened(grace, "along", "More of it", "");
            site.awaitsComment(second, "1 stack planned");
            long approved = site.says(ada, second, "plumbline approve");
            site.awaitsReaction(approved, "+1");

            site.merged(second);

            site.awaitsComment(second, "it brings along ada");
        }
    }

    @Test
    void who_opened_and_merged_it_while_nobody_looked_does_not_approve_it_with_a_token(@TempDir Path folder) {
        GiteaSite site = site(folder, "unseen");
        try (ServerFixture plumbline = site.plumbline("1h")) {
            applied(site, plumbline);
            ServerFixture.Holder author = plumbline.holder("ada", Role.APPROVE);
            long pull = site.opened("wider", "10.1");
            site.merged(pull);
            plumbline.looksAgain();
            site.awaitsComment(pull, "ada merged it without all approvals that main asks for");

            assertThat(author.cli("approve", "network").all())
                    .contains("ada pushed part of what stacks/network would apply");
        }
    }

    @Test
    void a_branch_that_moved_on_after_its_merge_voids_no_approval(@TempDir Path folder) {
        GiteaSite site = site(folder, "movedon");
        try (ServerFixture plumbline = site.plumbline("1h")) {
            applied(site, plumbline);
            long pull = site.opened("wider", "10.1");
            plumbline.looksAgain();
            site.awaitsComment(pull, "1 stack planned");
            long asked = site.says(grace, pull, "plumbline approve");
            plumbline.looksAgain();
            site.awaitsReaction(asked, "+1");
            site.merged(pull);
            site.repo().stack("stacks/network", "10.9").commit("Later").push("wider");

            plumbline.looksAgain();

            site.awaitsComment(pull, "Plumbline: applied");
            assertThat(site.comment(pull)).contains("10.1").doesNotContain("10.9");
        }
    }

    @Test
    void of_two_that_were_merged_together_one_does_not_go_by_the_approvals_of_the_other(@TempDir Path folder) {
        GiteaSite site = site(folder, "together");
        try (ServerFixture plumbline = site.plumbline("1h")) {
            applied(site, plumbline);
            long approved = site.opened("wider", "10.1");
            site.repo().checkout("main").branch("zz-notes").write("stacks/network/notes.txt", "unread\n");
            site.repo().commit("Notes").push("zz-notes");
            long other = site.opened("zz-notes", "Notes", "");
            plumbline.looksAgain();
            site.awaitsComment(approved, "1 stack planned");
            site.awaitsComment(other, "1 stack planned");
            long asked = site.says(grace, approved, "plumbline approve");
            plumbline.looksAgain();
            site.awaitsReaction(asked, "+1");

            site.repo()
                    .checkout("main")
                    .run("merge", "-q", "--no-ff", "--no-edit", "wider")
                    .run("merge", "-q", "--no-ff", "--no-edit", "zz-notes")
                    .push("main");
            plumbline.looksAgain();

            site.awaitsComment(approved, "which is merged and not applied");
            assertThat(plumbline.state("stacks/network")).isEqualTo("awaiting-approval");
        }
    }

    @Test
    void a_floor_that_was_set_since_is_told_on_what_is_open(@TempDir Path folder) {
        GiteaSite site = site(folder, "floored");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            plumbline.stop();

            plumbline.configured("floors: [{ approvals: 1 }]\n").start();

            site.awaitsComment(pull, "0 of 1 approvals by others than who made it are there");
        }
    }

    @Test
    void an_approval_may_name_the_digest_of_the_plans_and_another_one_is_refused(@TempDir Path folder) {
        GiteaSite site = site(folder, "named");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            applied(site, plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            String digest = site.comment(pull).replaceAll("(?s).*\"digest\":\"([0-9a-f]{12}).*", "$1");

            long wrong = site.says(grace, pull, "plumbline approve 0123456789ab");
            site.awaitsReaction(wrong, "-1");
            long right = site.says(grace, pull, "plumbline approve " + digest);

            site.awaitsReaction(right, "+1");
        }
    }

    /** Main's first commit, which asks for one approval from then on, is applied. */
    private static void applied(GiteaSite site, ServerFixture plumbline) {
        site.repo().write("plumbline.yaml", "approvals: 1\n");
        site.applied(plumbline);
    }

    /**
     * The same, where {@code grace} owns all stacks and owners must approve.
     *
     * @param more further keys of plumbline.yaml
     */
    private static void graceOwns(GiteaSite site, ServerFixture plumbline, String more) {
        site.repo()
                .write("CODEOWNERS", "stacks/.* @grace\n")
                .write("plumbline.yaml", more + "may: { approve: [codeowners] }\n");
        site.applied(plumbline);
    }
}
