package dev.plumbline.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import dev.plumbline.process.Outliving;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the real server stops when it is asked to, and how it refuses to start. */
class StartAndStopTest {
    /** What a JVM that ended by SIGTERM leaves. */
    private static final int TERMINATED = 128 + 15;

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
    void a_server_that_is_stopped_while_it_plans_takes_its_terraform_along_and_plans_again_at_the_next_start() {
        site.withTerraform("""
                case " $* " in *" plan "*)
                  echo $$ >> %s
                  until [ -e %s ]; do sleep 0.05; done;;
                esac""".formatted(site.file("plans"), site.file("plan.gate")));
        site.start();
        site.git()
                .write("net/main.tf", "resource \"terraform_data\" \"x\" {}\n")
                .commit("First");
        site.push("main");
        site.until("the plan began", () -> site.lines("plans").size() == 1);

        ServerProcess.Ended stopped = site.server().stop();

        assertThat(stopped.status()).as(stopped.said()).isEqualTo(TERMINATED);
        assertThat(stopped.said()).doesNotContain("Exception", "ERROR");
        assertThat(Files.exists(site.home().resolve("server.json"))).isFalse();
        assertThat(site.processesInHome()).isEmpty();
        site.openGate("plan");
        site.start();
        site.untilIntents("net awaiting-approval");
        assertThat(site.ledger().runs("plan", "net")).containsExactly("planned");
    }

    @Test
    void what_it_prints_at_its_start_works_as_it_stands_there_and_holds_no_token() throws Exception {
        site.start();
        site.git()
                .write("net/main.tf", "resource \"terraform_data\" \"x\" {}\n")
                .commit("First");
        String typed = site.server()
                .said()
                .lines()
                .filter(line -> line.startsWith("  git "))
                .collect(Collectors.joining("\n"));
        Path said = site.file("typed.out");
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", typed)
                .directory(site.git().folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        shell.environment().keySet().removeIf(name -> name.startsWith("GIT_") || name.endsWith("_proxy"));
        shell.environment().put("HOME", folder.toString());
        shell.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        shell.environment().put("GIT_TERMINAL_PROMPT", "0");

        Process ended = shell.start();

        assertThat(ended.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(ended.exitValue()).as(typed + Files.readString(said)).isZero();
        assertThat(Files.readString(said)).contains("remote: main is at ");
        assertThat(Files.readString(folder.resolve(".gitconfig"))).contains("git-credential --home " + site.home());
        assertThat(site.server().said())
                .doesNotContain(Files.readString(site.home().resolve("token")).strip());
    }

    @Test
    void where_an_apply_outlives_the_server_it_is_left_to_itself_and_adopted_at_the_next_start() {
        Outliving here = Outliving.here(System.getenv());
        RealParts.require("outliving", Optional.of(here).filter(found -> !drains(found.kind())), here.sentence());
        startAnApply();

        ServerProcess.Ended stopped = site.server().stop();

        assertThat(stopped.status()).as(stopped.said()).isEqualTo(TERMINATED);
        assertThat(stopped.said()).doesNotContain("Exception", "ERROR");
        assertThat(Files.exists(site.home().resolve("server.json"))).isFalse();
        assertThat(site.processesInHome()).isNotEmpty();
        site.start();
        site.openGate("net");
        site.untilIntents("app awaiting-approval", "net applied");
        assertThat(site.ledger().runs("apply", "net")).containsExactly("applied");
        assertThat(site.lines("net.done")).hasSize(1);
    }

    @Test
    void where_no_apply_outlives_the_server_it_stops_once_the_apply_has_ended_and_begins_nothing_more() {
        site.under("env", "container=as-far-as-the-server-can-tell");
        startAnApply();

        site.server().terminate();
        site.until("it says what it waits for", () -> site.server().said().contains("waiting for r2 of net to end"));
        site.openGate("net");
        ServerProcess.Ended stopped = site.server().ended();

        assertThat(stopped.status()).as(stopped.said()).isEqualTo(TERMINATED);
        assertThat(stopped.said()).doesNotContain("Exception", "ERROR");
        assertThat(Files.exists(site.home().resolve("server.json"))).isFalse();
        assertThat(site.ledger().runs("apply", "net")).containsExactly("applied");
        assertThat(site.processesInHome()).isEmpty();
        site.start();
        site.untilIntents("app awaiting-approval", "net applied");
        assertThat(site.lines("net.done")).hasSize(1);
    }

    private static boolean drains(Outliving.Kind kind) {
        return kind == Outliving.Kind.CONTAINER || kind == Outliving.Kind.UNSUPPORTED;
    }

    private void startAnApply() {
        site.start();
        site.git()
                .write(
                        "net/main.tf",
                        "resource \"terraform_data\" \"x\" {\n  provisioner \"local-exec\" { command = \""
                                + site.gated("net") + "\" }\n}\noutput \"id\" { value = 1 }\n")
                .write("app/main.tf", "variable \"id\" {}\nresource \"terraform_data\" \"y\" { input = var.id }\n")
                .write("app/stack.yaml", "inputs: { id: net.id }\n")
                .commit("First");
        site.push("main");
        site.untilIntents("app blocked", "net awaiting-approval");
        site.act("approve");
        site.until("the apply runs", () -> site.lines("net.began").size() == 1);
    }

    @Test
    void a_port_that_is_taken_is_said_in_a_line() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(site.home(), List.of(String.valueOf(taken.getLocalPort())), "--port", "" + taken.getLocalPort());
        }
    }

    @Test
    void a_home_that_another_server_has_is_said_in_a_line() {
        site.start();

        refused(site.home(), List.of("Another server", site.home().toString()), "--port", "0");
        assertThat(site.home().resolve("server.json")).as("the other one's").exists();
    }

    @Test
    void a_home_that_can_not_be_made_is_said_in_a_line() {
        Site.write(site.file("file"), "");

        refused(site.file("file"), List.of(site.file("file").toString()), "--port", "0");
    }

    @Test
    void a_key_that_is_none_is_said_in_a_line() throws IOException {
        Files.createDirectories(site.home());
        Site.write(site.home().resolve("key"), "not a key\n");

        refused(site.home(), List.of(site.home().resolve("key").toString()), "--port", "0");
    }

    @Test
    void a_damaged_database_is_said_in_a_line() throws IOException {
        Files.createDirectories(site.home());
        Site.write(site.home().resolve("plumbline.db"), "This is no database.\n".repeat(500));

        refused(site.home(), List.of(site.home().resolve("plumbline.db").toString()), "--port", "0");
    }

    private static void refused(Path home, List<String> words, String... options) {
        try (ServerProcess server = ServerProcess.launch(home, List.of(), options)) {
            ServerProcess.Ended ended = server.ended();
            assertThat(ended.status()).as(ended.said()).isEqualTo(1);
            assertThat(ended.said().lines().toList())
                    .as(ended.said())
                    .hasSizeLessThanOrEqualTo(2)
                    .first()
                    .asString()
                    .startsWith("plumbline: ")
                    .contains(words);
            assertThat(ended.said()).doesNotContain("\tat ");
        }
    }
}
