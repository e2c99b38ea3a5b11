package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.ForgeGround;
import dev.plumbline.forge.GitHubGround;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries that come late, in disorder and again: they are hints, and what the forge says at that moment is what counts. */
class DisorderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private GitHubGround ground;
    private Postbox postbox;
    private StorySite site;

    @BeforeEach
    void begin() {
        ground = GitHubGround.withToken(folder.resolve("github"));
        postbox = new Postbox();
        site = new StorySite(ground, folder, "1h").applied();
        ground.tells(postbox.url());
    }

    @AfterEach
    void end() {
        site.close();
        postbox.close();
        ground.close();
    }

    @Test
    void what_is_told_in_disorder_and_several_times_leads_to_one_plan_of_the_newest_head() {
        long pull = site.opened("wider", "10.1");
        site.repo().stack("stacks/network", "10.2").commit("Wider").push("wider");
        site.repo()
                .stack("stacks/network", "10.3")
                .run("commit", "-q", "-a", "--amend", "-m", "Wider still")
                .push("--force", "wider");
        awaitsLetter(site.repo().head());
        long before = site.plumbline().calls("plan");

        List<Postbox.Letter> again = new ArrayList<>();
        for (int times = 0; times < 5; times++) {
            again.addAll(postbox.letters());
        }
        Collections.shuffle(again, new Random(7));
        assertThat(again.stream().map(this::handOn)).allMatch(status -> status / 100 == 2);

        site.awaitsComment(pull, "\"10.0\" -> \"10.3\"");
        site.awaitsStatus(site.repo().head(), "plumbline/plan", "success");
        assertThat(postbox.letters().stream().map(this::handOn)).allMatch(status -> status / 100 == 2);
        site.plumbline().looksAgain();
        assertThat(site.plumbline().calls("plan")).isEqualTo(before + 1);
        assertThat(site.comments(pull)).hasSize(1);
    }

    @Test
    void a_clock_that_is_set_back_stops_no_look() {
        long pull = site.opened("wider", "10.1");

        site.plumbline().clockMoves(Duration.ofHours(-2));

        site.awaitsComment(pull, "1 stack planned");
    }

    @Test
    void a_pull_request_that_was_closed_before_it_was_heard_of_is_left_alone() {
        long pull = site.opened("wider", "10.1");
        ground.closes(pull);
        awaitsLetter("\"action\":\"closed\"");
        long before = site.plumbline().calls("plan");

        postbox.letters().forEach(letter -> assertThat(handOn(letter)).isBetween(200, 299));
        site.plumbline().looksAgain();

        assertThat(site.plumbline().json("changes")).isEmpty();
        assertThat(site.comments(pull)).isEmpty();
        assertThat(site.plumbline().calls("plan")).isEqualTo(before);
    }

    @Test
    void an_old_delivery_does_not_bring_a_closed_pull_request_back() {
        long pull = site.opened("wider", "10.1");
        awaitsLetter("\"action\":\"opened\"");
        postbox.letters().forEach(this::handOn);
        site.awaitsComment(pull, "1 stack planned");
        ground.closes(pull);
        awaitsLetter("\"action\":\"closed\"");
        postbox.letters().forEach(this::handOn);
        site.awaitsComment(pull, "closed");
        String told = site.comment(pull);

        // Sent again by hand, a delivery has another name.
        postbox.letters().stream()
                .filter(letter -> letter.says("\"action\":\"opened\""))
                .map(Postbox.Letter::renamed)
                .forEach(letter -> assertThat(handOn(letter)).isEqualTo(202));
        site.plumbline().looksAgain();

        assertThat(site.plumbline().json("changes")).isEmpty();
        assertThat(site.comment(pull)).isEqualTo(told);
    }

    @Test
    void of_two_pull_requests_of_one_branch_the_one_into_main_is_planned_whichever_is_newer() {
        site.repo().run("push", "-q", ground.remote("ada", ForgeGround.REPOSITORY), "main:develop");
        long pull = site.opened("wider", "10.1");
        site.plumbline().looksAgain();
        site.awaitsComment(pull, "\"10.0\" -> \"10.1\"");
        long other = ground.opens("ada", "wider", "develop", "Elsewhere", false);

        site.repo().stack("stacks/network", "10.2").commit("Wider").push("wider");
        site.plumbline().looksAgain();

        site.awaitsComment(pull, "\"10.0\" -> \"10.2\"");
        assertThat(site.comments(other)).isEmpty();
    }

    @Test
    void a_pull_request_takes_the_place_of_one_of_the_same_branch_that_was_closed_while_nobody_looked() {
        long closed = site.opened("wider", "10.1");
        site.plumbline().looksAgain();
        site.awaitsComment(closed, "\"10.0\" -> \"10.1\"");
        ground.closes(closed);
        long pull = ground.opens("ada", "wider", "Once more", false);

        site.plumbline().looksAgain();

        site.awaitsComment(pull, "\"10.0\" -> \"10.1\"");
        assertThat(site.plumbline().json("changes").path(0).path("title").asString())
                .isEqualTo("Once more");
        long asked = ground.says("ada", pull, "plumbline help");
        site.plumbline().looksAgain();
        site.awaitsReaction(asked, "+1");
    }

    private void awaitsLetter(String text) {
        Awaitility.await("a delivery says " + text)
                .atMost(PATIENCE)
                .until(() -> postbox.letters().stream().anyMatch(letter -> letter.says(text)));
    }

    private int handOn(Postbox.Letter letter) {
        return postbox.handOn(letter, site.plumbline().server().url() + "/webhooks/work");
    }
}
