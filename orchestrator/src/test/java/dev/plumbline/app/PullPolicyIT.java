package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pull requests whose plans a policy of main refuses, on a real Gitea. */
class PullPolicyIT extends OnGitea {
    private static final String KEEP = "refuse: [{actions: [update], because: Not on a Friday.}]\n";
    private static final String REFUSAL = "policy keep refuses stacks/network: it would update terraform_data.it";

    @Test
    void an_approval_of_the_pull_request_is_not_enough_but_one_after_the_merge_is(@TempDir Path folder) {
        GiteaSite site = site(folder, "kept", "approvals: 1\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "refused by policy");
            site.awaitsStatus(site.repo().head(), "plumbline/plan", "failure");
            site.awaitsStatus(site.repo().head(), "plumbline/plan: stacks/network", "failure");
            long before = site.says(grace, pull, "plumbline approve");
            site.awaitsReaction(before, "+1");

            site.merged(pull);

            site.awaitsComment(pull, "Plumbline: waiting for approval");
            assertThat(text(site.comment(pull)))
                    .contains(REFUSAL)
                    .contains("#### Policies\n\n- **Refused:** <code>stacks/network</code> by <code>keep</code>");
            site.awaitsStatus(site.main(), "plumbline/apply", "pending", "stacks/network waits for approval");
            assertThat(plumbline.state("stacks/network")).isEqualTo("awaiting-approval");
            long own = site.says(ada, pull, "plumbline approve");
            site.awaitsReaction(own, "-1");
            assertThat(plumbline.state("stacks/network")).isEqualTo("awaiting-approval");

            long after = site.says(grace, pull, "plumbline approve");

            site.awaitsReaction(after, "+1");
            site.awaitsComment(pull, "Plumbline: applied");
            assertThat(plumbline.history())
                    .anyMatch(line -> line.contains("grace") && line.contains(", though " + REFUSAL));
        }
    }

    @Test
    void apply_before_the_merge_is_refused_with_the_same_reason(@TempDir Path folder) {
        GiteaSite site = site(folder, "early", "apply: before_merge\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long pull = site.opened("wider", "10.1");
            site.awaitsComment(pull, "refused by policy");

            long asked = site.says(ada, pull, "plumbline apply");

            site.awaitsReaction(asked, "-1");
            assertThat(text(site.awaitsAnswer(pull, "it can't be applied"))).contains(REFUSAL);
            assertThat(gitea.get(site.at("pulls/" + pull)).path("merged").asBoolean())
                    .isFalse();
            assertThat(plumbline.runs("apply")).hasSize(1);
        }
    }

    @Test
    void a_policy_that_was_merged_and_cannot_be_read_is_told_where_it_came_in_and_not_blamed_on_others(
            @TempDir Path folder) {
        GiteaSite site = site(folder, "unread", "approvals: 0\n");
        try (ServerFixture plumbline = site.plumbline("1s")) {
            site.applied(plumbline);
            long typo = opened(site, "typo", "refuse: [{action: update}]\n");
            site.awaitsComment(typo, "its configuration has errors");

            site.merged(typo);

            site.awaitsComment(
                    typo, "; main's policies can't be read now, and nothing is planned until that is mended");
            assertThat(plumbline.does("status").out())
                    .contains("is planned until main's policies can be read: policies/keep.yaml:1:11");
            site.repo().checkout("main");
            long innocent = site.opened("wider", "10.1");
            site.awaitsComment(innocent, "the configuration on the base branch has errors");
            assertThat(text(site.comment(innocent)))
                    .contains(
                            "Not of this change: the base branch has these errors",
                            "not planned",
                            "by another pull request")
                    .doesNotContain("queued", "push again");
            site.awaitsStatus(site.repo().head(), "plumbline/plan", "failure", "main has an error");

            site.repo().checkout("main").run("pull", "-q", site.remote(), "main");
            site.merged(opened(site, "mend", "refuse: [{actions: [forget]}]\n"));

            site.awaitsComment(innocent, "1 stack planned");
        }
    }

    private static long opened(GiteaSite site, String branch, String policy) {
        site.repo()
                .branch(branch)
                .write("policies/keep.yaml", policy)
                .commit("Another policy")
                .push(branch);
        return site.opened(branch, "Another policy", "");
    }

    private GiteaSite site(Path folder, String name, String rules) {
        GiteaSite site = site(folder, name);
        site.repo().write("plumbline.yaml", rules).write("policies/keep.yaml", KEEP);
        return site;
    }

    /** Without what keeps a forge from making something of it. */
    private static String text(String markdown) {
        return markdown.replace("<!-- -->", "")
                .replace("&#47;", "/")
                .replace("&#46;", ".")
                .replace("&#58;", ":")
                .replace("&#95;", "_");
    }
}
