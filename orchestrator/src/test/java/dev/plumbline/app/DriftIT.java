package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.app.ServerFixture.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drift is what changed outside of Git, and nothing else. */
class DriftIT {
    @TempDir
    private Path folder;

    private static void approved(ServerFixture plumbline, String stack) {
        plumbline.awaits(stack, "awaiting-approval").does("approve", stack);
    }

    @Test
    void a_reader_of_an_output_that_moved_has_not_drifted_while_its_plan_awaits_approval() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = plumbline.repo("main").stack("network", "10.0").reader("app", "network");
            repo.commit("First").push("main");
            approved(plumbline, "network");
            approved(plumbline, "app");
            repo.stack("network", "10.1").commit("Second").push("main");
            approved(plumbline, "network");
            plumbline.awaits("app", "awaiting-approval");

            Ended waiting = plumbline.does("drift", "check");

            assertThat(waiting.all())
                    .contains("app: skipped: what it reads of other stacks is not applied to it yet")
                    .contains("network: clean");
            assertThat(plumbline.history()).noneMatch(line -> line.contains(" drift main:app: drift in"));
            approved(plumbline, "app");
            assertThat(plumbline.does("drift", "check").all()).contains("app: clean");
        }
    }
}
