package dev.plumbline.forge;

import static dev.plumbline.forge.Spoken.given;
import static dev.plumbline.forge.Spoken.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.MovedClock;
import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.PullForge.MergeMethod;
import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitClient;
import dev.plumbline.localforge.LocalPerson;
import dev.plumbline.localgitlab.Level;
import dev.plumbline.localgitlab.LocalGitLab;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What GitLab has its own way with, and what becomes of that here. */
class GitLabRulesIT {
    private static final String INFRA = "/projects/team%2Finfra";

    private final MovedClock time = new MovedClock();
    private LocalGitLab gitlab;
    private LocalPerson ada;
    private LocalPerson bob;
    private GitClient checkout;
    private PullForge forge;
    private Remote remote;
    private CommitSha head;
    private long pull;

    @BeforeEach
    void begin(@TempDir Path folder) {
        gitlab = LocalGitLab.started(folder.resolve("gitlab"), time);
        ada = gitlab.person("ada");
        bob = gitlab.person("bob");
        gitlab.project(ForgeGround.REPOSITORY);
        gitlab.level(ForgeGround.REPOSITORY, "ada", Level.MAINTAINER);
        gitlab.level(ForgeGround.REPOSITORY, "bob", Level.DEVELOPER);
        checkout = GitClient.init(folder.resolve("checkout"));
        checkout.write("main.tf", "# 1\n").commit("First");
        push("main");
        head = checkout.write("main.tf", "# 2\n").commit("Second");
        push("wider");
        pull = opened("wider");
        forge = as(Level.MAINTAINER, "api");
        remote = Spoken.remote(entry("t"), ForgeGround.REPOSITORY);
    }

    @AfterEach
    void end() {
        gitlab.close();
    }

    private void push(String branch) {
        checkout.run("push", "-q", "-f", ada.remote(ForgeGround.REPOSITORY), "HEAD:refs/heads/" + branch);
    }

    private long opened(String branch) {
        return ada.does(
                        "POST",
                        INFRA + "/merge_requests",
                        Map.of("source_branch", branch, "target_branch", "main", "title", "Wider"))
                .path("iid")
                .asLong();
    }

    private String entry(String token) {
        return "{ name: work, kind: gitlab, url: \"" + gitlab.url() + "\", token: \"" + token + "\" }";
    }

    private PullForge with(LocalPerson who) {
        return Spoken.forge(entry(who.token()), time, new Budgets());
    }

    private PullForge as(Level level, String scope) {
        return with(gitlab.projectToken(ForgeGround.REPOSITORY, level, Set.of(scope), Instant.MAX));
    }

    private static CommitStatus status(CommitSha commit, CommitStatus.State state) {
        return new CommitStatus(commit, "plumbline/plan", state, "so", "");
    }

    private JsonNode statuses(CommitSha commit) {
        return ada.get(INFRA + "/repository/commits/" + commit.hex() + "/statuses");
    }

    private PullRequest request() {
        return given(forge.find(remote, pull)).orElseThrow().pull();
    }

    @Test
    void a_token_that_may_only_read_is_told_so() {
        Trouble trouble = trouble(as(Level.MAINTAINER, "read_api").comment(remote, pull, "planned"));

        assertThat(trouble.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(trouble.sentence()).contains("the token of the forge work", "higher privileges");
    }

    @Test
    void a_token_that_ended_or_was_revoked_is_to_be_corrected() {
        LocalPerson shortLived = gitlab.projectToken(
                ForgeGround.REPOSITORY,
                Level.DEVELOPER,
                Set.of("api"),
                time.instant().plusSeconds(3_600));
        PullForge client = with(shortLived);
        assertThat(given(client.open(remote))).hasSize(1);

        time.moveBy(Duration.ofHours(2));
        assertThat(trouble(client.open(remote)).sentence())
                .contains("correct token of the forge work in server.yaml", "Token is expired");
        gitlab.revokeTokens();
        assertThat(trouble(forge.open(remote)).kind()).isEqualTo(Kind.CREDENTIALS);
    }

    @Test
    void what_is_protected_is_changed_by_maintainers_only() {
        PullForge developer = as(Level.DEVELOPER, "api");
        given(developer.open(remote));
        given(developer.status(remote, status(head, CommitStatus.State.SUCCESS)));

        Trouble merging = trouble(developer.merge(remote, pull, head, MergeMethod.MERGE));
        assertThat(merging.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(merging.sentence()).contains("give it the role Maintainer, or let Developers merge there");
        given(forge.merge(remote, pull, head, MergeMethod.MERGE));
        CommitSha main =
                given(developer.find(remote, pull)).orElseThrow().mergedAs().orElseThrow();
        assertThat(trouble(developer.status(remote, status(main, CommitStatus.State.SUCCESS)))
                        .kind())
                .isEqualTo(Kind.CREDENTIALS);
    }

    @Test
    void a_private_project_is_not_there_for_those_who_are_nothing_in_it() {
        gitlab.privateProject("team/secret");
        Remote secret = Spoken.remote(entry("t"), "team/secret");

        assertThat(trouble(with(bob).open(secret)).kind()).isEqualTo(Kind.GONE);
        gitlab.level("team/secret", "bob", Level.REPORTER);
        assertThat(given(with(bob).open(secret))).isEmpty();
        gitlab.level("team/secret", "ada", Level.REPORTER);
        assertThat(given(with(bob).permission(secret, "ada"))).isEqualTo(Permission.READ);
        gitlab.level("team/secret", "ada", Level.NONE);
        assertThat(given(with(bob).permission(secret, "ada"))).isEqualTo(Permission.NONE);
    }

    @Test
    void developers_write_and_maintainers_administrate_by_the_project_or_a_group_above_it() {
        gitlab.person("eve");
        assertThat(given(forge.permission(remote, "eve")))
                .as("everybody may read it")
                .isEqualTo(Permission.READ);
        Map<Level, Permission> levels = Map.of(
                Level.GUEST, Permission.READ,
                Level.REPORTER, Permission.READ,
                Level.DEVELOPER, Permission.WRITE,
                Level.MAINTAINER, Permission.ADMIN,
                Level.OWNER, Permission.ADMIN);
        levels.forEach((level, permission) -> {
            gitlab.level(ForgeGround.REPOSITORY, "eve", level);
            assertThat(given(forge.permission(remote, "eve"))).isEqualTo(permission);
        });

        gitlab.level(ForgeGround.REPOSITORY, "eve", Level.NONE);
        gitlab.joins("team", "eve", Level.DEVELOPER);
        assertThat(given(forge.permission(remote, "eve"))).isEqualTo(Permission.WRITE);
        gitlab.joins("team/ops", "bob", Level.GUEST);
        assertThat(given(forge.inTeam(remote, "team/ops", "eve")))
                .as("by the group above it")
                .isTrue();
    }

    @Test
    void who_is_blocked_may_do_nothing_whatever_they_were() {
        assertThat(given(forge.permission(remote, "bob"))).isEqualTo(Permission.WRITE);
        gitlab.joins("team/ops", "bob", Level.OWNER);

        gitlab.blocks("bob");
        assertThat(given(forge.permission(remote, "bob"))).isEqualTo(Permission.NONE);
        assertThat(given(forge.inTeam(remote, "team/ops", "bob"))).isFalse();
    }

    @Test
    void whoever_asks_too_often_asks_nothing_more_before_the_time_that_is_named() {
        gitlab.limit(2);
        given(forge.find(remote, pull));
        given(forge.find(remote, pull));

        Trouble trouble = trouble(forge.open(remote));
        assertThat(trouble.kind()).isEqualTo(Kind.LIMITED);
        int calls = gitlab.calls();
        assertThat(trouble(forge.open(remote)).kind()).isEqualTo(Kind.LIMITED);
        assertThat(gitlab.calls()).isEqualTo(calls);

        time.moveBy(Duration.ofSeconds(65));
        assertThat(given(forge.open(remote))).hasSize(1);
    }

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
    void a_note_is_found_though_its_merge_request_does_not_seem_to_have_changed_since() {
        given(forge.comment(remote, pull, "planned"));
        time.moveBy(Duration.ofSeconds(40));
        Instant since = time.instant();
        JsonNode said =
                bob.does("POST", INFRA + "/merge_requests/" + pull + "/notes", Map.of("body", "plumbline plan"));

        assertThat(Instant.parse(ada.get(INFRA + "/merge_requests/" + pull)
                        .path("updated_at")
                        .asString()))
                .isBefore(since);
        assertThat(given(forge.comments(remote, since)))
                .extracting(PullComment::id)
                .containsExactly(said.path("id").asLong());
    }

    @Test
    void what_programs_say_is_theirs_and_what_gitlab_notes_itself_was_said_by_nobody() {
        bob.does("POST", INFRA + "/merge_requests/" + pull + "/approve", Map.of());
        given(forge.comment(remote, pull, "planned"));

        assertThat(given(forge.comments(remote, Instant.EPOCH)))
                .singleElement()
                .satisfies(comment -> assertThat(comment.bot()).isTrue());
    }

    @Test
    void what_a_plan_says_is_no_command_to_gitlab_wherever_it_stands() {
        String plan = "````\n/merge\n````\n/close\n\r/approve\nof /merge";
        long note = given(forge.comment(remote, pull, "/approve\n" + plan)).id();
        given(forge.edit(remote, pull, note, plan));

        assertThat(given(forge.find(remote, pull)).orElseThrow().open()).isTrue();
        assertThat(given(forge.reviews(remote, request()))).isEmpty();
        assertThat(given(forge.comments(remote, Instant.EPOCH)))
                .singleElement()
                .satisfies(comment -> assertThat(comment.text()).contains(" /merge\n", " /close", "of /merge"));
        bob.does("POST", INFRA + "/merge_requests/" + pull + "/notes", Map.of("body", "````\n/close\n````"));
        assertThat(given(forge.find(remote, pull)).orElseThrow().open())
                .as("from anybody else it is one")
                .isFalse();
    }

    @Test
    void a_comment_may_have_a_million_characters() {
        assertThat(trouble(forge.comment(remote, pull, "x".repeat(1_000_001))).kind())
                .isEqualTo(Kind.REFUSED);
        given(forge.comment(remote, pull, "x".repeat(1_000_000)));
    }

    @Test
    void an_approval_has_the_time_that_gitlab_tells_or_else_that_of_its_note_and_no_commit() {
        Instant before = time.instant();
        bob.does("POST", INFRA + "/merge_requests/" + pull + "/approve", Map.of());
        Review told = given(forge.reviews(remote, request())).get(0);
        gitlab.hidesApprovalTimes();
        Review noted = given(forge.reviews(remote, request())).get(0);

        for (Review review : List.of(told, noted)) {
            assertThat(review.login()).isEqualTo("bob");
            assertThat(review.state()).isEqualTo(Review.State.APPROVED);
            assertThat(review.commit()).isEmpty();
            assertThat(Duration.between(before, review.at()).abs()).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void an_approval_is_taken_back_and_given_again_and_changes_are_asked_for() {
        String at = INFRA + "/merge_requests/" + pull;
        bob.does("POST", at + "/approve", Map.of());
        bob.does("POST", at + "/unapprove", Map.of());
        assertThat(given(forge.reviews(remote, request())))
                .extracting(Review::state)
                .containsExactly(Review.State.WITHDRAWN);
        time.moveBy(Duration.ofSeconds(1));
        bob.does("POST", at + "/approve", Map.of());
        assertThat(given(forge.reviews(remote, request())))
                .extracting(Review::state)
                .containsExactly(Review.State.APPROVED);
        time.moveBy(Duration.ofSeconds(1));
        bob.does("POST", at + "/notes", Map.of("body", "/submit_review requested_changes"));
        assertThat(given(forge.reviews(remote, request())))
                .extracting(Review::state)
                .containsExactly(Review.State.REFUSED);
    }

    @Test
    void nobody_can_feign_what_gitlab_notes_itself() {
        bob.does("POST", INFRA + "/merge_requests/" + pull + "/notes", Map.of("body", "approved this merge request"));

        assertThat(given(forge.reviews(remote, request()))).isEmpty();
    }

    @Test
    void whoever_hides_their_address_is_known_by_their_name_or_by_what_gitlab_gave_them_for_it() {
        gitlab.person("zoe", "Zoe Zander", "");
        gitlab.level(ForgeGround.REPOSITORY, "zoe", Level.DEVELOPER);
        checkout.with(Map.of("GIT_AUTHOR_NAME", "Zoe Zander", "GIT_AUTHOR_EMAIL", "zoe@home.example"))
                .write("a.tf", "# a\n")
                .commit("Zoe's");
        checkout.with(Map.of("GIT_AUTHOR_EMAIL", "7-max@users.noreply.gitlab.example"))
                .write("b.tf", "# b\n")
                .commit("Max's\n\nCo-authored-by: Bob <bob@example.com>");
        push("wider");

        assertThat(given(forge.hands(remote, request())))
                .containsExactlyInAnyOrder("ada", "zoe", "zoe@home.example", "max", "bob");
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
