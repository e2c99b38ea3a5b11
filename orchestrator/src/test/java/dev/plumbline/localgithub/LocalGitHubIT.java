package dev.plumbline.localgithub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.GitClient;
import dev.plumbline.localforge.LocalPerson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the local GitHub keeps, and that it refuses and notices what GitHub would not take. */
class LocalGitHubIT {
    private static final String INFRA = "/repos/team/infra";

    private LocalGitHub github;
    private LocalPerson ada;
    private LocalPerson bob;
    private GitClient checkout;

    @BeforeEach
    void begin(@TempDir Path folder) {
        github = LocalGitHub.started(folder.resolve("github"));
        ada = github.person("ada");
        bob = github.person("bob");
        github.repository("team", "infra");
        github.role("team/infra", "ada", Role.ADMIN);
        github.role("team/infra", "bob", Role.WRITE);
        checkout = GitClient.init(folder.resolve("checkout"));
        checkout.write("main.tf", "# 1\n").commit("First");
        push("main");
        checkout.run("checkout", "-q", "-b", "wider");
        checkout.write("main.tf", "# 2\n").commit("Second");
        push("wider");
    }

    @AfterEach
    void end() {
        github.close();
    }

    private void push(String branch) {
        checkout.run("push", "-q", "-f", ada.remote("team/infra"), "HEAD:refs/heads/" + branch);
    }

    private long opened() {
        return ada.does("POST", INFRA + "/pulls", Map.of("head", "wider", "base", "main", "title", "Wider"))
                .path("number")
                .asLong();
    }

    @Test
    void a_pull_request_follows_its_branch_and_is_merged_by_real_git() {
        long pull = opened();
        checkout.write("main.tf", "# 3\n").commit("Third");
        push("wider");

        JsonNode followed = ada.get(INFRA + "/pulls/" + pull);
        assertThat(followed.path("head").path("sha").asString())
                .isEqualTo(checkout.head().hex());
        assertThat(followed.path("mergeable").asBoolean()).isTrue();

        String merge = bob.does("PUT", INFRA + "/pulls/" + pull + "/merge", Map.of("merge_method", "merge"))
                .path("sha")
                .asString();
        checkout.run("fetch", "-q", ada.remote("team/infra"), "main");
        assertThat(checkout.run("rev-parse", "FETCH_HEAD")).isEqualTo(merge);
        assertThat(checkout.run("show", "FETCH_HEAD:main.tf")).isEqualTo("# 3");
        assertThat(ada.get(INFRA + "/pulls/" + pull).path("merged").asBoolean()).isTrue();
        assertThat(ada.get(INFRA + "/pulls?state=open")).isEmpty();
    }

    @Test
    void a_conflict_is_not_merged_nor_is_another_head_than_the_one_that_is_named() {
        long pull = opened();
        assertThat(bob.tries("PUT", INFRA + "/pulls/" + pull + "/merge", Map.of("sha", "0".repeat(40)))
                        .statusCode())
                .isEqualTo(409);
        checkout.run("checkout", "-q", "main");
        checkout.write("main.tf", "# another\n").commit("Another");
        push("main");

        assertThat(ada.get(INFRA + "/pulls/" + pull).path("mergeable_state").asString())
                .isEqualTo("dirty");
        assertThat(bob.tries("PUT", INFRA + "/pulls/" + pull + "/merge", Map.of())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void a_required_status_holds_a_merge_until_it_is_there() {
        github.requireStatus("team/infra", "plumbline/plan");
        long pull = opened();
        assertThat(bob.tries("PUT", INFRA + "/pulls/" + pull + "/merge", Map.of())
                        .statusCode())
                .isEqualTo(405);

        bob.does(
                "POST",
                INFRA + "/statuses/" + checkout.head().hex(),
                Map.of("state", "success", "context", "plumbline/plan"));
        bob.does("PUT", INFRA + "/pulls/" + pull + "/merge", Map.of());
    }

    @Test
    void comments_are_changed_by_who_wrote_them_or_can_write_and_by_nobody_else() {
        long pull = opened();
        LocalPerson eve = github.person("eve");
        github.role("team/infra", "eve", Role.READ);
        long said = ada.does("POST", INFRA + "/issues/" + pull + "/comments", Map.of("body", "Mine"))
                .path("id")
                .asLong();

        String at = INFRA + "/issues/comments/" + said;
        assertThat(eve.tries("PATCH", at, Map.of("body", "Hers")).statusCode()).isEqualTo(403);
        assertThat(bob.does("PATCH", at, Map.of("body", "Ours")).path("body").asString())
                .isEqualTo("Ours");
        bob.does("DELETE", at, Map.of());
        assertThat(ada.get(INFRA + "/issues/comments")).isEmpty();
    }

    @Test
    void a_branch_that_is_not_there_has_nothing_new_or_is_asked_for_already_makes_no_pull_request() {
        checkout.run("push", "-q", ada.remote("team/infra"), "main:refs/heads/same");
        for (String head : List.of("nowhere", "same", "eve:wider")) {
            assertThat(ada.tries("POST", INFRA + "/pulls", Map.of("head", head, "base", "main", "title", "No"))
                            .statusCode())
                    .as(head)
                    .isEqualTo(422);
        }
        opened();
        assertThat(ada.tries("POST", INFRA + "/pulls", Map.of("head", "wider", "base", "main", "title", "Twice"))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void a_draft_is_not_merged() {
        Map<String, Object> draft = Map.of("head", "wider", "base", "main", "title", "Draft", "draft", true);
        long pull = ada.does("POST", INFRA + "/pulls", draft).path("number").asLong();

        assertThat(bob.tries("PUT", INFRA + "/pulls/" + pull + "/merge", Map.of())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void webhooks_are_for_administrators_and_made_once() {
        Map<String, Object> hook = Map.of("config", Map.of("url", "http://127.0.0.1:9/", "content_type", "json"));

        assertThat(bob.tries("POST", INFRA + "/hooks", hook).statusCode()).isEqualTo(403);
        ada.does("POST", INFRA + "/hooks", hook);
        assertThat(ada.tries("POST", INFRA + "/hooks", hook).statusCode()).isEqualTo(422);
        assertThat(ada.get(INFRA + "/hooks")).hasSize(1);
    }

    @Test
    void whoever_may_only_read_can_not_push() {
        LocalPerson eve = github.person("eve");

        assertThat(checkout.tryRun("ls-remote", eve.remote("team/infra")).exit())
                .isZero();
        assertThat(checkout.tryRun("push", "-q", eve.remote("team/infra"), "HEAD:refs/heads/hers")
                        .exit())
                .isNotZero();
        String reading = github.token("ada", Map.of("contents", "read"));
        String address = ada.remote("team/infra").replace(ada.token(), reading);
        assertThat(checkout.tryRun("push", "-q", address, "HEAD:refs/heads/hers")
                        .exit())
                .isNotZero();
    }

    @Test
    void nobody_approves_what_is_theirs() {
        long pull = opened();
        String reviews = INFRA + "/pulls/" + pull + "/reviews";
        assertThat(ada.tries("POST", reviews, Map.of("event", "APPROVE")).statusCode())
                .isEqualTo(422);

        bob.does("POST", reviews, Map.of("event", "APPROVE"));
        assertThat(ada.get(reviews).get(0).path("commit_id").asString())
                .isEqualTo(checkout.head().hex());
    }

    @Test
    void lists_come_in_pages_that_name_the_next_one() {
        long pull = opened();
        for (int i = 0; i < 3; i++) {
            ada.does("POST", INFRA + "/issues/" + pull + "/comments", Map.of("body", "Comment " + i));
        }

        assertThat(ada.get(INFRA + "/issues/comments?per_page=2")).hasSize(2);
        String next = ada.tries("GET", INFRA + "/issues/comments?per_page=2", Map.of())
                .headers()
                .firstValue("Link")
                .orElseThrow();
        assertThat(next).contains("page=2", "rel=\"next\"");
        assertThat(ada.get(INFRA + "/issues/comments?per_page=2&page=2")).hasSize(1);
    }

    @Test
    void a_request_that_github_does_not_describe_fails_the_test_that_sent_it() {
        assertThat(bob.tries(
                                "POST",
                                INFRA + "/statuses/" + checkout.head().hex(),
                                Map.of("state", "fine", "context", "plumbline/plan"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(bob.tries("GET", INFRA + "/pulls?limit=50", Map.of()).statusCode())
                .isEqualTo(422);
        assertThat(bob.tries("GET", INFRA + "/pull-requests", Map.of()).statusCode())
                .isEqualTo(404);

        List<String> faults = github.faults();
        assertThat(faults).hasSize(3);
        assertThat(String.join("\n", faults)).contains("/state", "?limit is not described", "/pull-requests");
    }
}
