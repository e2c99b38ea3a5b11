package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealGitea;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code apply: before_merge}, on a real Gitea: a comment applies, and then it is merged. */
class BeforeMergeIT extends OnGitea {
    @Test
    void a_comment_applies_the_reviewed_plan_and_then_it_is_merged_by_the_method_that_main_names(@TempDir Path folder) {
        GiteaSite site = site(folder, "early", "apply: before_merge\nmerge: squash\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "plumbline apply");
            site.awaitsStatus(site.repo().head(), "plumbline/apply", "pending");
            String before = site.main();
            long plans = plumbline.calls("plan");

            long asked = site.says(ada, pull, "plumbline apply");

            site.awaitsReaction(asked, "+1");
            assertThat(gitea.get(site.at("pulls/" + pull)).path("merged").asBoolean())
                    .isTrue();
            site.awaitsStatus(site.repo().head(), "plumbline/apply", "success");
            site.awaitsComment(pull, "Plumbline: applied");
            assertThat(plumbline.calls("plan")).as("nothing was planned again").isEqualTo(plans);
            assertThat(plumbline.state("stacks/network")).isEqualTo("applied");
            assertThat(gitea.get(site.at("commits?sha=main&limit=1"))
                            .get(0)
                            .path("parents")
                            .get(0)
                            .path("sha")
                            .asString())
                    .as("one commit on top of main")
                    .isEqualTo(before);
            JsonNode apply = plumbline.json("history", "network").get("applies").get(0);
            assertThat(apply.get("early").asBoolean()).isTrue();
            assertThat(apply.get("commit").asString()).isEqualTo(site.repo().head());
            assertThat(apply.get("by").asString()).isEqualTo("ada on work");
        }
    }

    @Test
    void what_is_not_approved_is_neither_applied_nor_merged(@TempDir Path folder) {
        GiteaSite site = site(folder, "unapproved", "apply: before_merge\napprovals: 1\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");
            String lacking = "0 of 1 approvals by others than who made it are there";
            site.awaitsComment(
                    pull,
                    "let others approve it, by a review or by commenting <code>plumbline approve</code>: " + lacking
                            + ". Then comment <code>plumbline apply</code>");
            site.awaitsStatus(site.repo().head(), "plumbline/apply", "pending", lacking);

            long early = site.says(ada, pull, "plumbline apply");
            site.awaitsReaction(early, "-1");
            site.awaitsAnswer(pull, "it is not approved");
            long approved = site.says(grace, pull, "plumbline approve");
            site.awaitsReaction(approved, "+1");
            site.awaitsComment(pull, "Approved by grace");
            site.awaitsStatus(site.repo().head(), "plumbline/apply", "pending", "comment plumbline apply");
            long asked = site.says(ada, pull, "plumbline apply");

            site.awaitsReaction(asked, "+1");
            assertThat(gitea.get(site.at("pulls/" + pull)).path("merged").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void a_failed_apply_is_not_merged_before_it_was_tried_again_and_others_must_wait_for_it(@TempDir Path folder) {
        GiteaSite site = site(folder, "failing", "apply: before_merge\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = opensOneThatBreaks(site, folder);

            long asked = site.says(ada, pull, "plumbline apply");

            site.awaitsReaction(asked, "-1");
            site.awaitsAnswer(pull, "it is not merged, since not all of it is applied");
            site.awaitsStatus(site.repo().head(), "plumbline/apply", "failure");
            assertThat(gitea.get(site.at("pulls/" + pull)).path("merged").asBoolean())
                    .isFalse();
            site.repo().checkout("main");
            long other = site.opened("wider", "10.1");
            site.awaitsComment(other, "1 stack planned");
            long second = site.says(ada, other, "plumbline apply");
            site.awaitsReaction(second, "-1");
            site.awaitsAnswer(other, "see to that first, or close it");
            String why = "it was to be applied from ada/failing#" + pull + " Breaks (" + page(site, pull)
                    + "), which is not merged yet; to go on: plumbline retry ada/failing:stacks/network, push what mends it"
                    + " to that branch, or close it; other pull requests wait for that";
            assertThat(plumbline.does("why", "network").out()).contains(why);
            assertThat(plumbline.does("status").out()).contains("Waiting for you", why);
            assertThat(plumbline.owner("/stack?id=stacks/network").body())
                    .contains("href=\"" + page(site, pull) + "\"", ">ada/failing#" + pull + "<");
            assertThat(plumbline.cli("revert", "#1").all()).contains("is taken back by a push to breaks");

            ServerFixture.write(folder.resolve("mended"), "");
            site.says(ada, pull, "plumbline retry");
            site.awaitsComment(pull, "Plumbline: waiting for approval");
            assertThat(site.comment(pull))
                    .contains(
                            "It is merged once all of it is applied",
                            "The <code>plumbline apply</code> that waits for it then merges it; where none waits, ask once more");
            assertThat(plumbline.cli("retry", "ada/failing#" + pull).all())
                    .contains("stacks/network awaits approval: plumbline approve ada/failing:stacks/network");
            site.says(grace, pull, "plumbline approve");
            site.awaitsComment(pull, "Plumbline: applied");
            long again = site.says(ada, pull, "plumbline apply");
            site.awaitsReaction(again, "+1");
            assertThat(gitea.get(site.at("pulls/" + pull)).path("merged").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void another_plan_after_a_failed_apply_needs_approvals_again_and_goes_on_with_them(@TempDir Path folder) {
        GiteaSite site = site(folder, "again", "apply: before_merge\napprovals: 1\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = opensOneThatBreaks(site, folder);
            site.awaitsReaction(site.says(grace, pull, "plumbline approve"), "+1");
            site.awaitsReaction(site.says(ada, pull, "plumbline apply"), "-1");
            ServerFixture.write(folder.resolve("mended"), "");
            site.says(ada, pull, "plumbline retry");
            site.awaitsComment(pull, "Plumbline: waiting for approval");

            site.says(grace, pull, "plumbline approve");

            site.awaitsComment(pull, "Plumbline: applied");
            site.awaitsReaction(site.says(ada, pull, "plumbline apply"), "+1");
            assertThat(gitea.get(site.at("pulls/" + pull)).path("merged").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void what_failed_before_the_merge_is_not_called_applied_by_the_merge(@TempDir Path folder) {
        GiteaSite site = site(folder, "broken", "apply: before_merge\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = opensOneThatBreaks(site, folder);
            site.awaitsReaction(site.says(ada, pull, "plumbline apply"), "-1");

            site.merged(pull);

            site.awaitsStatus(site.main(), "plumbline/apply", "pending", "waits for approval");
            site.awaitsComment(pull, "Plumbline: waiting for approval");
        }
    }

    @Test
    void whoever_closes_a_pull_request_reads_what_was_applied_of_it(@TempDir Path folder) {
        GiteaSite site = site(folder, "halfway", "apply: before_merge\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = opensOneThatBreaks(site, folder);
            site.awaitsReaction(site.says(ada, pull, "plumbline apply"), "-1");

            ada.does("PATCH", site.at("pulls/" + pull), Map.of("state", "closed"));

            site.awaitsComment(pull, "Not taken back:** what was applied of <code>stacks/network</code> (failed)");
        }
    }

    @Test
    void what_was_given_up_before_the_merge_is_asked_for_by_the_merge(@TempDir Path folder) {
        GiteaSite site = site(folder, "withdrawn", "apply: before_merge\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = opensOneThatBreaks(site, folder);
            site.awaitsReaction(site.says(ada, pull, "plumbline apply"), "-1");
            ServerFixture.write(folder.resolve("mended"), "");
            site.says(ada, pull, "plumbline retry");
            site.awaitsComment(pull, "Plumbline: waiting for approval");
            site.repo().write("README.md", "Not the stack").commit("Words").push("breaks");
            site.awaitsComment(pull, site.repo().head().substring(0, 8));

            site.awaitsComment(pull, "1 stack planned");

            site.merged(pull);

            site.awaitsComment(pull, "Plumbline: applied");
            assertThat(plumbline.state("stacks/network")).isEqualTo("applied");
        }
    }

    @Test
    void what_is_applied_and_could_not_be_merged_is_named_and_waited_for(@TempDir Path folder) {
        GiteaSite site = site(folder, "unmerged", "apply: before_merge\nmerge: squash\n");
        ada.does("PATCH", site.at("").replaceFirst("/$", ""), Map.of("allow_squash_merge", false));
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            site.repo().checkout("main");

            site.says(ada, pull, "plumbline apply");

            String why = "it is applied from " + site.path() + "#" + pull + " Network 10.1 (" + page(site, pull)
                    + "), which is not merged yet; to go on: merge it; other pull requests wait for that";
            plumbline.awaitsText(why, "why", "network");
            assertThat(plumbline.does("status").out()).contains("Waiting for you", why);
            long other = site.opened("narrower", "9.9");
            site.awaitsComment(other, "1 stack planned");
            site.says(ada, other, "plumbline apply");
            site.awaitsAnswer(other, "merge that first");
        }
    }

    @Test
    void what_is_applied_and_not_merged_yet_stays_so_while_others_are_merged(@TempDir Path folder) {
        GiteaSite site = site(folder, "beside", "apply: before_merge\nmerge: squash\n");
        ada.does("PATCH", site.at("").replaceFirst("/$", ""), Map.of("allow_squash_merge", false));
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.repo().stack("stacks/other", "one");
            site.applied(plumbline);
            plumbline.does("approve", "other");
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            site.says(ada, pull, "plumbline apply");
            plumbline.awaitsText("which is not merged yet; to go on: merge it", "why", "network");
            site.repo()
                    .checkout("main")
                    .branch("other")
                    .stack("stacks/other", "two")
                    .commit("Other")
                    .push("other");
            long other = site.opened("other", "Other", "");
            site.awaitsComment(other, "1 stack planned");

            site.merged(other);

            site.awaitsComment(other, "Plumbline: applied");
            assertThat(plumbline.does("why", "network").out()).contains("which is not merged yet; to go on: merge it");
            assertThat(plumbline.number("SELECT COUNT(*) FROM intent WHERE folder = 'stacks/network'"))
                    .as("by its first commit, and by its pull request")
                    .isEqualTo(2);
        }
    }

    @Test
    void who_closes_a_pull_request_takes_back_what_still_waits_to_be_applied_of_it(@TempDir Path folder) {
        GiteaSite site = site(folder, "closed", "apply: before_merge\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = opensOneThatBreaks(site, folder);
            site.says(ada, pull, "plumbline apply");
            site.awaitsAnswer(pull, "it is not merged, since not all of it is applied");
            ServerFixture.write(folder.resolve("mended"), "");
            site.says(ada, pull, "plumbline retry");
            site.awaitsComment(pull, "Plumbline: waiting for approval");

            ada.does("PATCH", site.at("pulls/" + pull), Map.of("state", "closed"));

            site.awaitsComment(pull, "Plumbline: closed");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> plumbline.number("SELECT COUNT(*) FROM intent WHERE state = 'cancelled'") == 1);
        }
    }

    @Test
    void who_may_not_apply_is_told_so_while_it_is_being_applied(@TempDir Path folder) throws Exception {
        GiteaSite site = site(folder, "refusing", "apply: before_merge\n");
        RealGitea.Person eve = gitea.person("eve");
        ada.does("PUT", site.at("collaborators/eve"), Map.of("permission", "read"));
        Path done = folder.resolve("done");
        try (ServerFixture plumbline = site.plumbline("1s");
                AutoCloseable lastly = () -> ServerFixture.write(done, "")) {
            site.applied(plumbline);
            long pull = opens(site, "until test -e %s; do sleep 0.1; done".formatted(done));
            long asked = site.says(ada, pull, "plumbline apply");
            site.awaitsComment(pull, "Plumbline: applying 1 stack");

            site.awaitsReaction(site.says(eve, pull, "plumbline apply"), "-1");

            site.awaitsAnswer(pull, "eve may not apply");
            ServerFixture.write(done, "");
            site.awaitsReaction(asked, "+1");
        }
    }

    @Test
    void what_reads_another_stack_is_confirmed_by_whoever_may_apply_and_then_all_of_it_is_merged(@TempDir Path folder) {
        GiteaSite site = site(folder, "reader", "apply: before_merge\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            long pull = opensOneThatIsRead(site, plumbline);
            long asked = site.says(ada, pull, "plumbline apply");
            site.awaitsComment(pull, "plumbline approve stacks/app");

            long own = site.says(ada, pull, "plumbline approve stacks/app");
            site.awaitsReaction(own, "-1");
            site.awaitsAnswer(pull, "The base branch asks for no approvals, so plumbline apply lets it go on");
            long confirmed = site.says(ada, pull, "plumbline apply");

            site.awaitsReaction(confirmed, "+1");
            site.awaitsReaction(asked, "+1");
            site.awaitsComment(pull, "Plumbline: applied");
            assertThat(gitea.get(site.at("pulls/" + pull)).path("merged").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void an_approval_of_what_was_planned_last_lets_it_be_merged_without_asking_again_unless_a_label_holds_it(
            @TempDir Path folder) {
        GiteaSite site = site(folder, "goeson", "apply: before_merge\napprovals: 1\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            long pull = opensOneThatIsRead(site, plumbline);
            site.awaitsReaction(site.says(grace, pull, "plumbline approve"), "+1");
            long asked = site.says(ada, pull, "plumbline apply");
            site.awaitsComment(pull, "this plan was made after the others were approved, and main asks for approvals");
            assertThat(site.comment(pull)).contains("plumbline approve stacks/app");
            site.awaitsReaction(site.says(ada, pull, "plumbline apply"), "-1");

            long hold = site.label("plumbline:hold");
            ada.does("POST", site.at("issues/" + pull + "/labels"), Map.of("labels", List.of(hold)));
            site.awaitsReaction(site.says(grace, pull, "plumbline approve"), "-1");
            ada.does("DELETE", site.at("issues/" + pull + "/labels/" + hold), Map.of());

            site.says(grace, pull, "plumbline approve");

            site.awaitsReaction(asked, "+1");
            assertThat(gitea.get(site.at("pulls/" + pull)).path("merged").asBoolean())
                    .isTrue();
            site.awaitsComment(pull, "Merged as ");
            assertThat(site.comment(pull)).contains("<code>stacks/app</code> | applied | 0 | 1 | 0 |");
        }
    }

    /** Another stack reads what it gives out, which is known once it is applied. */
    private static long opensOneThatIsRead(GiteaSite site, ServerFixture plumbline) {
        site.repo().reader("stacks/app", "stacks/network");
        site.applied(plumbline);
        plumbline.awaits("stacks/app", "awaiting-approval").does("approve", "app");
        plumbline.awaits("stacks/app", "applied");
        site.repo()
                .branch("read")
                .write("stacks/network/main.tf", """
                resource "terraform_data" "it" { input = "10.1" }
                output "value" { value = terraform_data.it.output }
                """)
                .commit("Is read")
                .push("read");
        long pull = site.opened("read", "Is read", "");
        site.awaitsComment(pull, "Plumbline: 1 stack planned, 1 after");
        return pull;
    }

    /** Until somebody writes the file {@code mended}. */
    private static long opensOneThatBreaks(GiteaSite site, Path folder) {
        return opens(site, "test -e " + folder.resolve("mended"));
    }

    /** @param command is run when it is applied */
    private static long opens(GiteaSite site, String command) {
        site.repo()
                .branch("breaks")
                .write("stacks/network/main.tf", """
                        resource "terraform_data" "net" {
                          input = "10.3"
                          provisioner "local-exec" { command = "%s" }
                        }
                        """.formatted(command))
                .commit("Breaks")
                .push("breaks");
        long pull = site.opened("breaks", "Breaks", "");
        site.awaitsComment(pull, "1 stack planned");
        return pull;
    }

    private String page(GiteaSite site, long pull) {
        return gitea.get(site.at("pulls/" + pull)).path("html_url").asString();
    }

    private GiteaSite site(Path folder, String name, String rules) {
        GiteaSite site = site(folder, name);
        site.repo().write("plumbline.yaml", rules);
        return site;
    }
}
