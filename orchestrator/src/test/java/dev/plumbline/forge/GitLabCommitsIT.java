package dev.plumbline.forge;

import static dev.plumbline.forge.Spoken.given;
import static dev.plumbline.forge.Spoken.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.PullForge.MergeMethod;
import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.git.CommitSha;
import dev.plumbline.localforge.LocalPerson;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is told of commits on a GitLab, what keeps merge requests from being merged, and what they become. */
class GitLabCommitsIT extends GitLabBench {
    @Test
    void a_status_that_is_told_again_is_fine_and_one_that_ended_begins_anew() {
        given(forge.status(remote, status(head, CommitStatus.State.PENDING)));
        given(forge.status(remote, status(head, CommitStatus.State.PENDING)));
        given(forge.status(remote, status(head, CommitStatus.State.FAILURE)));
        given(forge.status(remote, status(head, CommitStatus.State.PENDING)));
        given(forge.status(remote, status(head, CommitStatus.State.SUCCESS)));
        given(forge.status(remote, status(head, CommitStatus.State.SUCCESS)));

        assertThat(statuses(head)).hasSize(1);
        assertThat(statuses(head).get(0).path("status").asString()).isEqualTo("success");
    }

    @Test
    void a_status_stands_on_the_branch_of_its_merge_request_and_then_on_main_whatever_others_have_the_commit() {
        push("another");
        given(forge.open(remote));
        given(forge.status(remote, status(head, CommitStatus.State.SUCCESS)));
        assertThat(statuses(head).get(0).path("ref").asString()).isEqualTo("wider");

        given(forge.merge(remote, pull, head, MergeMethod.MERGE));
        CommitSha main =
                given(forge.find(remote, pull)).orElseThrow().mergedAs().orElseThrow();
        checkout.run("fetch", "-q", ada.remote(ForgeGround.REPOSITORY), "main");
        checkout.run("reset", "-q", "--hard", "FETCH_HEAD");
        push("after");
        given(forge.status(remote, status(main, CommitStatus.State.SUCCESS)));
        assertThat(statuses(main).get(0).path("ref").asString()).isEqualTo("main");
    }

    @Test
    void the_head_of_a_fork_has_statuses_though_no_branch_has_it() {
        LocalPerson kim = gitlab.person("kim");
        gitlab.fork(ForgeGround.REPOSITORY, "kim");
        CommitSha foreign = checkout.write("main.tf", "# kim\n").commit("Kim's");
        checkout.run("push", "-q", kim.remote("kim/infra"), "HEAD:refs/heads/foreign");
        kim.does(
                "POST",
                "/projects/kim%2Finfra/merge_requests",
                Map.of(
                        "source_branch", "foreign",
                        "target_branch", "main",
                        "title", "Kim's",
                        "target_project_id", gitlab.idOf(ForgeGround.REPOSITORY)));

        assertThat(trouble(forge.status(remote, status(foreign, CommitStatus.State.SUCCESS)))
                        .kind())
                .isEqualTo(Kind.GONE);
        given(forge.open(remote));
        given(forge.status(remote, status(foreign, CommitStatus.State.SUCCESS)));
    }

    @Test
    void our_own_waiting_status_does_not_stand_in_the_way_of_a_merge_but_a_draft_does() {
        gitlab.needsPipeline(ForgeGround.REPOSITORY);
        given(forge.status(remote, status(head, CommitStatus.State.PENDING)));
        assertThat(given(forge.find(remote, pull)).orElseThrow().mergeable())
                .as("GitLab finds it out")
                .isEmpty();
        assertThat(given(forge.find(remote, pull)).orElseThrow().mergeable()).contains(true);

        ada.does("PUT", INFRA + "/merge_requests/" + pull, Map.of("title", "Draft: Wider"));
        assertThat(given(forge.find(remote, pull)).orElseThrow().mergeable()).contains(false);
    }

    @Test
    void without_a_merge_commit_the_head_or_what_was_squashed_is_what_main_became() {
        gitlab.fastForwards(ForgeGround.REPOSITORY);
        given(forge.merge(remote, pull, head, MergeMethod.MERGE));
        assertThat(given(forge.find(remote, pull)).orElseThrow().mergedAs()).contains(head);

        checkout.write("main.tf", "# 3\n").commit("Third");
        CommitSha second = checkout.write("main.tf", "# 4\n").commit("Fourth");
        push("more");
        long more = opened("more");
        given(forge.merge(remote, more, second, MergeMethod.SQUASH));
        Optional<CommitSha> squashed =
                given(forge.find(remote, more)).orElseThrow().mergedAs();
        checkout.run("fetch", "-q", ada.remote(ForgeGround.REPOSITORY), "main");
        assertThat(squashed).contains(new CommitSha(checkout.run("rev-parse", "FETCH_HEAD")));
    }

    @Test
    void an_apply_is_one_deployment_of_its_environment_however_often_it_is_tried() {
        given(forge.open(remote));
        given(forge.deploy(remote, new Deployment(head, "stacks/a+b", false, "failed", "")));
        given(forge.deploy(remote, new Deployment(head, "stacks/a+b", true, "applied", "https://p.example/1")));
        given(forge.deploy(remote, new Deployment(head, "stacks/a+b", true, "applied", "https://p.example/1")));

        JsonNode all = ada.get(INFRA + "/deployments");
        assertThat(all).hasSize(1);
        assertThat(all.get(0).path("status").asString()).isEqualTo("success");
        assertThat(all.get(0).path("ref").asString()).isEqualTo("wider");
        assertThat(all.get(0).path("environment").path("name").asString()).isEqualTo("stacks/a-b");
    }
}
