package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.access.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a state is looked for, by whose code, and with which credentials. */
class StatePlaceIT {
    @TempDir
    private Path folder;

    private final List<String> users = new CopyOnWriteArrayList<>();
    private volatile byte[] kept = new byte[0];
    private Path states = Path.of("");
    private HttpServer backend;
    private ServerFixture plumbline;

    @BeforeEach
    void start() throws IOException {
        states = Files.createDirectories(folder.resolve("states")).toRealPath();
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", this::answer);
        backend.start();
        plumbline = ServerFixture.started(folder, """
                local_backends: ["%s"]
                environment:
                  - set: { TF_HTTP_ADDRESS: "%s", TF_HTTP_PASSWORD: "a-hidden-word" }
                  - { phase: plan, set: { TF_HTTP_USERNAME: planner } }
                  - { phase: apply, set: { TF_HTTP_USERNAME: applier } }
                """.formatted(states, address()));
    }

    @AfterEach
    void stop() {
        plumbline.close();
        backend.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + backend.getAddress().getPort() + "/state";
    }

    /** Keeps a state for those who name themselves, and writes down who did. */
    private void answer(HttpExchange exchange) throws IOException {
        String credentials = new String(
                Base64.getDecoder()
                        .decode(exchange.getRequestHeaders()
                                .getFirst("Authorization")
                                .substring("Basic ".length())),
                StandardCharsets.UTF_8);
        users.add(credentials.substring(0, credentials.indexOf(':')));
        byte[] sent = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("POST")) {
            kept = sent;
        }
        boolean broken = exchange.getRequestURI().getPath().contains("broken");
        byte[] answer = exchange.getRequestMethod().equals("GET") ? kept : new byte[0];
        exchange.sendResponseHeaders(broken ? 403 : 200, answer.length == 0 ? -1 : answer.length);
        if (answer.length > 0) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private static Repo http(Repo repo) {
        return repo.write("stacks/a/main.tf", """
                terraform {
                  backend "http" {}
                }
                resource "terraform_data" "it" { input = "one" }
                """);
    }

    private Repo local(Repo repo, String stack, String file, String value) {
        return repo.write(stack + "/main.tf", """
                terraform {
                  backend "local" { path = "%s/%s" }
                }
                resource "terraform_data" "it" { input = "%s" }
                """.formatted(states, file, value));
    }

    private Repo applied(Repo repo) {
        repo.commit("First").push("main");
        plumbline.does("approve", "--all");
        return repo;
    }

    @Test
    void a_state_is_read_with_what_plans_are_given_and_changed_with_what_applies_are() {
        applied(http(plumbline.repo("main")));
        users.clear();

        assertThat(plumbline.holder("rita", Role.READ).cli("state", "list", "a").out())
                .isEqualTo("terraform_data.it\n");
        plumbline.does("state", "pull", "a");
        assertThat(users).isNotEmpty().containsOnly("planner");
        users.clear();
        plumbline.does("state", "mv", "a", "terraform_data.it", "terraform_data.other");

        assertThat(users).isNotEmpty().containsOnly("applier");
    }

    @Test
    void secrets_of_the_environment_are_masked_where_a_backend_can_not_be_reached() {
        plumbline
                .repo("main")
                .write("stacks/a/main.tf", """
                        terraform {
                          backend "http" { address = "%s/broken/a-hidden-word" }
                        }
                        resource "terraform_data" "it" {}
                        """.formatted(address().replaceFirst("/state$", "")))
                .commit("First")
                .push("main");

        assertThat(plumbline.fails("state", "list", "a").all())
                .contains("can't be read")
                .doesNotContain("hidden");
        String run = plumbline.runs("state").get(0).get("id").asString();
        assertThat(plumbline.cli("logs", run).all()).contains("failed").doesNotContain("hidden");
    }

    @Test
    void a_state_stays_where_it_was_applied_while_main_wants_it_elsewhere() {
        Repo repo = applied(local(plumbline.repo("main"), "stacks/a", "a.tfstate", "one"));
        local(repo, "stacks/a", "b.tfstate", "one").commit("Elsewhere").push("main");

        assertThat(plumbline.holder("rita", Role.READ).cli("state", "list", "a").out())
                .isEqualTo("terraform_data.it\n");
        assertThat(plumbline.does("state", "pull", "a").out()).contains("\"one\"");
        plumbline.does("state", "mv", "a", "terraform_data.it", "terraform_data.other");
        assertThat(ServerFixture.read(states.resolve("a.tfstate"))).contains("\"other\"");
        plumbline.does("state", "rm", "a", "terraform_data.other");
        assertThat(states.resolve("b.tfstate")).doesNotExist();

        plumbline.does("state", "migrate", "a");

        plumbline.does("state", "push", "--force", "a", "states/a.tfstate");
        assertThat(ServerFixture.read(states.resolve("b.tfstate"))).contains("\"lineage\"");
    }

    @Test
    void code_that_was_never_applied_is_run_for_admins_only() {
        Repo repo = plumbline.repo("main").stack("stacks/b", "x").commit("First");
        repo.push("main");
        local(repo.branch("feature"), "stacks/a", "a.tfstate", "one")
                .commit("A")
                .push("feature");
        ServerFixture.Holder reader = plumbline.holder("rita", Role.READ);

        assertThat(reader.cli("state", "list", "a").all())
                .contains("only code names which was never applied", "ask an admin");
        assertThat(plumbline.runs("state")).isEmpty();
        assertThat(plumbline.does("state", "list", "a").out()).isEmpty();
        repo.checkout("main").run("merge", "-q", "feature").push("main");
        assertThat(reader.cli("state", "list", "a").out()).isEqualTo("terraform_data.it\n");
    }

    @Test
    void twenty_who_ask_at_once_share_one_run_and_one_more_is_told_to_ask_again() throws InterruptedException {
        applied(local(plumbline.repo("main"), "stacks/a", "a.tfstate", "one"));
        plumbline.hold("state", "stacks/a");
        List<String> said = new CopyOnWriteArrayList<>();
        List<Thread> askers = new ArrayList<>();
        for (int number = 0; number < 20; number++) {
            Thread asker = new Thread(
                    () -> said.add(plumbline.does("state", "list", "a").out()));
            askers.add(asker);
            asker.start();
        }
        Awaitility.await().until(() -> readers() == 20);

        assertThat(plumbline.fails("state", "list", "a").all()).contains("20 others wait for states", "Ask again");
        plumbline.release("state");
        for (Thread asker : askers) {
            asker.join();
        }

        assertThat(said).hasSize(20).containsOnly("terraform_data.it\n");
        assertThat(plumbline.runs("state")).hasSize(1);
        assertThat(folder.resolve("home/artifacts/pulled")).isEmptyDirectory();
    }

    /** Threads of the server that wait for a state. */
    private static long readers() {
        return Thread.getAllStackTraces().values().stream()
                .filter(frames -> List.of(frames).stream()
                        .anyMatch(frame -> frame.getClassName().endsWith(".StateReads")
                                && frame.getMethodName().equals("await")))
                .count();
    }

    @Test
    void a_name_that_several_stacks_of_open_changes_may_mean_is_refused_with_all_of_them() {
        Repo repo = plumbline.repo("main").stack("stacks/b", "x").commit("First");
        repo.push("main");
        repo.branch("feature")
                .stack("one/a", "1")
                .stack("two/a", "2")
                .commit("Two")
                .push("feature");
        ServerFixture.write(folder.resolve("mine"), "not looked at");

        assertThat(plumbline.fails("state", "push", "a", "mine").all()).contains("'a' may be any of one/a, two/a");
        assertThat(plumbline.fails("state", "push", "no", "mine").all()).contains("no stack is called 'no'");
        assertThat(plumbline.runs("state")).isEmpty();
    }

    @Test
    void a_change_of_another_repository_moves_nothing() {
        applied(plumbline.repo("main").stack("stacks/a", "one"));
        Repo other = applied(plumbline.repo("other").stack("stacks/a", "one"));
        local(other.branch("feature"), "stacks/a", "other.tfstate", "one")
                .commit("Elsewhere")
                .push("feature");

        assertThat(plumbline.fails("state", "migrate", "main:stacks/a").all()).contains("nothing to move");
        assertThat(states.resolve("other.tfstate")).doesNotExist();
        plumbline.does("state", "migrate", "other:stacks/a");
        assertThat(states.resolve("other.tfstate")).exists();
    }

    @Test
    void what_was_taken_along_long_ago_does_not_count_once_the_stack_was_applied_where_it_was() throws IOException {
        Repo repo = applied(local(plumbline.repo("main"), "stacks/a", "a.tfstate", "one"));
        local(repo.branch("feature"), "stacks/a", "b.tfstate", "one")
                .commit("Elsewhere")
                .push("feature");
        plumbline.does("state", "migrate", "a");
        plumbline.awaitsChange(1, "no-changes");
        local(repo.checkout("main"), "stacks/a", "a.tfstate", "two")
                .commit("Two")
                .push("main");
        plumbline.does("approve", "--all");
        Files.delete(states.resolve("b.tfstate"));

        Repo.Pushed merge = repo.run("merge", "-q", "-X", "theirs", "feature").push("main");

        assertThat(merge.said()).contains("1. plumbline state migrate main:stacks/a");
        assertThat(states.resolve("b.tfstate")).doesNotExist();
    }

    @Test
    void a_folder_with_a_backend_that_is_moved_and_changed_at_once_leaves_nothing_under_its_old_name() {
        Repo repo = applied(local(plumbline.repo("main"), "stacks/a", "a.tfstate", "one"));
        repo.run("mv", "stacks/a", "stacks/b");
        local(repo, "stacks/b", "a.tfstate", "two").commit("Moved").push("main");
        plumbline.does("approve", "--all");

        assertThat(plumbline.state("stacks/a")).isEqualTo("unknown stack");
        assertThat(plumbline.does("state", "pull", "b").out()).contains("\"two\"");
        assertThat(plumbline.calls("apply")).isEqualTo(2);
    }
}
