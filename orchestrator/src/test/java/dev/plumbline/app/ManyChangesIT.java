package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.access.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An open change is not forgotten for those that came after it; a listing that leaves some out says so. */
class ManyChangesIT {
    private static final int NEWER = 1001;

    @TempDir
    private Path folder;

    private ServerFixture plumbline;

    @BeforeEach
    void start() {
        plumbline = ServerFixture.started(folder);
        Repo repo = plumbline.repo("main").stack("stacks/a", "one").commit("First");
        repo.push("main");
        repo.branch("oldest")
                .stack("stacks/a", "two")
                .stack("stacks/b", "new")
                .commit("Oldest")
                .push("oldest");
        plumbline.sql("""
                        WITH RECURSIVE later(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM later WHERE i < %d)
                        INSERT INTO change (number, repository, branch, title, author, head, base, preview_tree,
                                            previewed_head, state, reason, report_due, opened_at, updated_at)
                        SELECT 1 + i, repository, 'later-' || i, title, author, head, base, preview_tree,
                               previewed_head, 'no-changes', 'no stack is affected', FALSE, opened_at, updated_at
                          FROM change, later
                        """.formatted(NEWER));
    }

    @AfterEach
    void stop() {
        plumbline.close();
    }

    @Test
    void the_oldest_of_a_thousand_open_changes_still_counts_wherever_open_changes_do() {
        assertThat(plumbline.json("status").get("openChanges")).hasSize(1 + NEWER);
        assertThat(plumbline.does("why", "stacks/a").out()).contains("change #1 is planned");

        plumbline.sql("UPDATE change SET state = 'failed', reason = 'it broke' WHERE number = 1");
        assertThat(plumbline.does("retry", "--all").all()).contains("#1");

        ServerFixture.write(folder.resolve("mine.tfstate"), """
                        {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "mine", "outputs": {},
                         "resources": []}
                        """);
        assertThat(plumbline.does("state", "push", "stacks/b", "mine.tfstate").out())
                .contains("push: version 1");
    }

    @Test
    void a_listing_that_leaves_changes_out_says_so() {
        ServerFixture.Ended newest = plumbline.does("changes");
        assertThat(newest.out())
                .hasLineCount(1 + 20)
                .contains("#1002 ", "#983 ")
                .doesNotContain("#982 ");
        assertThat(newest.err()).isEqualTo("Only the newest 20 are listed; --limit N lists more, up to 1000.\n");
        assertThat(plumbline.does("changes", "--limit", "1000", "--json").err())
                .isEqualTo("No more than 1000 are listed; there may be older ones.\n");

        ServerFixture.Holder rita = plumbline.holder("rita", Role.READ);
        assertThat(rita.get("/api/v1/changes?limit=3").body())
                .contains("\"number\":1000")
                .doesNotContain("999,");
        assertThat(rita.get("/changes").body())
                .contains("#903</a>", "The newest 100; there are older ones.", "/changes?all=false&amp;page=10")
                .doesNotContain("#902</a>");
        assertThat(rita.get("/changes?page=10").body())
                .contains("#3</a>", "The newest 1000; there are older ones.")
                .doesNotContain("#2</a>", "Show up to");
    }

    @Test
    void a_listing_of_all_changes_says_nothing_more() {
        plumbline.sql("UPDATE change SET state = 'closed' WHERE number > 20");

        assertThat(plumbline.does("changes").err()).isEmpty();
        assertThat(plumbline.holder("rita", Role.READ).get("/changes").body()).doesNotContain("older ones");
    }
}
