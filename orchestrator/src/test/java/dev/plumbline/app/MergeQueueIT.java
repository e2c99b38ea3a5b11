package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.ForgeGround;
import dev.plumbline.forge.GitHubGround;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GitHub's merge queue: each entry's own commit is planned, and is what main becomes. */
class MergeQueueIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--no-ff", "--squash"})
    void an_entry_whose_plan_is_what_was_reviewed_succeeds_and_is_applied_as_it_was_approved(String way) {
        try (ForgeGround ground = GitHubGround.withToken(folder.resolve("forge"));
                StorySite site = new StorySite(ground, folder, "1s")) {
            site.repo().write("plumbline.yaml", "approvals: 1\n");
            site.applied();
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            long approved = ground.says("bob", pull, "plumbline approve");
            site.awaitsReaction(approved, "+1");

            String before = site.main();
            String entry = queued(site, pull, "wider", before, way);
            site.awaitsStatus(entry, "plumbline/plan", "success");
            long plans = site.plumbline().calls("plan");
            site.repo().run("push", "-q", remote(ground), entry + ":refs/heads/main");
            site.repo()
                    .run("push", "-q", remote(ground), ":refs/heads/gh-readonly-queue/main/pr-" + pull + "-" + before);

            site.awaitsComment(pull, "Plumbline: applied");
            site.awaitsStatus(entry, "plumbline/apply", "success");
            assertThat(site.plumbline().calls("plan")).isEqualTo(plans);
        }
    }

    @Test
    void an_entry_that_touches_more_than_its_pull_request_shows_fails() {
        try (ForgeGround ground = GitHubGround.withToken(folder.resolve("forge"));
                StorySite site = new StorySite(ground, folder, "1s")) {
            site.repo().stack("stacks/other", "one");
            site.applied().plumbline().does("approve", "--all");
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "1 stack planned");
            site.repo().run("checkout", "-q", "-B", "more", "wider");
            site.repo().stack("stacks/other", "two").commit("More than anybody read");

            String entry = queued(site, pull, "more", site.main(), "--squash");

            site.awaitsStatus(entry, "plumbline/plan", "failure");
            assertThat(site.plumbline().cli("changes").all()).contains("gh-readonly-queue");
        }
    }

    @Test
    void stacks_that_only_a_label_had_planned_do_not_hold_an_entry_up() {
        try (ForgeGround ground = GitHubGround.withToken(folder.resolve("forge"));
                StorySite site = new StorySite(ground, folder, "1s")) {
            site.repo().stack("stacks/other", "one");
            site.applied().plumbline().does("approve", "--all");
            site.plumbline().awaits("stacks/other", "applied");
            long pull = site.opened("wider", "10.1");
            ground.labels(pull, "plumbline:plan-all");
            site.awaitsComment(pull, "stacks/other");

            String entry = queued(site, pull, "wider", site.main(), "--squash");

            site.awaitsStatus(entry, "plumbline/plan", "success");
        }
    }

    @Test
    void an_entry_on_a_stack_that_an_earlier_one_touches_fails_and_others_do_not() {
        try (ForgeGround ground = GitHubGround.withToken(folder.resolve("forge"));
                StorySite site = new StorySite(ground, folder, "1s")) {
            site.repo().stack("stacks/other", "one");
            site.applied().plumbline().does("approve", "--all");
            long first = site.opened("wider", "10.1");
            site.awaitsComment(first, "1 stack planned");
            site.repo()
                    .checkout("main")
                    .branch("other")
                    .stack("stacks/other", "two")
                    .commit("Other")
                    .push("other");
            long other = ground.opens("ada", "other", "Other", false);
            site.awaitsComment(other, "1 stack planned");
            site.repo()
                    .checkout("main")
                    .branch("output")
                    .write("stacks/network/outputs.tf", "output \"more\" { value = 1 }\n")
                    .commit("One more output")
                    .push("output");
            long second = ground.opens("ada", "output", "One more output", false);
            site.awaitsComment(second, "1 stack planned");

            String one = queued(site, first, "wider", site.main());
            String two = queued(site, other, "other", one);
            String three = queued(site, second, "output", two);

            site.awaitsStatus(one, "plumbline/plan", "success");
            site.awaitsStatus(two, "plumbline/plan", "success");
            site.awaitsStatus(three, "plumbline/plan", "failure");
            assertThat(site.plumbline().cli("changes").all()).contains("gh-readonly-queue");
        }
    }

    @Test
    void an_entry_that_a_policy_of_main_refuses_fails_though_it_brings_another_policy_itself() {
        try (ForgeGround ground = GitHubGround.withToken(folder.resolve("forge"));
                StorySite site = new StorySite(ground, folder, "1s")) {
            site.repo().write("policies/still.yaml", "refuse: [{actions: [update], resources: [terraform_data.*]}]\n");
            site.applied();
            site.repo().branch("wider").write("policies/still.yaml", "warn: [{actions: [forget]}]\n");
            site.repo().stack("stacks/network", "10.1").commit("Wider").push("wider");
            long pull = ground.opens("ada", "wider", "Wider", false);
            site.awaitsComment(pull, "refused by policy");

            String entry = queued(site, pull, "wider", site.main());

            site.awaitsStatus(entry, "plumbline/plan", "failure");
            assertThat(site.plumbline().cli("changes").all()).contains("policy still refuses stacks/network");
        }
    }

    /** Makes the branch that GitHub makes: the pull request merged onto what comes before it. */
    private static String queued(StorySite site, long pull, String branch, String parent) {
        return queued(site, pull, branch, parent, "--no-ff");
    }

    private static String queued(StorySite site, long pull, String branch, String parent, String way) {
        String name = "gh-readonly-queue/main/pr-" + pull + "-" + parent;
        site.repo()
                .run("checkout", "-q", "-B", name, parent)
                .run("merge", "-q", way, "--no-commit", branch)
                .commit("Merge pull request #" + pull)
                .push(name);
        return site.repo().head();
    }

    private static String remote(ForgeGround ground) {
        return ground.remote("ada", ForgeGround.REPOSITORY);
    }
}
