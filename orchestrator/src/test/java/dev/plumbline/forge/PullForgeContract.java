package dev.plumbline.forge;

import static dev.plumbline.forge.Spoken.given;
import static dev.plumbline.forge.Spoken.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.PullForge.MergeMethod;
import dev.plumbline.forge.PullForge.Reaction;
import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.GitClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What Plumbline may expect of every forge, whichever it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PullForgeContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ForgeGround ground;
    private PullForge forge;
    private Remote remote;
    private GitClient checkout;

    /** A forge with its people and an empty repository. */
    abstract ForgeGround ground(Path folder);

    @BeforeAll
    void begin(@TempDir Path folder) {
        ground = ground(folder.resolve("forge"));
        remote = Spoken.remote(ground.entry(), ForgeGround.REPOSITORY);
        forge = Spoken.forge(ground.entry());
        checkout = GitClient.init(folder.resolve("checkout"));
        checkout.write("main.tf", "# first\n").commit("First");
        push("ada", "main");
    }

    @AfterAll
    void end() {
        ground.close();
    }

    @AfterEach
    void nothing_was_asked_or_answered_but_as_the_forges_maker_describes_it() {
        assertThat(ground.faults()).isEmpty();
    }

    private void push(String person, String branch) {
        checkout.run("push", "-q", "-f", ground.remote(person, ForgeGround.REPOSITORY), "HEAD:refs/heads/" + branch);
        ground.settle();
    }

    /** A branch with one commit of its own. */
    private CommitSha pushed(String branch) {
        checkout.run("checkout", "-q", "-B", branch, "main");
        CommitSha head = checkout.write(branch + ".tf", "# " + branch + "\n").commit("About " + branch);
        push("ada", branch);
        return head;
    }

    private long opened(String branch) {
        pushed(branch);
        return ground.opens("ada", branch, "About " + branch, false);
    }

    private PullRequest pull(long number) {
        return given(forge.find(remote, number)).orElseThrow().pull();
    }

    private List<Long> open() {
        return given(forge.open(remote)).stream().map(PullRequest::number).toList();
    }

    @Test
    void open_pull_requests_are_listed_with_what_stands_on_them() {
        CommitSha head = pushed("listed");
        long number = ground.opens("ada", "listed", "Listed | here", false);
        ground.labels(number, "plumbline:hold");

        PullRequest pull = given(forge.open(remote)).stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow();
        assertThat(pull.branch()).isEqualTo("listed");
        assertThat(pull.base()).isEqualTo("main");
        assertThat(pull.head()).isEqualTo(head);
        assertThat(pull.title()).isEqualTo("Listed | here");
        assertThat(pull.author()).isEqualTo("ada");
        assertThat(pull.url()).contains(ForgeGround.REPOSITORY).endsWith("/" + number);
        assertThat(pull.foreign()).isFalse();
        assertThat(pull.draft()).isFalse();
        assertThat(pull.labels()).containsExactly("plumbline:hold");

        ground.closes(number);
        assertThat(open()).doesNotContain(number);
        assertThat(given(forge.find(remote, number)).orElseThrow().open()).isFalse();
    }

    @Test
    void a_branch_is_where_it_was_pushed_to_and_one_that_nobody_pushed_is_nowhere() {
        CommitSha first = pushed("parts/one+two");
        assertThat(given(forge.tip(remote, "parts/one+two"))).contains(first);

        CommitSha second = checkout.write("more.tf", "# more\n").commit("More");
        checkout.run("push", "-q", ground.remote("ada", ForgeGround.REPOSITORY), "HEAD:refs/heads/parts/one+two");
        assertThat(given(forge.tip(remote, "parts/one+two")))
                .as("at once, before the forge has settled")
                .contains(second);
        ground.settle();

        assertThat(given(forge.tip(remote, "parts"))).isEmpty();
        assertThat(given(forge.tip(remote, "parts/three"))).isEmpty();
    }

    @Test
    void a_draft_says_so_and_a_number_that_nobody_gave_is_none() {
        pushed("draft");
        long number = ground.opens("ada", "draft", "Draft", true);

        assertThat(pull(number).draft()).isTrue();
        assertThat(given(forge.find(remote, 4_711))).isEmpty();
    }

    @Test
    void a_pull_request_from_a_fork_is_foreign() {
        String fork = ground.forks("kim");
        checkout.run("checkout", "-q", "-B", "foreign", "main");
        CommitSha head = checkout.write("foreign.tf", "# foreign\n").commit("Foreign");
        checkout.run("push", "-q", ground.remote("kim", fork), "HEAD:refs/heads/foreign");
        ground.settle();
        long number = ground.opens("kim", "kim:foreign", "Foreign", false);

        assertThat(pull(number).foreign()).isTrue();
        assertThat(pull(number).head()).isEqualTo(head);
        assertThat(given(forge.hands(remote, pull(number)))).contains("kim", "ada");
    }

    @Test
    void what_is_said_is_read_since_a_time_the_oldest_first() {
        long number = opened("said");
        long first = ground.says("bob", number, "plumbline plan");
        long second = given(forge.comment(remote, number, "Planned")).id();
        Instant before = given(forge.comments(remote, Instant.EPOCH)).stream()
                .filter(comment -> comment.id() == first)
                .findFirst()
                .orElseThrow()
                .at();

        List<PullComment> read = given(forge.comments(remote, before)).stream()
                .filter(comment -> comment.pull() == number)
                .toList();
        assertThat(read).extracting(PullComment::id).containsExactly(first, second);
        assertThat(read).extracting(PullComment::author).containsExactly("bob", ground.self());
        assertThat(read.get(0).text()).isEqualTo("plumbline plan");
        assertThat(read.get(0).bot()).isFalse();
        assertThat(given(forge.comments(remote, before.plusSeconds(3_600)))).isEmpty();
    }

    @Test
    void a_comment_that_was_changed_says_so() {
        long number = opened("changed");
        long said = ground.says("bob", number, "plumbline plan");

        AtomicInteger times = new AtomicInteger();
        // Within the second in which it was written, nothing tells it from one that was not changed.
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            ground.saysInstead("bob", said, "plumbline apply " + times.incrementAndGet());
            assertThat(given(forge.comments(remote, Instant.EPOCH)))
                    .filteredOn(comment -> comment.id() == said)
                    .singleElement()
                    .satisfies(comment -> assertThat(comment.edited()).isTrue());
        });
    }

    @Test
    void our_comment_is_found_by_its_marker_and_nobody_elses() {
        long number = opened("marked");
        ground.says("bob", number, "<!-- marker 7 --> not ours");
        assertThat(given(forge.findComment(remote, number, "<!-- marker 7 -->")))
                .isEmpty();

        long ours =
                given(forge.comment(remote, number, "<!-- marker 7 -->\nours")).id();
        assertThat(given(forge.findComment(remote, number, "<!-- marker 7 -->")))
                .contains(ours);
    }

    @Test
    void a_comment_is_found_though_there_are_more_than_a_page_of_them() {
        long number = opened("busy");
        for (int i = 0; i < 105; i++) {
            ground.says("bob", number, "Comment " + i);
        }
        long ours = given(forge.comment(remote, number, "<!-- marker 8 -->")).id();

        assertThat(given(forge.findComment(remote, number, "<!-- marker 8 -->")))
                .contains(ours);
        assertThat(given(forge.comments(remote, Instant.EPOCH)))
                .filteredOn(comment -> comment.pull() == number)
                .hasSize(106);
    }

    @Test
    void a_comment_is_written_over_in_place_unless_somebody_deleted_it() {
        long number = opened("edited");
        long ours = given(forge.comment(remote, number, "planning 1 stack")).id();

        assertThat(given(forge.edit(remote, number, ours, "1 stack planned"))).isPresent();
        assertThat(ground.texts(number)).containsExactly("1 stack planned");

        ground.deletes(ours);
        assertThat(given(forge.edit(remote, number, ours, "lost"))).isEmpty();
        assertThat(given(forge.react(remote, number, ours, Reaction.EYES))).isFalse();
    }

    @Test
    void a_comment_is_answered_with_signs_each_of_them_once() {
        long number = opened("signs");
        long said = ground.says("bob", number, "plumbline plan");

        for (Reaction reaction : Reaction.values()) {
            assertThat(given(forge.react(remote, number, said, reaction))).isTrue();
            assertThat(given(forge.react(remote, number, said, reaction))).isTrue();
        }
        assertThat(ground.reactions(said)).containsExactlyInAnyOrder("eyes", "+1", "-1");
    }

    @Test
    void a_commit_has_statuses_of_which_the_newest_counts() {
        CommitSha head = pushed("status");
        given(forge.status(
                remote, new CommitStatus(head, "plumbline/plan", CommitStatus.State.PENDING, "planning", "")));
        given(forge.status(
                remote,
                new CommitStatus(
                        head, "plumbline/plan", CommitStatus.State.SUCCESS, "x".repeat(400), "https://p.example/1")));
        given(forge.status(
                remote, new CommitStatus(head, "plumbline/apply", CommitStatus.State.FAILURE, "failed", "")));

        assertThat(ground.statuses(head.hex()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("plumbline/plan", "success", "plumbline/apply", "failure"));
    }

    @Test
    void a_pull_request_is_merged_at_the_head_that_is_meant_and_at_no_other() {
        long number = opened("merging");
        assertThat(trouble(forge.merge(remote, number, new CommitSha("1".repeat(40)), MergeMethod.MERGE))
                        .kind())
                .isEqualTo(Kind.REFUSED);

        Awaitility.await("it can be merged")
                .atMost(PATIENCE)
                .until(() -> forge.merge(remote, number, pull(number).head(), MergeMethod.SQUASH)
                        .failure()
                        .isEmpty());
        PullDetail merged = given(forge.find(remote, number)).orElseThrow();
        assertThat(merged.open()).isFalse();
        assertThat(merged.mergedBy()).contains(ground.self());
        assertThat(merged.mergedAs().orElseThrow().hex()).isEqualTo(main());
        assertThat(checkout.run("show", "FETCH_HEAD:merging.tf")).isEqualTo("# merging");
    }

    @Test
    void what_was_merged_of_late_is_listed_with_the_commit_that_it_became_and_nothing_else() {
        long joined = opened("joined");
        ground.merges("ada", joined);
        String joins = main();
        long squashed = opened("squashed");
        ground.squashes("ada", squashed);
        String squash = main();
        long closed = opened("given-up");
        ground.closes(closed);
        long waiting = opened("still-open");

        Map<Long, PullDetail> merged = given(forge.merged(remote)).stream()
                .collect(Collectors.toMap(pull -> pull.pull().number(), Function.identity()));

        assertThat(merged).containsKeys(joined, squashed).doesNotContainKeys(closed, waiting);
        assertThat(merged.get(joined)).extracting(PullDetail::mergedAs).isEqualTo(Optional.of(new CommitSha(joins)));
        PullDetail one = Objects.requireNonNull(merged.get(squashed));
        assertThat(one.mergedAs()).contains(new CommitSha(squash));
        assertThat(one.open()).isFalse();
        assertThat(one.pull().branch()).isEqualTo("squashed");
        assertThat(one.pull().base()).isEqualTo("main");
    }

    /** Where main is there. */
    private String main() {
        checkout.run("fetch", "-q", ground.remote("ada", ForgeGround.REPOSITORY), "main");
        return checkout.run("rev-parse", "FETCH_HEAD");
    }

    @Test
    void what_conflicts_can_not_be_merged() {
        long number = opened("conflicting");
        checkout.run("fetch", "-q", ground.remote("ada", ForgeGround.REPOSITORY), "main");
        checkout.run("checkout", "-q", "-B", "against", "FETCH_HEAD");
        checkout.write("conflicting.tf", "# another\n").commit("Against");
        push("ada", "main");

        Awaitility.await("it is found out")
                .atMost(PATIENCE)
                .until(
                        () -> given(forge.find(remote, number)).orElseThrow().mergeable(),
                        mergeable -> !mergeable.equals(Optional.of(true)));
        assertThat(trouble(forge.merge(remote, number, pull(number).head(), MergeMethod.MERGE))
                        .kind())
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void a_pushed_branch_is_proposed_once() {
        CommitSha head = pushed("proposed");

        PullRequest pull = given(forge.propose(remote, "proposed", "main", "Revert it", "Why\n"));
        assertThat(pull.head()).isEqualTo(head);
        assertThat(pull.title()).isEqualTo("Revert it");
        assertThat(pull.author()).isEqualTo(ground.self());
        assertThat(open()).contains(pull.number());
        assertThat(trouble(forge.propose(remote, "proposed", "main", "Again", "Why\n"))
                        .kind())
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void what_somebody_may_do_is_read_at_the_moment_of_asking() {
        assertThat(given(forge.permission(remote, "ada"))).isEqualTo(Permission.ADMIN);
        assertThat(given(forge.permission(remote, "bob"))).isEqualTo(Permission.WRITE);
        assertThat(given(forge.permission(remote, "nobody-of-that-name"))).isEqualTo(Permission.NONE);
        assertThat(given(forge.permission(remote, "eve"))).isEqualTo(Permission.READ);

        ground.role("eve", Permission.WRITE);
        assertThat(given(forge.permission(remote, "eve"))).isEqualTo(Permission.WRITE);
        ground.role("eve", Permission.READ);
    }

    @Test
    void a_team_has_those_who_joined_it_and_nobody_else() {
        ground.joins("ops", "bob");

        assertThat(given(forge.inTeam(remote, "team/ops", "bob"))).isTrue();
        assertThat(given(forge.inTeam(remote, "team/ops", "eve"))).isFalse();
        assertThat(given(forge.inTeam(remote, "team/none-such", "bob"))).isFalse();
        assertThat(given(forge.inTeam(remote, "ops", "bob"))).isFalse();
    }

    @Test
    void everybody_who_had_a_hand_in_a_pull_request_is_known() {
        checkout.run("checkout", "-q", "-B", "handed", "main");
        checkout.with(Map.of("GIT_AUTHOR_EMAIL", "zoe@elsewhere.example"))
                .write("handed.tf", "# zoe\n")
                .commit("Zoe's");
        push("bob", "handed");
        long number = ground.opens("eve", "handed", "Handed", false);

        // A push may be told a moment later than the pull request.
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(given(forge.hands(remote, pull(number))))
                        .containsExactlyInAnyOrder("eve", "ada", "bob", "zoe@elsewhere.example"));
    }

    @Test
    void of_each_persons_reviews_the_newest_counts_for_the_commit_that_it_was_given_at() {
        long number = opened("reviewed");
        CommitSha first = pull(number).head();
        ground.reviews("bob", number, false);
        ground.reviews("eve", number, true);
        CommitSha second = checkout.write("reviewed.tf", "# again\n").commit("Again");
        push("ada", "reviewed");
        Awaitility.await("it follows")
                .atMost(PATIENCE)
                .until(() -> pull(number).head().equals(second));
        ground.reviews("bob", number, true);

        List<Review> reviews = given(forge.reviews(remote, pull(number)));
        assertThat(reviews)
                .filteredOn(review -> review.login().equals("bob"))
                .singleElement()
                .satisfies(review -> {
                    assertThat(review.state()).isEqualTo(Review.State.APPROVED);
                    assertThat(review.commit()).isEqualTo(kept(second));
                });
        assertThat(reviews)
                .filteredOn(review -> review.login().equals("eve"))
                .singleElement()
                .satisfies(review -> assertThat(review.commit()).isEqualTo(kept(first)));
    }

    private Optional<CommitSha> kept(CommitSha reviewed) {
        return Optional.of(reviewed).filter(commit -> ground.keepsWhatWasReviewed());
    }

    @Test
    void git_is_let_in_by_what_the_forge_gives_out() {
        GitLogin login = given(forge.login(remote)).orElseThrow();
        String address = remote.address().replaceFirst("://", "://" + login.username() + ":" + login.password() + "@");

        assertThat(checkout.run("ls-remote", address, "refs/heads/main")).contains("refs/heads/main");
    }

    @Test
    void whatever_goes_wrong_says_whose_it_is_to_mend() {
        Trouble stranger = trouble(Spoken.forge(ground.strangersEntry()).open(remote));
        assertThat(stranger.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(stranger.sentence()).contains("of the forge work in server.yaml");

        Remote gone = Spoken.remote(ground.entry(), "team/none-such");
        assertThat(trouble(forge.open(gone)).kind()).isEqualTo(Kind.GONE);

        String nowhere = ground.entry().replaceFirst("url: \"[^\"]*\"", "url: \"http://127.0.0.1:9\"");
        Trouble unreachable = trouble(Spoken.forge(nowhere).open(Spoken.remote(nowhere, ForgeGround.REPOSITORY)));
        assertThat(unreachable.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(unreachable.sentence()).contains("nothing answers there");
    }
}
