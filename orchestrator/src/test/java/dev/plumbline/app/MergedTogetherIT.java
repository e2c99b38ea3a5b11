package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.ForgeGround;
import dev.plumbline.forge.GitHubGround;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What one look at a forge finds merged: more than one pull request, not the commits that were planned, or a main that is broken. */
class MergedTogetherIT {
    @TempDir
    private Path folder;

    private GitHubGround ground;
    private LyingProxy proxy;
    private StorySite site;

    @BeforeEach
    void begin() {
        ground = GitHubGround.withToken(folder.resolve("github"));
        proxy = new LyingProxy(ground.github().url());
        site = new StorySite(
                        ground,
                        folder,
                        "1h",
                        entry -> entry.replace(ground.github().url().toString(), proxy.url()))
                .applied();
    }

    @AfterEach
    void end() {
        site.close();
        proxy.close();
        ground.close();
    }

    private void push(String message) {
        site.repo().commit(message).push("main");
    }

    private JsonNode lastApply() {
        return site.plumbline().json("history", "network").path("applies").path(0);
    }

    /** What the forge has of main, in the checkout. */
    private Repo onMain() {
        site.repo().checkout("main");
        return site.repo().run("pull", "-q", "--ff-only", ground.remote("ada", "team/infra"), "main");
    }

    /** A pull request, once its comment has the plan. */
    private long planned(long pull) {
        site.plumbline().looksAgain();
        site.awaitsComment(pull, "1 stack planned");
        return pull;
    }

    /** A pull request of ada's that adds something to the same stack. */
    private long opensMore() {
        site.repo().checkout("main").branch("noted").write("stacks/network/more.tf", "output \"more\" { value = 1 }\n");
        site.repo().commit("More of it").push("noted");
        return ground.opens("ada", "noted", "More of it", false);
    }

    /** What a look found merged waits for somebody. */
    private void waits(long pull) {
        site.plumbline().looksAgain();
        site.awaitsComment(pull, "Plumbline: waiting for approval");
    }

    /** Bob reads the comment and approves, and then it is applied. */
    private void approved(long pull) {
        site.read();
        ground.says("bob", pull, "plumbline approve");
        site.plumbline().looksAgain();
        site.awaitsComment(pull, "Plumbline: applied");
    }

    /** Its author, who can approve nothing. */
    private void asksToApply(long pull) {
        site.read();
        ground.says("ada", pull, "plumbline apply");
        site.plumbline().looksAgain();
    }

    @Test
    void a_squash_is_known_though_something_else_came_to_the_same_stack_in_the_same_look() {
        long pull = planned(site.opened("wider", "10.1"));
        ground.squashes("bob", pull);
        onMain().write("stacks/network/more.tf", "output \"more\" { value = 1 }\n");
        push("More of it");

        waits(pull);
        assertThat(site.comment(pull))
                .contains("Merged as ", "No approvals are asked for here, so whoever may apply can say");
        ground.says("ada", pull, "plumbline retry");
        site.plumbline().looksAgain();
        site.awaitsAnswer(pull, "nothing of it failed, but stacks&#47;network awaits approval");
        asksToApply(pull);
        site.awaitsComment(pull, "Plumbline: applied");
        assertThat(lastApply().path("pull").path("number").asLong()).isEqualTo(pull);
    }

    @Test
    void a_squash_that_touches_no_stack_is_merged_and_not_closed() {
        site.repo().checkout("main").branch("words").write("README.md", "words\n");
        site.repo().commit("Words").push("words");
        long pull = ground.opens("ada", "words", "Words", false);
        site.plumbline().looksAgain();
        site.awaitsComment(pull, "no stack");
        ground.squashes("bob", pull);
        site.repo().run("push", "-q", ground.remote("ada", "team/infra"), ":words");

        site.plumbline().looksAgain();

        site.awaitsComment(pull, "Plumbline: merged, nothing to apply");
        assertThat(site.comment(pull)).contains("Merged as " + site.main().substring(0, 7));
    }

    @Test
    void of_two_that_touch_one_stack_and_were_merged_together_both_tell_what_became_of_it() {
        long first = planned(site.opened("wider", "10.1"));
        long second = planned(opensMore());
        ground.merges("bob", first);
        ground.merges("bob", second);

        site.plumbline().looksAgain();

        site.awaitsComment(first, "Plumbline: waiting for approval");
        site.awaitsComment(second, "Plumbline: waiting for approval");
        site.read();
        ground.says("bob", second, "plumbline approve");
        site.plumbline().looksAgain();
        site.awaitsComment(first, "Plumbline: applied");
        site.awaitsComment(second, "Plumbline: applied");
    }

    @Test
    void what_was_merged_while_main_is_broken_says_so_and_goes_on_once_main_is_mended() {
        long pull = planned(site.opened("wider", "10.1"));
        onMain().write("plumbline.yaml", "aprovals: 1\n");
        push("A typo");
        site.plumbline().looksAgain();
        ground.merges("bob", pull);

        site.plumbline().looksAgain();

        site.awaitsComment(pull, "Plumbline: merged, and nothing is applied yet");
        assertThat(site.comment(pull)).contains("plumbline.yaml", "aprovals");
        onMain().write("plumbline.yaml", "approvals: 0\n");
        push("Mended");
        waits(pull);
        approved(pull);
        assertThat(lastApply().path("toTakeBack").asString()).isEqualTo("plumbline revert team/infra#" + pull);
    }

    @Test
    void a_forge_that_says_only_later_what_it_merged_is_believed_then() {
        long pull = planned(site.opened("wider", "10.1"));
        onMain().run("merge", "-q", "--squash", "wider").commit("Network 10.1");
        String squash = site.repo().head();
        site.repo().write("stacks/network/more.tf", "output \"more\" { value = 1 }\n");
        push("More of it");
        site.plumbline().looksAgain().awaits("stacks/network", "awaiting-approval");

        ground.github().saysMerged(ForgeGround.REPOSITORY, pull, squash, "bob");
        waits(pull);
        assertThat(site.comment(pull)).contains("Merged as " + site.main().substring(0, 7));
        approved(pull);
        assertThat(lastApply().path("pull").path("number").asLong()).isEqualTo(pull);
    }

    @Test
    void what_was_opened_and_merged_while_nobody_looked_is_known_though_the_forge_says_only_later_that_it_merged_it() {
        long pull = site.opened("wider", "10.1");
        onMain().run("merge", "-q", "--no-ff", "-m", "Merge wider", "wider").push("main");
        site.plumbline().looksAgain().awaits("stacks/network", "awaiting-approval");

        ground.github().saysMerged(ForgeGround.REPOSITORY, pull, site.main(), "bob");
        waits(pull);
        approved(pull);
    }

    @Test
    void commits_that_were_pushed_just_before_the_merge_are_on_its_comment() {
        long pull = planned(site.opened("wider", "10.1"));
        site.repo().stack("stacks/dns", "1").commit("A second stack").push("wider");
        String head = site.repo().head();
        ground.merges("bob", pull);

        waits(pull);
        site.awaitsComment(pull, "stacks/dns");
        assertThat(site.comment(pull)).contains("stacks/network", head.substring(0, 7));
        approved(pull);
    }

    @Test
    void a_conflict_that_was_resolved_just_before_the_merge_hides_no_stack() {
        long pull = site.opened("wider", "10.1");
        onMain().stack("stacks/network", "10.2");
        push("Another value");
        site.plumbline().looksAgain().awaits("stacks/network", "awaiting-approval");
        site.awaitsComment(pull, "conflict");
        site.repo()
                .checkout("wider")
                .run("merge", "-q", "-s", "ours", "-m", "Keep ours", "main")
                .push("wider");
        ground.merges("bob", pull);

        waits(pull);
        assertThat(site.comment(pull)).contains("stacks/network");
    }

    @Test
    void of_two_that_were_merged_into_a_broken_main_both_tell_what_became_of_their_stack() {
        long first = planned(site.opened("wider", "10.1"));
        long second = planned(opensMore());
        onMain().write("plumbline.yaml", "aprovals: 1\n");
        push("A typo");
        site.plumbline().looksAgain();
        ground.merges("bob", first);
        site.plumbline().looksAgain();
        ground.merges("bob", second);
        site.plumbline().looksAgain();
        site.awaitsComment(second, "Plumbline: merged, and nothing is applied yet");

        onMain().write("plumbline.yaml", "approvals: 0\n");
        push("Mended");
        site.plumbline().looksAgain();

        site.awaitsComment(first, "Plumbline: waiting for approval");
        site.awaitsComment(second, "Plumbline: waiting for approval");
        approved(second);
        site.awaitsComment(first, "Plumbline: applied");
    }

    @Test
    void a_branch_that_is_used_again_at_once_hides_neither_pull_request() {
        long first = planned(site.opened("wider", "10.1"));
        ground.squashes("bob", first);
        onMain().run("branch", "-q", "-D", "wider");
        site.repo().branch("wider").stack("stacks/network", "10.2").commit("Wider still");
        site.repo().run("push", "-q", "-f", ground.remote("ada", "team/infra"), "wider");
        long second = ground.opens("ada", "wider", "Wider still", false);

        site.plumbline().looksAgain();

        site.awaitsComment(first, "Plumbline: applied");
        site.awaitsComment(second, "1 stack planned");
    }

    @Test
    void what_destroys_a_stack_is_let_go_by_an_approval_only() {
        site.repo().checkout("main").branch("away").run("rm", "-q", "-r", "stacks/network");
        site.repo().commit("Away").push("away");
        long pull = planned(ground.opens("ada", "away", "Away", false));
        ground.merges("bob", pull);
        waits(pull);

        asksToApply(pull);

        site.awaitsAnswer(pull, "its folder is gone");
        assertThat(site.comment(pull)).contains("waiting for approval").doesNotContain("No approvals are asked for");
    }

    @Test
    void what_a_rewritten_main_asks_for_is_let_go_by_an_approval_only() {
        long pull = site.opened("wider", "10.1");
        onMain().write("notes.md", "words\n");
        push("Words");
        site.plumbline().looksAgain();
        site.awaitsComment(pull, "1 stack planned");
        site.repo().run("reset", "-q", "--hard", "HEAD~1").run("merge", "-q", "--no-ff", "-m", "Merge wider", "wider");
        site.repo().run("push", "-q", "-f", ground.remote("ada", ForgeGround.REPOSITORY), "main");
        ground.github().saysMerged(ForgeGround.REPOSITORY, pull, site.main(), "bob");
        waits(pull);

        asksToApply(pull);

        site.awaitsAnswer(pull, "stacks&#47;network awaits approval");
        assertThat(site.comment(pull)).contains("waiting for approval").doesNotContain("No approvals are asked for");
    }

    @Test
    void what_is_merged_while_it_is_looked_at_is_told_once() {
        long pull = site.opened("wider", "10.1");
        proxy.before(".*/info/refs", () -> ground.squashes("bob", pull));

        waits(pull);
        approved(pull);
        assertThat(site.plumbline().json("changes", "--all")).hasSize(1);
    }

    @Test
    void what_was_approved_and_is_known_only_later_to_be_merged_is_nobodys_bypass() {
        onMain().write("plumbline.yaml", "approvals: 1\n");
        push("Rules");
        site.plumbline().looksAgain();
        long pull = planned(site.opened("wider", "10.1"));
        site.read();
        long asked = ground.says("bob", pull, "plumbline approve");
        site.plumbline().looksAgain();
        site.awaitsReaction(asked, "+1");
        onMain().run("merge", "-q", "--squash", "wider").commit("Network 10.1");
        String squash = site.repo().head();
        site.repo().write("stacks/network/more.tf", "output \"more\" { value = 1 }\n");
        push("More of it");
        site.plumbline().looksAgain().awaits("stacks/network", "awaiting-approval");

        ground.github().saysMerged(ForgeGround.REPOSITORY, pull, squash, "bob");
        waits(pull);

        site.awaitsComment(pull, "this plan was made after the merge, and main asks for approvals");
        assertThat(site.comment(pull)).doesNotContain("without all approvals");
        approved(pull);
    }
}
