package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies of main over plans, on the built-in forge: each push a real one, each plan Terraform's own. */
class PolicyIT {
    private static final String KEEP = """
            refuse:
              - actions: [destroy]
                resources: [terraform_data.*]
                because: Ask the data team first.
            """;
    private static final String REFUSAL =
            "policy keep refuses stacks/a: it would destroy terraform_data.it (Ask the data team first.)";

    @TempDir
    private Path folder;

    private static Repo applied(ServerFixture plumbline, String policy) {
        Repo repo = plumbline.repo("main").write("policies/keep.yaml", policy);
        repo.stack("stacks/a", "one").commit("First").push("main");
        plumbline.does("approve", "a");
        return repo;
    }

    /** What stood there goes, and something else comes. */
    private static Repo other(Repo repo) {
        return repo.write("stacks/a/main.tf", "resource \"terraform_data\" \"other\" {}\n");
    }

    @Test
    void a_plan_that_a_policy_refuses_is_not_applied_by_its_merge_but_once_somebody_approves_it() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline, KEEP);

            Repo.Pushed branch = other(repo.branch("next")).commit("Other").push("next");

            assertThat(branch.exit()).isZero();
            assertThat(branch.said()).contains("refused", REFUSAL, "change the policy on main first");
            plumbline.awaitsChange(1, "failed");
            assertThat(plumbline.does("change", "1", "--markdown").out()).contains("**Refused:**");
            assertThat(plumbline
                            .json("change", "1")
                            .at("/change/stacks/0/state")
                            .asString())
                    .isEqualTo("refused");

            Repo.Pushed merge = repo.checkout("main").run("merge", "-q", "next").push("main");

            assertThat(merge.said()).contains(REFUSAL, "awaits approval");
            assertThat(plumbline.state("stacks/a")).isEqualTo("awaiting-approval");
            assertThat(plumbline.does("why", "a").out()).contains(REFUSAL);
            assertThat(plumbline.runs("apply")).hasSize(1);

            ServerFixture.Ended all = plumbline.cli("approve", "--all");
            assertThat(all.exit()).isEqualTo(3);
            assertThat(all.err()).contains(REFUSAL, "--all leaves it out; plumbline approve main:stacks/a applies it");
            assertThat(plumbline.state("stacks/a")).isEqualTo("awaiting-approval");
            plumbline.does("approve", "a");

            assertThat(plumbline.state("stacks/a")).isEqualTo("applied");
            assertThat(plumbline.history())
                    .anyMatch(line -> line.contains("approve main:stacks/a") && line.contains(", though " + REFUSAL));
            assertThat(plumbline.json("history", "a").get("applies").get(0).get("approvedBy"))
                    .hasSize(1);
        }
    }

    @Test
    void a_branch_cannot_loosen_a_policy_for_itself() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline, KEEP);

            Repo.Pushed branch = other(repo.branch("next"))
                    .run("rm", "-q", "policies/keep.yaml")
                    .commit("Other, and no policy")
                    .push("next");
            assertThat(branch.said()).contains(REFUSAL);
            Repo.Pushed merge = repo.checkout("main").run("merge", "-q", "next").push("main");

            assertThat(merge.said()).contains(REFUSAL);
            assertThat(plumbline.state("stacks/a")).isEqualTo("awaiting-approval");
            // From the next push on it counts.
            Repo.Pushed later = repo.branch("later")
                    .write("stacks/a/main.tf", "resource \"terraform_data\" \"third\" {}\n")
                    .commit("Third")
                    .push("later");
            assertThat(later.said()).doesNotContain("policy keep");
        }
    }

    @Test
    void a_policy_that_main_gets_later_counts_for_changes_that_are_open() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline, "warn: [{actions: [forget]}]\n");
            other(repo.branch("next")).commit("Other").push("next");
            plumbline.awaitsChange(1, "planned");

            repo.checkout("main")
                    .write("policies/keep.yaml", KEEP)
                    .commit("Keep it")
                    .push("main");

            plumbline.awaitsChange(1, "failed");
            assertThat(plumbline.runs("plan")).as("nothing was planned again").hasSize(2);
            Repo.Pushed merge = repo.run("merge", "-q", "next").push("main");
            assertThat(merge.said()).contains(REFUSAL);
            assertThat(plumbline.state("stacks/a")).isEqualTo("awaiting-approval");
        }
    }

    @Test
    void a_secret_in_an_address_is_not_told() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline, "refuse: [{actions: [create], where: { input: hunter2-secret }}]\n");

            Repo.Pushed branch = repo.branch("next")
                    .write("stacks/a/more.tf", """
                            variable "password" {
                              sensitive = true
                              default   = "hunter2-secret"
                            }
                            resource "terraform_data" "each" {
                              for_each = toset([nonsensitive(var.password)])
                              input    = var.password
                            }
                            """)
                    .commit("A secret")
                    .push("next");

            assertThat(branch.said())
                    .contains(
                            "policy keep refuses stacks/a: it would create terraform_data.each[\"(sensitive value)\"]")
                    .doesNotContain("hunter2-secret");
        }
    }

    @Test
    void a_push_to_main_that_nobody_reviewed_says_both_and_is_not_applied_where_rules_would_have_it() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline, KEEP);
            repo.write("plumbline.yaml", "direct_push: apply\n").commit("Go on").push("main");
            repo.stack("stacks/a", "two").commit("Two").push("main");
            assertThat(plumbline.state("stacks/a")).isEqualTo("applied");

            Repo.Pushed pushed = other(repo).commit("Other").push("main");

            assertThat(pushed.said()).contains(REFUSAL, "awaits approval");
            assertThat(plumbline.state("stacks/a")).isEqualTo("awaiting-approval");
        }
    }

    @Test
    void a_policy_that_only_warns_is_told_and_stops_nothing() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline, KEEP.replace("refuse:", "warn:"));

            Repo.Pushed branch = other(repo.branch("next")).commit("Other").push("next");
            assertThat(branch.said()).contains("policy keep warns of stacks/a: it would destroy terraform_data.it");
            plumbline.awaitsChange(1, "planned");
            repo.checkout("main").run("merge", "-q", "next").push("main");

            assertThat(plumbline.state("stacks/a")).isEqualTo("applied");
        }
    }

    @Test
    void a_policy_of_main_that_cannot_be_read_refuses_what_comes_until_it_is_mended() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline, "refuse:\n  - action: [destroy]\n");

            Repo.Pushed broken =
                    repo.branch("next").stack("stacks/a", "two").commit("Two").push("next");
            assertThat(broken.said()).contains("policies/keep.yaml:2:5: unknown key 'action'");
            plumbline.awaitsChange(1, "failed");
            Repo.Pushed merge = repo.checkout("main").run("merge", "-q", "next").push("main");
            assertThat(merge.said()).contains("policy keep refuses stacks/a: it can't be read: policies/keep.yaml:2:5");
            assertThat(plumbline.state("stacks/a")).isEqualTo("awaiting-approval");

            repo.branch("mend").write("policies/keep.yaml", KEEP).commit("Mend").push("mend");
            plumbline.awaitsChange(2, "no-changes");
            repo.checkout("main").run("merge", "-q", "mend").push("main");
            repo.stack("stacks/a", "three").branch("three").commit("Three").push("three");
            plumbline.awaitsChange(3, "planned");
        }
    }
}
