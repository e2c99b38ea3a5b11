package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong around the server while it runs, and plans too long to be read at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private ServerFixture plumbline;

    @BeforeAll
    void start(@TempDir Path folder) {
        plumbline = ServerFixture.started(folder);
    }

    @AfterAll
    void stop() {
        plumbline.close();
    }

    @Test
    void terraform_that_vanishes_while_the_server_runs_fails_the_plan_by_name_and_a_retry_goes_on_once_it_is_back()
            throws IOException {
        Path terraform = plumbline.folder().resolve("terraform");
        Path away = plumbline.folder().resolve("terraform.away");
        Repo repo = plumbline.repo("vanished").stack("stacks/vanished", "one").commit("First");
        Files.move(terraform, away);

        Repo.Pushed pushed = repo.pushing("main").succeeds();

        assertThat(pushed.said()).contains("failed", terraform.toString()).doesNotContain("Exception");
        Files.move(away, terraform);
        assertThat(plumbline.cli("retry", "--no-wait", "stacks/vanished").exit())
                .isZero();
        plumbline.awaits("stacks/vanished", "awaiting-approval");
    }

    @Test
    void a_clock_that_is_set_back_delays_nothing() {
        Repo repo = plumbline.repo("clock").stack("stacks/clock", "one").commit("First");
        repo.pushing("main").succeeds();
        plumbline.clockMoves(Duration.ofHours(-2));

        repo.stack("stacks/clock", "two").commit("Second").pushing("main").succeeds();

        plumbline.awaits("stacks/clock", "awaiting-approval");
        assertThat(plumbline.cli("approve", "stacks/clock").exit()).isZero();
        plumbline.clockMoves(Duration.ofHours(2));
    }

    @Test
    void a_plan_longer_than_its_report_stands_whole_in_its_log() {
        String many = IntStream.range(0, 600)
                .mapToObj("resource \"terraform_data\" \"r%1$03d\" { input = \"value %1$03d\" }"::formatted)
                .collect(Collectors.joining("\n", "", "\n"));
        Repo repo = plumbline.repo("long").write("stacks/long/main.tf", many).commit("Many");

        Repo.Pushed pushed = repo.pushing("main").succeeds();

        assertThat(pushed.said())
                .hasSizeLessThan(70_000)
                .contains("are not shown in full; all of it: plumbline logs r");
        String run = plumbline.json("runs", "stacks/long").get(0).get("id").asString();
        String log = plumbline.cli("logs", run).out();
        assertThat(IntStream.range(0, 600).mapToObj("\"value %03d\""::formatted))
                .allMatch(log::contains);
    }
}
