package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.GitClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that lives in a folder elsewhere on the machine: seen by polling, planned and applied like a pushed one. */
class PathRemoteIT {
    @TempDir
    private Path folder;

    private static String settings(Path git) {
        return "forges: [{ name: work, kind: git, url: " + git + ", poll: 1s }]\n"
                + "repositories: [{ forge: work, name: infra }]\n";
    }

    @Test
    void a_branch_pushed_elsewhere_is_planned_and_its_merge_is_applied_as_reviewed() {
        RemoteSite site = RemoteSite.made(folder.resolve("git/infra.git"), "master");
        Repo repo = site.checkout("ada").run("checkout", "-q", "-b", "master").stack("stacks/network", "10.0");
        repo.commit("First").push("master");
        try (ServerFixture plumbline = ServerFixture.started(folder, settings(folder.resolve("git")))) {
            plumbline.awaits("stacks/network", "awaiting-approval").cli("approve", "network");
            plumbline.awaits("stacks/network", "applied");

            repo.branch("feature")
                    .stack("stacks/network", "10.1")
                    .commit("Move the network")
                    .push("feature");
            plumbline.awaitsChange(1, "planned");
            plumbline.looksAgain();
            assertThat(plumbline.cli("change", "1").out()).contains("\"10.0\" -> \"10.1\"");

            repo.checkout("master")
                    .run("merge", "-q", "--no-ff", "--no-edit", "feature")
                    .push("master");
            plumbline.awaitsChange(1, "merged").awaits("stacks/network", "applied");
            plumbline.awaitsText("it is as commit " + repo.head().substring(0, 8) + " wants it", "why", "network");
            assertThat(plumbline.calls("apply")).isEqualTo(2);
        }
    }

    @Test
    void a_floor_asks_for_an_approval_of_what_was_reviewed_whatever_main_says() {
        RemoteSite site = site();
        String floor = "floors: [{ repository: infra, approvals: 1 }]\n";
        try (ServerFixture plumbline = ServerFixture.started(folder, settings(folder.resolve("git")) + floor)) {
            Repo repo = applied(plumbline, site)
                    .branch("feature")
                    .write("plumbline.yaml", "approvals: 0\n")
                    .stack("stacks/network", "10.1");
            repo.commit("Move the network").push("feature");
            plumbline.looksAgain().awaitsChange(1, "planned").looksAgain();
            repo.checkout("main").run("merge", "-q", "--ff-only", "feature").push("main");

            plumbline.looksAgain().awaits("stacks/network", "awaiting-approval");
            assertThat(plumbline.cli("why", "network").out()).contains("0 of 1 approvals");
            plumbline.cli("approve", "network");
            plumbline.awaits("stacks/network", "applied");
        }
    }

    private ServerFixture begun() {
        return ServerFixture.started(folder, settings(folder.resolve("git")));
    }

    /** A repository elsewhere with one stack that is applied. */
    private Repo applied(ServerFixture plumbline, RemoteSite site) {
        Repo repo = site.checkout("ada").run("checkout", "-q", "-b", "main").stack("stacks/network", "10.0");
        repo.commit("First").push("main");
        plumbline.looksAgain().awaits("stacks/network", "awaiting-approval").cli("approve", "network");
        plumbline.awaits("stacks/network", "applied");
        return repo;
    }

    private RemoteSite site() {
        return RemoteSite.made(folder.resolve("git/infra.git"), "main");
    }

    @Test
    void a_rewritten_history_of_main_awaits_approval_and_names_what_it_lost() {
        RemoteSite site = site();
        try (ServerFixture plumbline = begun()) {
            Repo repo = applied(plumbline, site).branch("feature").stack("stacks/network", "10.1");
            repo.commit("Move the network").push("feature");
            plumbline.looksAgain().awaitsChange(1, "planned").looksAgain();
            repo.checkout("main").run("merge", "-q", "--ff-only", "feature").push("main");
            plumbline.looksAgain().awaitsText("it is as commit " + repo.head().substring(0, 8), "why", "network");
            assertThat(plumbline.calls("apply")).isEqualTo(2);

            repo.run("reset", "-q", "--hard", "HEAD~1").push("--force", "main");

            plumbline.looksAgain().awaits("stacks/network", "awaiting-approval");
            assertThat(plumbline.cli("why", "network").out())
                    .contains("main's history was rewritten and lost ")
                    .contains("Move the network");
            assertThat(plumbline.calls("apply")).isEqualTo(2);
            plumbline.cli("approve", "network");
            plumbline.awaitsText("it is as commit " + repo.head().substring(0, 8), "why", "network");
        }
    }

    /** A main that applies what is pushed to it at once, and did so once. */
    private Repo trusting(ServerFixture plumbline, RemoteSite site) {
        Repo repo = applied(plumbline, site).write("plumbline.yaml", "direct_push: apply\n");
        repo.commit("Trust").push("main");
        plumbline.looksAgain();
        repo.stack("stacks/network", "10.1").commit("Move the network").push("main");
        plumbline.looksAgain().awaitsText("it is as commit " + repo.head().substring(0, 8), "why", "network");
        assertThat(plumbline.calls("apply")).isEqualTo(2);
        return repo;
    }

    private static void assertAwaitsApprovalOfWhatWasLost(ServerFixture plumbline, Repo repo) {
        plumbline.looksAgain().awaitsText(repo.head().substring(0, 8), "why", "network");
        plumbline.awaits("stacks/network", "awaiting-approval");
        assertThat(plumbline.cli("why", "network").out())
                .contains("main's history was rewritten and lost ")
                .contains("Move the network");
        assertThat(plumbline.calls("apply")).isEqualTo(2);
    }

    @Test
    void the_approval_that_a_rewritten_main_waits_for_is_not_stepped_over_by_the_next_commit() {
        RemoteSite site = site();
        try (ServerFixture plumbline = begun()) {
            Repo repo = trusting(plumbline, site).run("reset", "-q", "--hard", "HEAD~1");
            repo.push("--force", "main");
            assertAwaitsApprovalOfWhatWasLost(plumbline, repo);

            repo.stack("stacks/network", "10.3").commit("Go on").push("main");

            assertAwaitsApprovalOfWhatWasLost(plumbline, repo);
            plumbline.cli("approve", "network");
            plumbline.awaitsText("it is as commit " + repo.head().substring(0, 8), "why", "network");
            repo.stack("stacks/network", "10.4").commit("Go on again").push("main");
            plumbline.looksAgain().awaitsText("it is as commit " + repo.head().substring(0, 8), "why", "network");
            assertThat(plumbline.calls("apply")).isEqualTo(4);
        }
    }

    @Test
    void a_rewritten_main_awaits_approval_also_where_a_later_commit_makes_it_usable() {
        RemoteSite site = site();
        try (ServerFixture plumbline = begun()) {
            Repo repo = trusting(plumbline, site).run("reset", "-q", "--hard", "HEAD~1");
            repo.write("plumbline.yaml", "direct_push: sometimes\n")
                    .commit("Break")
                    .push("--force", "main");
            plumbline.looksAgain();

            repo.write("plumbline.yaml", "direct_push: apply\n").commit("Mend").push("main");

            assertAwaitsApprovalOfWhatWasLost(plumbline, repo);
        }
    }

    @Test
    void a_branch_that_is_merged_and_deleted_between_two_looks_counts_as_merged() {
        RemoteSite site = site();
        try (ServerFixture plumbline = begun()) {
            Repo repo = applied(plumbline, site).branch("feature").stack("stacks/network", "10.1");
            repo.commit("Move the network").push("feature");
            plumbline.looksAgain().awaitsChange(1, "planned").looksAgain();
            repo.checkout("main").run("merge", "-q", "--squash", "feature").commit("Squashed");

            assertThat(repo.push("--atomic", "main", ":feature").exit()).isZero();

            plumbline.looksAgain().awaitsChange(1, "merged");
            plumbline.awaitsText("it is as commit " + repo.head().substring(0, 8), "why", "network");
        }
    }

    @Test
    void what_was_merged_before_its_plan_was_told_awaits_approval() {
        RemoteSite site = site();
        try (ServerFixture plumbline = begun()) {
            Repo repo = applied(plumbline, site).branch("feature").stack("stacks/network", "10.1");
            plumbline.hold("plan", "stacks/network");
            repo.commit("Move the network").push("feature");
            plumbline.looksAgain().awaitsChange(1, "planning");
            repo.checkout("main")
                    .run("merge", "-q", "--no-ff", "--no-edit", "feature")
                    .push("main");
            plumbline.release("plan");

            plumbline.looksAgain().awaits("stacks/network", "awaiting-approval");
            assertThat(plumbline.calls("apply")).isEqualTo(1);
        }
    }

    @Test
    void a_forced_push_while_planning_supersedes_and_a_deleted_branch_closes_its_change() {
        RemoteSite site = site();
        try (ServerFixture plumbline = begun()) {
            Repo repo = applied(plumbline, site).branch("feature").stack("stacks/network", "10.1");
            plumbline.hold("plan", "stacks/network");
            repo.commit("Older").push("feature");
            plumbline.looksAgain().awaitsChange(1, "planning").awaitsCalls("plan", 2);
            repo.stack("stacks/network", "10.2").run("commit", "-q", "-a", "--amend", "-m", "Newer");
            repo.push("--force", "feature");
            plumbline.looksAgain().awaitsText("superseded", "runs").release("plan");

            plumbline.awaitsChange(1, "planned");
            assertThat(plumbline.cli("change", "1").out()).contains("10.2").doesNotContain("\"10.1\"");
            assertThat(plumbline.json("runs").findValuesAsString("state")).contains("superseded");
            repo.push(":feature");
            plumbline.looksAgain().awaitsChange(1, "closed");
        }
    }

    @Test
    void a_branch_that_became_the_folder_of_another_is_followed_and_so_is_the_reverse() {
        RemoteSite site = site();
        try (ServerFixture plumbline = begun()) {
            Repo repo = applied(plumbline, site).branch("work").stack("stacks/network", "10.1");
            repo.commit("Move the network").push("work:foo");
            plumbline.looksAgain().awaitsChange(1, "planned").looksAgain();

            repo.push(":foo");
            repo.push("work:foo/bar");
            plumbline
                    .looksAgain()
                    .awaitsChange(1, "closed")
                    .awaitsChange(2, "planned")
                    .looksAgain();

            repo.push(":foo/bar");
            repo.push("work:foo");
            plumbline.looksAgain().awaitsChange(2, "closed").awaitsChange(3, "planned");
        }
    }

    @Test
    void nobody_pushes_here_to_what_lives_elsewhere() {
        RemoteSite site = site();
        try (ServerFixture plumbline = begun()) {
            Repo repo = applied(plumbline, site);
            Repo here = new Repo(
                    new GitClient(repo.folder()), () -> plumbline.server().remote("infra"));

            Repo.Pushed push =
                    here.stack("stacks/network", "10.7").commit("Here").push("main");

            assertThat(push.exit()).isEqualTo(1);
            assertThat(push.output()).contains("infra mirrors " + folder.resolve("git/infra") + " (work): push there");
            assertThat(plumbline.looksAgain().state("stacks/network")).isEqualTo("applied");
        }
    }

    @Test
    void plans_and_what_became_of_them_stand_on_the_commits_as_notes_and_notes_of_others_stay() {
        RemoteSite site = site();
        try (ServerFixture plumbline = begun()) {
            Repo repo = applied(plumbline, site);
            String first = repo.head();
            site.awaitsNote(first, "Plumbline-State: applied");
            repo.run("fetch", "-q", "origin", "refs/notes/plumbline:refs/notes/plumbline")
                    .branch("feature")
                    .stack("stacks/network", "10.1")
                    .commit("Move the network")
                    .run("notes", "--ref=plumbline", "add", "-m", "Grace was here", "HEAD")
                    .run("notes", "--ref=plumbline", "append", "-m", "and here", first)
                    .push("refs/notes/plumbline", "feature");

            plumbline.looksAgain();
            site.awaitsNote(repo.head(), "Plumbline-State: planned");
            assertThat(site.note(repo.head()))
                    .startsWith("Grace was here")
                    .contains("# Plumbline: #1 is planned")
                    .contains("\"10.0\" -> \"10.1\"")
                    .containsPattern("Plumbline-Stack: stacks/network planned r\\d+ \\+0 ~1 -0 digest=[0-9a-f]{64}")
                    .contains("Plumbline-Change: #1");
            assertThat(site.note(first)).contains("and here");

            repo.checkout("main").run("merge", "-q", "--ff-only", "feature").push("main");
            plumbline.looksAgain();
            site.awaitsNote(repo.head(), "stacks/network  applied: by r");
            assertThat(site.note(repo.head())).contains("Grace was here").contains("# Plumbline: #1 is planned");
            assertThat(plumbline.calls("apply")).isEqualTo(2);
        }
    }

    @Test
    void a_remote_that_takes_no_notes_is_told_once_and_everything_else_goes_on() {
        RemoteSite site = site();
        Path hook = site.bare().resolve("hooks/pre-receive");
        ServerFixture.write(hook, "#!/bin/sh\ngrep -q refs/notes/ && { echo 'no notes here' >&2; exit 1; }\nexit 0\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        try (ServerFixture plumbline = begun()) {
            Repo repo = applied(plumbline, site).branch("feature").stack("stacks/network", "10.1");
            repo.commit("Move the network").push("feature");

            plumbline.looksAgain().awaitsChange(1, "planned");
            plumbline.awaitsText("plans are not told there as notes: it says", "status");
            assertThat(plumbline.cli("status").out()).contains("pre-receive hook declined");
            repo.checkout("main").run("merge", "-q", "--ff-only", "feature").push("main");
            plumbline.looksAgain().awaitsText("it is as commit " + repo.head().substring(0, 8), "why", "network");
            assertThat(site.git("for-each-ref", "refs/notes")).isEmpty();
        }
    }

    /** A branch and its merge go their way, and status and why say why no note tells of them. */
    private static void assertGoesOnWithoutNotes(ServerFixture plumbline, Repo repo, String why) {
        String change = "plans are not told there as notes: " + why;
        plumbline.looksAgain().awaitsChange(1, "planned").awaitsText(change, "status");
        assertThat(plumbline.cli("why", "network").out()).contains(change);
        assertThat(plumbline.cli("status").out()).doesNotContain("Waiting for you");
        repo.checkout("main").run("merge", "-q", "--ff-only", "feature").push("main");
        plumbline.looksAgain().awaitsText("it is as commit " + repo.head().substring(0, 8), "why", "network");
        assertThat(plumbline.calls("apply")).isEqualTo(2);
    }

    @Test
    void a_note_of_others_that_is_too_long_to_add_to_holds_nothing_up_and_is_tried_again_when_asked() {
        RemoteSite site = site();
        try (ServerFixture plumbline = begun()) {
            Repo repo = applied(plumbline, site).branch("feature").stack("stacks/network", "10.1");
            repo.commit("Move the network").write("long", "x".repeat(5 << 20));
            repo.run("fetch", "-q", "origin", "+refs/notes/plumbline:refs/notes/plumbline")
                    .run("notes", "--ref=plumbline", "add", "-F", "long", "HEAD")
                    .push("refs/notes/plumbline", "feature");

            assertGoesOnWithoutNotes(
                    plumbline, repo, "the note on " + repo.head().substring(0, 8) + " is longer than 4 MiB");
            repo.run("notes", "--ref=plumbline", "remove", "HEAD").push("refs/notes/plumbline");
            plumbline.looksAgain();
            site.awaitsNote(repo.head(), "stacks/network  applied: by r");
            assertThat(plumbline.cli("status").out()).doesNotContain("not told there");
        }
    }

    @Test
    void a_ref_of_notes_that_is_no_commit_holds_nothing_up() {
        RemoteSite site = site();
        try (ServerFixture plumbline = begun()) {
            Repo repo = applied(plumbline, site).branch("feature").stack("stacks/network", "10.1");
            repo.commit("Move the network");
            site.awaitsNote(site.git("rev-parse", "main"), "Plumbline-State: applied");
            repo.push("+HEAD^{tree}:refs/notes/plumbline", "feature");

            assertGoesOnWithoutNotes(plumbline, repo, "refs/notes/plumbline holds what Git's notes don't");
        }
    }
}
