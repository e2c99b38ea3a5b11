package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.GitClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several people at once, people who go away, and a server that stops in the middle. */
class RaceIT {
    @TempDir
    private Path folder;

    private static Repo applied(ServerFixture plumbline) {
        Repo repo = plumbline
                .repo("main")
                .stack("stacks/a", "one")
                .stack("stacks/b", "one")
                .commit("First");
        repo.push("main");
        assertThat(plumbline.cli("approve", "--all").exit()).isZero();
        return repo;
    }

    private static Repo clone(ServerFixture plumbline, Repo repo, String name) {
        Path copy = plumbline.folder().resolve("checkout-" + name);
        repo.run("clone", "-q", repo.folder().toString(), copy.toString());
        return new Repo(new GitClient(copy), () -> plumbline.server().remote("main"));
    }

    @Test
    void of_clients_that_push_main_at_once_one_wins_and_nobody_hangs_then_or_later() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline);
            List<Repo.Pushing> pushes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Repo other = clone(plumbline, repo, "main" + i).stack("stacks/a", "by " + i);
                pushes.add(other.commit("By " + i).pushing("main"));
            }
            List<Repo.Pushed> ended = pushes.stream().map(Repo.Pushing::ended).toList();

            assertThat(ended).filteredOn(push -> push.exit() == 0).hasSize(1);
            assertThat(ended.stream()
                            .filter(push -> push.exit() == 0)
                            .findFirst()
                            .orElseThrow()
                            .said())
                    .contains("1 awaiting-approval");
            assertThat(plumbline.json("runs").findValuesAsString("commit").stream()
                            .distinct())
                    .as("only what main really was is planned")
                    .hasSize(2);
            Repo later = clone(plumbline, repo, "later");
            later.run("pull", "-q", plumbline.server().remote("main"), "main");
            assertThat(later.stack("stacks/b", "later")
                            .commit("Later")
                            .push("main")
                            .said())
                    .contains("done: 1 awaiting-approval");
        }
    }

    @Test
    void clients_that_push_different_branches_at_once_each_see_their_own_change() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline);
            List<Repo.Pushing> pushes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Repo other =
                        clone(plumbline, repo, "branch" + i).branch("b" + i).stack("stacks/a", "by " + i);
                pushes.add(other.commit("By " + i).pushing("b" + i));
            }
            for (int i = 0; i < 4; i++) {
                assertThat(pushes.get(i).succeeds().said())
                        .contains("\"one\" -> \"by " + i + "\"")
                        .contains("every affected stack is planned");
            }
        }
    }

    @Test
    void branches_pushed_together_are_all_watched() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline).branch("x").stack("stacks/a", "x").commit("X");
            repo.checkout("main").branch("y").stack("stacks/b", "y").commit("Y");

            assertThat(repo.push("x", "y").said())
                    .contains("#1: every affected stack is planned")
                    .contains("#2: every affected stack is planned");
        }
    }

    @Test
    void pushes_in_quick_succession_by_force_end_with_the_last_head_planned() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline).branch("feature");
            for (int i = 0; i < 6; i++) {
                repo.run("reset", "-q", "--hard", "main")
                        .stack("stacks/a", "try " + i)
                        .commit("Try " + i);
                repo.push("-f", "-o", "detach", "feature");
            }
            repo.run("commit", "-q", "--amend", "-m", "Last");
            assertThat(repo.push("-f", "feature").said()).contains("\"one\" -> \"try 5\"");
            assertThat(plumbline.json("changes")).hasSize(1);
        }
    }

    @Test
    void a_push_with_option_detach_leaves_at_once_and_its_work_goes_on() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("feature")
                    .stack("stacks/a", "two")
                    .commit("Two");
            plumbline.hold("plan", "stacks/a");

            assertThat(repo.push("-odetach", "feature").said()).contains("left at once, as asked");
            plumbline.release("plan");
            plumbline.awaitsChange(1, "planned");
        }
    }

    @Test
    void a_push_of_more_branches_than_anybody_reads_leaves_at_once_and_each_becomes_a_change() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("feature")
                    .stack("stacks/a", "two")
                    .commit("Two");
            plumbline.hold("plan", "stacks/a");
            List<String> refs = IntStream.rangeClosed(1, 51)
                    .mapToObj(number -> "feature:copy-" + number)
                    .toList();

            assertThat(repo.push(refs.toArray(String[]::new)).said())
                    .contains("51 branches moved, so this push doesn't wait for what they cause; see plumbline status");
            plumbline.release("plan");
            plumbline.awaitsChange(51, "planned");
        }
    }

    @Test
    void who_leaves_an_approval_by_ctrl_c_is_told_that_it_goes_on_and_how_to_look() throws Exception {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            plumbline
                    .repo("main")
                    .stack("stacks/a", "one")
                    .stack("stacks/b", "one")
                    .commit("First")
                    .push("main");
            plumbline.hold("apply", "stacks/a");
            Path said = folder.resolve("said");
            Process approve = started(plumbline, said, "approve", "--all");
            Awaitility.await("it waits for the other stack")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(said), text -> text.contains("stacks/b: applied"));

            assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(approve.pid()))
                            .start()
                            .waitFor())
                    .isZero();

            assertThat(approve.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(approve.exitValue()).isEqualTo(130);
            assertThat(said)
                    .content()
                    .contains("what was started goes on at the server: 'plumbline status' tells the rest");
            plumbline.release("apply");
            plumbline.awaits("stacks/a", "applied");
        }
    }

    /** A command in a process of its own. */
    private static Process started(ServerFixture plumbline, Path said, String... words) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Plumbline.class.getName(),
                "--home",
                plumbline.home().toString()));
        line.addAll(List.of(words));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    @Test
    void a_client_that_goes_away_stops_nothing() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline)
                    .branch("feature")
                    .stack("stacks/a", "two")
                    .commit("Two");
            plumbline.hold("plan", "stacks/a");
            Repo.Pushing pushing = repo.pushing("feature").says("stacks/a: planning");
            pushing.kill();
            plumbline.release("plan");

            plumbline.awaitsChange(1, "planned");
        }
    }

    @Test
    void a_restart_goes_on_with_running_and_queued_plans_and_keeps_what_waits() {
        try (ServerFixture plumbline = ServerFixture.started(folder, "limits: { parallel_runs: 1 }\n")) {
            Repo repo = applied(plumbline);
            repo.stack("stacks/b", "waits").commit("Waits").push("main");
            repo.branch("feature")
                    .stack("stacks/a", "two")
                    .stack("stacks/b", "two")
                    .commit("Two");
            plumbline.hold("plan", "stacks/a");
            Repo.Pushing pushing = repo.pushing("feature").says("stacks/a: planning");

            plumbline.stop();
            pushing.ended();
            plumbline.release("plan");
            plumbline.start();

            plumbline.awaitsChange(1, "planned");
            assertThat(plumbline.state("stacks/b")).isEqualTo("awaiting-approval");
            assertThat(plumbline.cli("approve", "b").exit()).isZero();
            assertThat(plumbline.state("stacks/b")).isEqualTo("applied");
        }
    }

    @Test
    void an_apply_that_runs_while_the_server_stops_ends_by_itself_and_is_recorded_once() throws Exception {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = applied(plumbline).stack("stacks/a", "two").commit("Two");
            repo.push("main");
            plumbline.hold("apply", "stacks/a");
            plumbline.cli("approve", "a", "--no-wait");
            plumbline.awaitsCalls("apply", 3);

            // Where nothing outlives the server, stopping waits for the apply; elsewhere the next start adopts it.
            Thread stopping = new Thread(plumbline::stop, "stopping");
            stopping.start();
            plumbline.awaitsNoAnswer().release("apply");
            stopping.join(30_000);
            plumbline.start();

            plumbline.awaits("stacks/a", "applied");
            assertThat(plumbline.calls("apply")).isEqualTo(3);
            assertThat(plumbline.runs("apply")).hasSize(3);
            assertThat(repo.stack("stacks/a", "three")
                            .commit("Three")
                            .push("main")
                            .said())
                    .as("its state was taken back")
                    .contains("\"two\" -> \"three\"");
        }
    }

    @Test
    void a_second_server_on_one_home_is_refused() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(plumbline::second))
                    .hasMessageContaining("Another server runs on the home");
            assertThat(plumbline.status("/healthz", null)).isEqualTo(200);
        }
    }
}
