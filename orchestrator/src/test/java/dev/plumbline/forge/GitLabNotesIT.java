package dev.plumbline.forge;

import static dev.plumbline.forge.Spoken.given;
import static dev.plumbline.forge.Spoken.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.localgitlab.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is said on merge requests, what GitLab notes of them itself, and who had a hand in them. */
class GitLabNotesIT extends GitLabBench {
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
}
