package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.access.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who did what, as people read it. */
class HistoryIT {
    @TempDir
    private Path folder;

    private ServerFixture plumbline;

    @BeforeEach
    void start() {
        plumbline = ServerFixture.started(folder);
    }

    @AfterEach
    void stop() {
        plumbline.close();
    }

    /** Two stacks, each applied by the approval of somebody. */
    private Repo applied(ServerFixture.Holder approver) {
        Repo repo = plumbline
                .repo("main")
                .stack("stacks/a", "one")
                .stack("stacks/b", "one")
                .commit("First");
        repo.push("main");
        ServerFixture.Ended approved = approver.cli("approve", "--all");
        assertThat(approved.exit()).as(approved.all()).isZero();
        return repo;
    }

    private List<String> history(String... words) {
        List<String> command = new ArrayList<>(List.of("history", "--limit", "1000"));
        command.addAll(List.of(words));
        return lines(plumbline.json(command.toArray(String[]::new)).get("events"));
    }

    private static List<String> lines(JsonNode entries) {
        return entries.valueStream()
                .map(entry -> entry.get("actor").asString() + " "
                        + entry.get("kind").asString() + " "
                        + entry.get("subject").asString() + ": "
                        + entry.get("text").asString())
                .toList();
    }

    @Test
    void everything_that_was_done_is_listed_newest_first_with_who_did_it() {
        ServerFixture.Holder grace = plumbline.holder("grace", Role.APPROVE);
        ServerFixture.Holder rita = plumbline.holder("rita", Role.READ);
        applied(grace);
        plumbline.does("state", "rm", "a", "terraform_data.it");
        plumbline.does("token", "revoke", "grace");

        List<String> all = history();

        List<String> written = new ArrayList<>(plumbline.history());
        Collections.reverse(written);
        assertThat(all).isEqualTo(written);
        assertThat(all.get(0)).isEqualTo("owner token grace: revoked");
        assertThat(all.get(all.size() - 1)).isEqualTo("owner token grace: created with the role approve");
        assertThat(all)
                .anyMatch(line -> line.startsWith("grace approve main:stacks/a: r"))
                .anyMatch(line -> line.matches("owner state main:stacks/a: r\\d+ rm terraform_data\\.it: version .*"));
        assertThat(rita.cli("history", "--limit", "1").out())
                .matches("WHEN +BY +KIND +SUBJECT +WHAT\n.* +owner +token +grace +revoked\n");
    }

    @Test
    void of_a_stack_it_lists_its_runs_and_changes_and_nothing_of_others() {
        ServerFixture.Holder grace = plumbline.holder("grace", Role.APPROVE);
        Repo repo = applied(grace);
        plumbline.hold("plan", "stacks/a");
        Repo.Pushing pushing = repo.branch("next")
                .stack("stacks/a", "two")
                .commit("Next")
                .pushing("next")
                .says("stacks/a: planning");
        String run =
                plumbline.json("runs", "a", "--limit", "1").get(0).get("id").asString();
        // Somebody is called as the run is.
        plumbline.holder(run, Role.READ);
        grace.cli("cancel", run);
        plumbline.release("plan");
        pushing.ended();

        List<String> ofA = history("a");

        assertThat(ofA)
                .contains("grace cancel " + run + ": main:stacks/a")
                .anyMatch(line -> line.startsWith("owner change #1: opened at "))
                .anyMatch(line -> line.startsWith("grace approve main:stacks/a: "))
                .noneMatch(line -> line.contains("stacks/b") || line.contains(" token "));
        assertThat(history("b")).noneMatch(line -> line.contains("#1") || line.contains(run + ":"));
        String page = grace.get("/stack?id=stacks/a").body();
        assertThat(page.substring(page.indexOf("<h2 id=\"history\">")))
                .contains("grace", "cancel", run + " main:stacks/a", "#1 opened at ");
    }

    @Test
    void it_is_read_on_from_where_a_page_ended() {
        ServerFixture.Holder grace = plumbline.holder("grace", Role.APPROVE);
        applied(grace);
        List<String> read = new ArrayList<>();
        long before = Long.MAX_VALUE;
        while (true) {
            JsonNode page = JsonMapper.shared()
                    .readTree(grace.get("/api/v1/history?limit=2&before=" + before)
                            .body());
            if (page.isEmpty()) {
                break;
            }
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            read.addAll(lines(page));
            before = page.get(page.size() - 1).get("number").asLong();
        }

        assertThat(read).isEqualTo(history());
    }

    @Test
    void a_stack_that_is_destroyed_keeps_its_history() {
        ServerFixture.Holder grace = plumbline.holder("grace", Role.APPROVE);
        applied(grace).run("rm", "-rq", "stacks/b").commit("Without b").push("main");
        grace.cli("approve", "--all");
        assertThat(plumbline.cli("runs", "stacks/b").err()).contains("stacks/b");

        assertThat(history("stacks/b"))
                .isEqualTo(history("main:stacks/b"))
                .first()
                .asString()
                .startsWith("plumbline intent main:stacks/b: applied");
        assertThat(plumbline.fails("history", "stacks/c").err()).contains("stacks/c");
    }

    @Test
    void each_apply_of_a_stack_is_listed_with_what_it_came_of_and_all_who_had_a_hand_in_it() {
        ServerFixture.Holder grace = plumbline.holder("grace", Role.APPROVE);
        Repo repo = applied(grace);
        String first = repo.head();
        repo.branch("wider").stack("stacks/a", "two").commit("Two").push("wider");
        repo.checkout("main").run("merge", "-q", "--ff-only", "wider").push("main");
        plumbline.awaits("stacks/a", "applied");

        JsonNode applies = plumbline.json("history", "a").get("applies");

        JsonNode merged = applies.get(0);
        assertThat(applies).hasSize(2);
        assertThat(merged.get("commit").asString()).isEqualTo(repo.head());
        assertThat(merged.get("by").asString()).isEqualTo("owner");
        assertThat(merged.get("approvedBy")).isEmpty();
        assertThat(merged.get("change").asLong()).isEqualTo(1);
        assertThat(merged.get("toTakeBack").asString()).isEqualTo("plumbline revert '#1'");
        assertThat(merged.get("digest").asString())
                .isEqualTo(plumbline
                        .json("change", "1")
                        .get("change")
                        .get("stacks")
                        .get(0)
                        .get("digest")
                        .asString());
        JsonNode pushed = applies.get(1);
        assertThat(pushed.get("commit").asString()).isEqualTo(first);
        assertThat(pushed.get("approvedBy").get(0).asString()).isEqualTo("grace");
        assertThat(pushed.get("change").isNull()).isTrue();
        assertThat(pushed.get("toTakeBack").asString())
                .isEqualTo("git rm -r stacks/a, which destroys it once that is pushed and approved");
        assertThat(plumbline.json("history", "b").get("applies")).hasSize(1);
        assertThat(plumbline.json("history").get("applies").isNull()).isTrue();
        assertThat(plumbline.cli("history", "a", "--limit", "1").err())
                .contains("Only the newest 1 applies are listed; --limit N lists more, up to 1000.");
        String page = grace.get("/stack?id=stacks/a").body();
        assertThat(page.substring(page.indexOf("<h2 id=\"applies\">"), page.indexOf("<h2 id=\"state\">")))
                .contains(
                        "grace",
                        "pushed to main",
                        "plumbline revert '#1'",
                        merged.get("digest").asString());
    }

    @Test
    void a_failed_apply_is_among_them() {
        plumbline.repo("main").write("stacks/a/main.tf", """
                        resource "terraform_data" "it" {
                          provisioner "local-exec" { command = "exit 7" }
                        }
                        """).commit("First").push("main");
        plumbline.cli("approve", "a");

        JsonNode apply = plumbline.json("history", "a").get("applies").get(0);

        assertThat(apply.get("state").asString()).isEqualTo("failed");
        assertThat(plumbline.does("why", "a").out())
                .contains(
                        "to go on: plumbline retry main:stacks/a, or take commit ",
                        " back: plumbline history main:stacks/a says how");
        assertThat(plumbline.does("history", "a").out().lines().findFirst().orElseThrow())
                .startsWith("APPLY  WHEN");
        assertThat(plumbline.does("history", "a").out().lines().skip(1).findFirst())
                .get()
                .asString()
                .contains("failed", "owner", "pushed to main; approved by owner; to take it back: git rm -r stacks/a");
    }

    @Test
    void what_was_pushed_without_a_change_is_taken_back_by_what_git_understands() {
        Repo repo = plumbline.repo("main").stack("stacks/a", "1").commit("First");
        repo.push("main");
        plumbline.cli("approve", "a");
        repo.stack("stacks/a", "2").commit("Second").push("main");
        plumbline.cli("approve", "a");
        String second = repo.head();
        repo.branch("side")
                .stack("stacks/a", "3")
                .commit("Third")
                .checkout("main")
                .run("merge", "--no-ff", "-m", "Merged", "side");
        repo.push("main");
        plumbline.cli("approve", "a");
        String merge = repo.head();
        repo.stack("stacks/a", "4")
                .commit("Fourth")
                .stack("stacks/a", "5")
                .commit("Fifth")
                .push("main");
        plumbline.cli("approve", "a");
        String pair = repo.head();
        repo.branch("another")
                .stack("stacks/a", "6")
                .commit("Sixth")
                .checkout("main")
                .run("merge", "--no-ff", "-m", "Merged", "another");
        repo.stack("stacks/a", "7").commit("Seventh").push("main");
        plumbline.cli("approve", "a");

        List<String> ways = plumbline
                .json("history", "a")
                .get("applies")
                .valueStream()
                .map(apply -> apply.get("toTakeBack").asString())
                .toList();

        assertThat(ways)
                .containsExactly(
                        "git restore -s " + pair.substring(0, 8) + " stacks/a, and a commit of that",
                        "git revert " + merge.substring(0, 8) + ".." + pair.substring(0, 8),
                        "git revert -m 1 " + merge.substring(0, 8),
                        "git revert " + second.substring(0, 8),
                        "git rm -r stacks/a, which destroys it once that is pushed and approved");
    }
}
