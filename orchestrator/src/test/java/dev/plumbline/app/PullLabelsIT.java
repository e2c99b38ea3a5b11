package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drafts and labels, on a real Gitea. */
class PullLabelsIT extends OnGitea {
    @Test
    void a_draft_is_planned_once_it_is_ready(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "draft");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            site.repo()
                    .branch("wider")
                    .stack("stacks/network", "10.1")
                    .commit("Wider")
                    .push("wider");
            long plans = plumbline.calls("plan");
            long pull = site.opened("wider", "WIP: Wider", "");
            site.awaitsComment(pull, "t is a draft");
            refused(site, pull, "plumbline plan", "mark it as ready");
            assertThat(plumbline.calls("plan")).isEqualTo(plans);

            ada.does("PATCH", site.at("pulls/" + pull), Map.of("title", "Wider"));

            site.awaitsComment(pull, "1 stack planned");
            assertThat(plumbline.json("changes").get(0).path("title").asString())
                    .isEqualTo("Wider");
        }
    }

    @Test
    void drafts_are_planned_where_main_says_so(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "drafts");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.repo().write("plumbline.yaml", "drafts: true\n");
            site.applied(plumbline);
            site.repo()
                    .branch("wider")
                    .stack("stacks/network", "10.1")
                    .commit("Wider")
                    .push("wider");

            site.awaitsComment(site.opened("wider", "WIP: Wider", ""), "1 stack planned");
        }
    }

    @Test
    void labels_hold_a_pull_request_or_ask_for_all_stacks(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "labels");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.repo().stack("stacks/other", "same");
            site.applied(plumbline);
            plumbline.does("approve", "--all");
            long hold = site.label("plumbline:hold");
            long all = site.label("plumbline:plan-all");
            site.repo()
                    .branch("wider")
                    .stack("stacks/network", "10.1")
                    .commit("Wider")
                    .push("wider");
            long pull = site.opened("wider", "Wider", "");
            site.awaitsComment(pull, "1 stack planned");

            ada.does("POST", site.at("issues/" + pull + "/labels"), Map.of("labels", List.of(hold)));
            site.awaitsComment(pull, "hold is on it");
            refused(site, pull, "plumbline plan", "take it off");
            refused(site, pull, "plumbline retry", "take it off");
            assertThat(plumbline.cli("retry", "ada/labels#" + pull).all())
                    .contains("the label plumbline:hold is on it");
            ada.does("DELETE", site.at("issues/" + pull + "/labels/" + hold), Map.of());
            site.awaitsComment(pull, "1 stack planned");
            ada.does("POST", site.at("issues/" + pull + "/labels"), Map.of("labels", List.of(all)));

            site.awaitsComment(pull, "2 stacks planned");
            site.awaitsComment(pull, "plan&#45;all asks for it");
        }
    }

    @Test
    void a_label_put_on_after_the_plan_keeps_it_from_being_applied_by_comment_and_says_that_a_merge_applies_it(
            @TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "late");
        site.repo().write("plumbline.yaml", "apply: before_merge\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long hold = site.label("plumbline:hold");
            site.repo()
                    .branch("wider")
                    .stack("stacks/network", "10.1")
                    .commit("Wider")
                    .push("wider");
            long pull = site.opened("wider", "Wider", "");
            site.awaitsComment(pull, "1 stack planned");

            ada.does("POST", site.at("issues/" + pull + "/labels"), Map.of("labels", List.of(hold)));
            refused(site, pull, "plumbline apply", "take it off");
            assertThat(site.comment(pull)).doesNotContain("A merge applies it all the same");
            site.repo()
                    .checkout("main")
                    .write("plumbline.yaml", "drafts: true\n")
                    .commit("On merge");
            site.repo().push("main");

            site.awaitsComment(pull, "A merge applies it all the same: what stands here");
            site.merged(pull);
            site.awaitsComment(pull, "Plumbline: applied");
            assertThat(plumbline.state("stacks/network")).isEqualTo("applied");
        }
    }

    private void refused(GiteaSite site, long pull, String command, String why) {
        site.awaitsReaction(site.says(ada, pull, command), "-1");
        site.awaitsAnswer(pull, why);
    }
}
