package dev.plumbline.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is written down, and what moved without being written down is found. */
class WrittenDownTest {
    private static final String STACK = "resource \"terraform_data\" \"x\" { input = %d }\n";

    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void open() {
        site = new Site(folder);
        site.start();
        site.git().write("net/main.tf", STACK.formatted(1)).commit("First");
        site.push("main");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void a_push_that_was_acknowledged_survives_a_kill_at_once() {
        site.untilIntents("net awaiting-approval");
        site.git().run("checkout", "-q", "-b", "feature");
        CommitSha head = site.git().write("net/main.tf", STACK.formatted(2)).commit("Second");
        site.push("feature");

        site.server().kill();
        site.start();

        site.until(
                "the change is planned",
                () -> site.ledger().count("change WHERE state = 'planned' AND head = '" + head.hex() + "'") == 1);
    }

    @Test
    void branches_that_moved_or_went_while_no_server_looked_are_found_at_the_start() {
        site.untilIntents("net awaiting-approval");
        site.git().run("checkout", "-q", "-b", "old");
        site.git().write("net/main.tf", STACK.formatted(2)).commit("Second");
        site.push("old");
        site.until("its change is open", () -> site.ledger().count("change WHERE state = 'planned'") == 1);
        site.server().kill();
        Path mirror = site.home().resolve("git/main.git");
        site.git().run("push", "-q", mirror.toString(), "HEAD:refs/heads/found", ":refs/heads/old");

        site.start();

        site.until(
                "the new one has a change",
                () -> site.ledger().count("change WHERE branch = 'found' AND state = 'planned'") == 1);
        site.until(
                "the old one's is closed",
                () -> site.ledger().count("change WHERE branch = 'old' AND state = 'closed'") == 1);
    }

    @Test
    void a_movement_that_was_written_down_and_never_came_about_moves_nothing() {
        site.untilIntents("net awaiting-approval");
        String main = site.git().head().hex();
        site.server().kill();
        site.ledger().write("""
                INSERT INTO push (id, repository, branch, old_commit, new_commit, actor, at, handled)
                VALUES (1000, 'main', 'main', '%s', '%s', 'ann', 0, FALSE)
                """.formatted(main, "0123456789".repeat(4)));

        site.start();
        site.until("it was looked at", () -> site.ledger().count("push WHERE handled = FALSE") == 0);
        site.server().kill();
        site.start();

        assertThat(site.ledger().count("push WHERE actor = 'found at start'")).isZero();
        assertThat(site.ledger().count("merge")).isEqualTo(1);
        site.untilIntents("net awaiting-approval");
    }
}
