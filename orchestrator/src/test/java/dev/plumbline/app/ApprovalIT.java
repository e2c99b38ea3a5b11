package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.access.Role;
import dev.plumbline.app.ServerFixture.Ended;
import dev.plumbline.app.ServerFixture.Holder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where main asks for approvals, nobody approves what they pushed themselves; each person is a token, each push a real one. */
class ApprovalIT {
    @TempDir
    private Path folder;

    private static ServerFixture withRule(Path folder) {
        ServerFixture plumbline = ServerFixture.started(folder);
        Repo repo = plumbline.repo("main").write("plumbline.yaml", "approvals: 1\n");
        repo.stack("stacks/a", "one").stack("stacks/b", "one").commit("First").push("main");
        assertThat(plumbline.cli("approve", "--all").exit())
                .as("main had no such rule before its first push")
                .isZero();
        return plumbline;
    }

    private static void refused(Holder who, String stack) {
        Ended tried = who.cli("approve", stack);
        assertThat(tried.exit()).as(tried.all()).isEqualTo(3);
        assertThat(tried.all())
                .contains(who.name() + " pushed part of what stacks/" + stack + " would apply")
                .contains("approvals: 1")
                .contains("somebody else must approve");
    }

    private static void approved(Holder who, String stack) {
        Ended tried = who.cli("approve", stack);
        assertThat(tried.exit()).as(tried.all()).isZero();
    }

    @Test
    void the_pusher_of_a_change_cannot_be_its_only_approver() {
        try (ServerFixture plumbline = withRule(folder)) {
            Holder ada = plumbline.holder("ada", Role.APPROVE);
            Holder grace = plumbline.holder("grace", Role.APPROVE);
            Repo hers =
                    ada.clone("main").branch("next").stack("stacks/a", "two").commit("Two");
            hers.push("next");

            Repo.Pushed merge = hers.checkout("main").run("merge", "-q", "next").push("main");

            assertThat(merge.said()).contains("0 of 1 approvals by others than who pushed it");
            refused(ada, "a");
            assertThat(ada.cli("approve", "--all").exit()).isEqualTo(3);
            assertThat(plumbline.state("stacks/a")).isEqualTo("awaiting-approval");
            approved(grace, "a");
            assertThat(plumbline.state("stacks/a")).isEqualTo("applied");
            assertThat(plumbline.history()).anyMatch(line -> line.startsWith("grace approve main:stacks/a: "));
        }
    }

    @Test
    void all_who_pushed_a_commit_of_it_and_who_pushed_main_are_its_pushers() {
        try (ServerFixture plumbline = withRule(folder)) {
            Holder ada = plumbline.holder("ada", Role.APPROVE);
            Holder bob = plumbline.holder("bob", Role.APPROVE);
            Holder carol = plumbline.holder("carol", Role.APPROVE);
            ada.clone("main")
                    .branch("next")
                    .stack("stacks/a", "two")
                    .commit("Two")
                    .push("next");
            Repo his = bob.clone("main").run("checkout", "-q", "next");
            his.write("stacks/a/more.tf", "resource \"terraform_data\" \"more\" {}\n")
                    .commit("More")
                    .push("next");
            Repo hers = carol.clone("main").run("merge", "-q", "origin/next");
            hers.push("main");

            refused(ada, "a");
            refused(bob, "a");
            refused(carol, "a");
            approved(plumbline.holder("grace", Role.APPROVE), "a");
        }
    }

    @Test
    void whoever_pushed_what_is_merged_squashed_is_still_its_pusher() {
        try (ServerFixture plumbline = withRule(folder)) {
            Holder ada = plumbline.holder("ada", Role.APPROVE);
            Holder carol = plumbline.holder("carol", Role.APPROVE);
            ada.clone("main")
                    .branch("next")
                    .stack("stacks/a", "two")
                    .commit("Two")
                    .push("next");
            carol.clone("main")
                    .run("merge", "-q", "--squash", "origin/next")
                    .commit("Squashed")
                    .push("main");

            refused(ada, "a");
            refused(carol, "a");
            approved(plumbline.holder("grace", Role.APPROVE), "a");
        }
    }

    @Test
    void of_two_changes_that_are_merged_at_once_each_is_approved_by_the_other_ones_pusher() {
        try (ServerFixture plumbline = withRule(folder)) {
            Holder ada = plumbline.holder("ada", Role.APPROVE);
            Holder bob = plumbline.holder("bob", Role.APPROVE);
            Holder carol = plumbline.holder("carol", Role.PUSH);
            ada.clone("main").branch("one").stack("stacks/a", "two").commit("A").push("one");
            bob.clone("main")
                    .branch("other")
                    .stack("stacks/b", "two")
                    .commit("B")
                    .push("other");
            carol.clone("main")
                    .run("merge", "-q", "origin/one")
                    .run("merge", "-q", "--no-edit", "origin/other")
                    .push("main");

            refused(ada, "a");
            refused(bob, "b");
            approved(bob, "a");
            approved(ada, "b");
        }
    }

    @Test
    void what_was_pushed_to_main_and_could_not_be_read_keeps_its_pusher_when_somebody_mends_it() {
        try (ServerFixture plumbline = withRule(folder)) {
            Holder ada = plumbline.holder("ada", Role.APPROVE);
            Holder bob = plumbline.holder("bob", Role.APPROVE);
            ada.clone("main")
                    .stack("stacks/a", "two")
                    .write("plumbline.yaml", "approvals: many\n")
                    .commit("Broken")
                    .push("main");
            bob.clone("main")
                    .write("plumbline.yaml", "approvals: 1\n")
                    .commit("Mended")
                    .push("main");

            refused(ada, "a");
            refused(bob, "a");
            approved(plumbline.holder("grace", Role.APPROVE), "a");
        }
    }

    @Test
    void a_folder_that_was_moved_without_approval_brings_its_state_along_with_what_comes_next() {
        try (ServerFixture plumbline = withRule(folder)) {
            Holder ada = plumbline.holder("ada", Role.APPROVE);
            Repo hers = ada.clone("main").branch("move");
            hers.run("mv", "stacks/a", "stacks/z")
                    .write("stacks/z/stack.yaml", "moved_from: stacks/a\n")
                    .stack("stacks/z", "two")
                    .commit("Move")
                    .push("move");
            plumbline.awaitsChange(1, "planned");
            hers.checkout("main").run("merge", "-q", "move").push("main");
            plumbline.awaits("stacks/z", "awaiting-approval");

            hers.branch("next").stack("stacks/z", "three").commit("Three").push("next");
            plumbline.awaitsChange(2, "planned");
            assertThat(plumbline.cli("change", "2").out()).contains("\"one\" -> \"three\"");
            hers.checkout("main").run("merge", "-q", "next").push("main");

            plumbline.awaits("stacks/z", "awaiting-approval");
            approved(plumbline.holder("grace", Role.APPROVE), "z");
            assertThat(plumbline.state("stacks/z")).isEqualTo("applied");
        }
    }

    @Test
    void where_no_approvals_are_asked_for_whoever_may_approve_does() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            plumbline.repo("main").stack("stacks/a", "one").commit("First").push("main");
            Holder ada = plumbline.holder("ada", Role.APPROVE);
            ada.clone("main").stack("stacks/a", "two").commit("Two").push("main");

            approved(ada, "a");
        }
    }

    @Test
    void a_floor_of_the_server_asks_for_approvals_from_the_first_push_on_and_main_can_only_ask_for_more() {
        try (ServerFixture plumbline = ServerFixture.started(folder, "floors: [{ repository: ma*, approvals: 1 }]\n")) {
            Holder ada = plumbline.holder("ada", Role.APPROVE);
            Holder grace = plumbline.holder("grace", Role.APPROVE);
            plumbline
                    .repo("main")
                    .write("plumbline.yaml", "approvals: 0\n")
                    .stack("stacks/a", "one")
                    .commit("First")
                    .push("main");
            approved(grace, "a");
            Repo hers =
                    ada.clone("main").branch("next").stack("stacks/a", "two").commit("Two");
            hers.push("next");

            Repo.Pushed merge = hers.checkout("main").run("merge", "-q", "next").push("main");

            assertThat(merge.said()).contains("0 of 1 approvals by others than who pushed it");
            refused(ada, "a");
            approved(grace, "a");
        }
    }
}
