package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

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
    void a_plan_of_five_thousand_resources_and_ten_megabytes_is_cut_where_it_is_told_and_stands_whole_in_its_log() {
        plumbline.repo("long").write("README.md", "Many").commit("First").push("main");
        Repo repo = plumbline
                .repo("long")
                .branch("many")
                .write("stacks/long/main.tf", """
                        resource "terraform_data" "it" {
                          count = 5000
                          input = "value ${count.index} of %s"
                        }
                        """.formatted("many ".repeat(400)))
                .commit("Many");

        Repo.Pushed pushed = repo.pushing("many").succeeds();

        String rest = "are not shown in full; all of it: plumbline logs r";
        assertThat(pushed.said()).hasSizeLessThan(70_000).contains("5000 to add", rest);
        JsonNode change = plumbline.json("changes").get(0);
        String number = change.get("number").asString();
        assertThat(plumbline.does("change", number, "--markdown").out())
                .hasSizeLessThan(500_000)
                .contains("are not shown in full");
        ServerFixture.Holder rita = plumbline.holder("rita", Role.READ);
        String run = change.get("stacks").get(0).get("run").asString();
        assertThat(rita.get("/changes/" + number).body())
                .hasSizeLessThan(200_000)
                .contains("terraform_data.it[0] will be created", rest, "/runs/" + run);
        String log = rita.get("/runs/" + run + "/log.txt").body();
        assertThat(log).hasSizeGreaterThan(10_000_000);
        assertThat(IntStream.range(0, 5000).mapToObj("\"value %d of many "::formatted))
                .allMatch(log::contains);
        assertThat(plumbline.does("logs", run).out()).isEqualTo(log);
    }
}
