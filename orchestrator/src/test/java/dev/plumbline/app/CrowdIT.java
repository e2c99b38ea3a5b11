package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More people at once than the server keeps waiting. */
class CrowdIT {
    private static final int CROWD = 104;

    @TempDir
    private Path folder;

    @Test
    void a_hundred_open_pushes_leave_the_server_to_others_and_the_next_are_taken_in_without_waiting() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = plumbline.repo("main").stack("stacks/a", "one").commit("First");
            repo.pushing("--push-option=detach", "main").succeeds();
            repo.stack("stacks/a", "two").commit("Second");
            plumbline.hold("plan", "stacks");

            List<Repo.Pushing> crowd = IntStream.range(0, CROWD)
                    .mapToObj(each -> repo.pushing("HEAD:refs/heads/wish-" + each))
                    .toList();

            Awaitility.await("all are taken in")
                    .atMost(Duration.ofSeconds(120))
                    .until(() -> plumbline.json("changes", "--limit", "1000").size() == CROWD);
            Awaitility.await("those above a hundred are let go")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> crowd.stream().filter(Repo.Pushing::going).count(), count -> count == 100);
            assertThat(plumbline.cli("status").exit()).isZero();
            assertThat(plumbline.cli("why", "stacks/a").exit()).isZero();
            assertThat(crowd.stream()
                            .filter(each -> !each.going())
                            .map(Repo.Pushing::succeeds)
                            .map(Repo.Pushed::said))
                    .allSatisfy(said -> assertThat(said).contains("100 pushes are open already", "plumbline status"));
            crowd.forEach(Repo.Pushing::kill);
        }
    }

    @Test
    void a_push_that_the_server_could_not_follow_is_said_to_be_taken_in_and_is_followed_later() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = plumbline.repo("main").stack("stacks/a", "one").commit("First");
            plumbline.sql("CREATE TRIGGER busy BEFORE INSERT ON dirty BEGIN SELECT RAISE(FAIL, 'busy'); END");

            Repo.Pushed pushed = repo.pushing("main").succeeds();

            assertThat(pushed.said())
                    .contains("the push was taken in, but the server failed to follow it", "plumbline status");
            plumbline.sql("DROP TRIGGER busy");
            plumbline.clockMoves(Duration.ofMinutes(2));
            plumbline.awaits("stacks/a", "awaiting-approval");
        }
    }
}
