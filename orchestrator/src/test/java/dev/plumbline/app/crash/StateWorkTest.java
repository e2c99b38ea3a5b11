package dev.plumbline.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that stops or dies while it changes a state in a backend for somebody. */
class StateWorkTest {
    @TempDir
    private Path folder;

    private Site site;
    private Path state = Path.of("");

    /** Terraform does what it is called for, then waits where the test has shut the gate of that command. */
    @BeforeEach
    void open() throws IOException {
        Path states = Files.createDirectories(folder.resolve("states")).toRealPath();
        state = states.resolve("net.tfstate");
        site = new Site(folder);
        site.withTerraform("""
                command=$1; case $1 in -*) command=$2;; esac
                [ $command = state ] && case " $* " in *" state push "*) command=push;; *) command=pull;; esac
                if [ -e %1$s/shut-$command ]; then
                  [ $command = init ] || %2$s "$@"; status=$?
                  echo $command >> %1$s/reached
                  while [ -e %1$s/shut-$command ]; do sleep 0.05; done
                  [ $command = init ] || exit $status
                fi""".formatted(folder, Site.terraform()));
        site.configured(Site.read(folder.resolve("server.yaml")) + "local_backends: [\"" + states + "\"]\n");
        site.start();
        site.git().write("net/main.tf", """
                        terraform {
                          backend "local" { path = "%s" }
                        }
                        resource "terraform_data" "x" {}
                        """.formatted(state)).commit("First");
        site.push("main");
        site.untilIntents("net awaiting-approval");
        site.act("approve");
        site.untilIntents("net applied");
    }

    @AfterEach
    void close() {
        site.close();
    }

    private void shut(String command) {
        Site.write(site.file("shut-" + command), "");
    }

    private void move() {
        byte[] order = "{\"stack\":\"net\",\"words\":[\"terraform_data.x\",\"terraform_data.y\"]}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(site.post("state/mv", order).statusCode()).isEqualTo(200);
        site.until("it is under way", () -> site.lines("reached").size() == 1);
    }

    private void startAgain(String command) throws IOException {
        Files.delete(site.file("shut-" + command));
        site.start();
        site.until("it ended", () -> site.ledger().count("run WHERE phase = 'state' AND ended_at IS NOT NULL") == 1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"init", "pull"})
    void what_a_server_that_is_stopped_had_not_begun_to_write_is_done_at_its_next_start(String command)
            throws Exception {
        // As on another machine: else what the plan initialised is used again.
        site.deleteWorkspaces();
        shut(command);
        move();

        ServerProcess.Ended stopped = site.server().stop();

        assertThat(stopped.said()).doesNotContain("Exception", "ERROR");
        assertThat(site.ledger().runs("state", "net")).containsExactly("preparing");
        startAgain(command);

        assertThat(site.ledger().runs("state", "net")).containsExactly("applied");
        assertThat(Site.read(state)).contains("\"y\"").doesNotContain("\"x\"");
    }

    @Test
    void what_a_server_that_was_killed_had_written_is_not_written_again_and_counts_as_done() throws Exception {
        shut("push");
        move();
        String written = Site.read(state);
        assertThat(written).contains("\"y\"");

        site.server().kill();
        startAgain("push");

        assertThat(site.ledger().runs("state", "net")).containsExactly("applied");
        assertThat(Site.read(state)).isEqualTo(written);
        site.until("nothing is left of it", () -> {
            try (var left = Files.list(site.home().resolve("artifacts/writing"))) {
                return left.findAny().isEmpty();
            }
        });
    }

    @Test
    void what_others_wrote_after_a_server_was_killed_is_left_alone_and_told() throws Exception {
        shut("push");
        move();

        site.server().kill();
        Site.write(state, Site.read(state).replaceFirst("\"y\"", "\"z\""));
        startAgain("push");

        assertThat(site.ledger().runs("state", "net")).containsExactly("failed");
        assertThat(site.ledger().all("SELECT reason FROM run WHERE phase = 'state'"))
                .singleElement()
                .asString()
                .contains("the server died while it wrote this to the backend", "plumbline state list main:net");
    }
}
