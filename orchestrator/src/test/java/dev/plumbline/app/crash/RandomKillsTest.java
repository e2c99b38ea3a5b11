package dev.plumbline.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random instants after a push and after an approval, round after round on one home. The seed and the number of
 * rounds are {@code -Dplumbline.crash.seed} and {@code -Dplumbline.crash.rounds}.
 */
class RandomKillsTest {
    private static final int ROUNDS = Integer.getInteger("plumbline.crash.rounds", 2);
    private static final long SEED = Long.getLong("plumbline.crash.seed", 7);
    private static final int LONGEST_MILLIS = 1500;

    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void open() {
        site = new Site(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void nothing_is_lost_or_done_twice_however_often_the_server_is_killed() {
        Random random = new Random(SEED);
        site.start();
        for (int round = 1; round <= ROUNDS; round++) {
            commit(round);
            site.push("main");
            String commit = site.git().head().hex();
            killAfter(random.nextInt(LONGEST_MILLIS));
            site.start();
            site.until(
                    "there is something to approve",
                    () -> site.ledger().count("intent WHERE state = 'awaiting-approval'") > 0);
            site.act("approve");
            killAfter(random.nextInt(LONGEST_MILLIS));
            site.start();
            approveUntilEnded(commit);
            check(round, commit);
        }
        assertNothingIsLeft();
    }

    private void commit(int round) {
        site.git().write("net/main.tf", """
                        resource "terraform_data" "x" {
                          triggers_replace = %d
                          provisioner "local-exec" { command = "echo net %d >> %s" }
                        }
                        output "round" { value = %d }
                        """.formatted(round, round, site.file("done"), round));
        site.git().write("app/main.tf", """
                        variable "round" {}
                        resource "terraform_data" "y" {
                          triggers_replace = "%d ${var.round}"
                          provisioner "local-exec" { command = "echo app %d >> %s" }
                        }
                        """.formatted(round, round, site.file("done")));
        site.git().write("app/stack.yaml", "inputs: { round: net.round }\n").commit("Round " + round);
    }

    /** The instant is the point of the test, so it can't be waited for by a condition. */
    private void killAfter(int millis) {
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        site.server().kill();
    }

    private void approveUntilEnded(String commit) {
        site.until("both stacks are applied", () -> {
            if (site.ledger().count("intent WHERE state = 'awaiting-approval'") > 0) {
                site.act("approve");
            }
            return site.ledger().count("intent WHERE state = 'applied' AND commit_sha = '" + commit + "'") == 2;
        });
    }

    private void check(int round, String commit) {
        Ledger ledger = site.ledger();
        String asked = "seed " + SEED + ", round " + round;
        assertThat(ledger.count("intent WHERE commit_sha = '" + commit + "'"))
                .as(asked)
                .isEqualTo(2);
        for (String stack : List.of("net", "app")) {
            long lost = ledger.count("run WHERE phase = 'apply' AND state = 'lost' AND folder = '" + stack
                    + "' AND commit_sha = '" + commit + "'");
            assertThat(site.lines("done").stream().filter((stack + " " + round)::equals))
                    .as("%s: %s was applied once, %d lost", asked, stack, lost)
                    .hasSizeBetween(1, 1 + (int) lost);
            assertThat(
                            ledger
                                    .all("SELECT serial FROM state_version WHERE folder = '" + stack
                                            + "' ORDER BY version")
                                    .stream()
                                    .map(Long::valueOf))
                    .as(asked)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
        assertThat(ledger.all("SELECT plan_run FROM run WHERE phase = 'apply' AND state IN ('applied', 'lost')"))
                .as("%s: a plan is handed over once", asked)
                .doesNotHaveDuplicates();
        assertThat(ledger.count("run WHERE state IN ('queued', 'preparing', 'planning', 'applying')"))
                .as(asked)
                .isZero();
        assertThat(ledger.count("lane WHERE holder IS NOT NULL")).as(asked).isZero();
    }

    private void assertNothingIsLeft() {
        assertThat(site.ledger().count("intent WHERE ended_at IS NULL")).isZero();
        assertThat(site.ledger().count("push WHERE handled = FALSE")).isZero();
        assertThat(site.processesInHome()).isEmpty();
        site.server().kill();
        site.start();
        assertThat(site.workspaces()).isEmpty();
    }
}
