package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.access.Role;
import dev.plumbline.app.ServerFixture.Ended;
import dev.plumbline.app.ServerFixture.Holder;
import dev.plumbline.git.GitClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holders of tokens can do by command and by real Git, and what those read who can't. */
class TokenIT {
    @TempDir
    private Path folder;

    @Test
    void a_token_is_made_listed_used_and_revoked_by_command() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Ended made = plumbline.cli("token", "create", "ada", "--role", "push", "--expires", "30d");

            assertThat(made.out()).matches("plumbline_[A-Za-z0-9_-]{43}\n");
            assertThat(made.err()).contains("ada (push, until ", "not shown again");
            assertThat(plumbline.cli("whoami").out()).isEqualTo("owner (admin)\n");
            Holder bob = plumbline.holder("bob", Role.READ);
            assertThat(bob.cli("whoami").out()).isEqualTo("bob (read)\n");
            assertThat(plumbline.cli("token", "list").out())
                    .containsPattern(
                            "bob +read +live .* owner +just now +never|bob +read +live .* owner +\\d+ s ago +never")
                    .containsPattern("ada +push +live .* owner +- +2");

            assertThat(plumbline.cli("token", "revoke", "bob").exit()).isZero();
            assertThat(bob.cli("whoami").err())
                    .contains("The token bob was revoked at ", "plumbline token create bob --role read");
            assertThat(bob.cli("approve", "--all").err()).contains("The token bob was revoked at ");
            assertThat(plumbline.cli("token", "revoke", "bob").err()).contains("no token 'bob' to revoke");
            assertThat(plumbline.json("token", "list")).hasSize(1);
            assertThat(plumbline.json("token", "list", "--all")).hasSize(2);
        }
    }

    @Test
    void only_admins_handle_tokens() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Holder eve = plumbline.holder("eve", Role.APPROVE);

            Ended tried = eve.cli("token", "create", "eve2", "--role", "admin");

            assertThat(tried.exit()).isEqualTo(3);
            assertThat(tried.err())
                    .contains("The token of eve has the role approve; this needs admin.")
                    .contains("Ask an admin");
            Ended misspelt = plumbline.cli("token", "create", "x", "--role", "king");
            assertThat(misspelt.exit()).isEqualTo(64);
            assertThat(misspelt.err()).contains("'king'", "read, push, approve, admin");
        }
    }

    @Test
    void what_a_role_does_not_allow_is_refused_like_what_a_rule_forbids() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            plumbline.repo("main").stack("stacks/a", "one").commit("First").push("main");

            Ended tried = plumbline.holder("rita", Role.READ).cli("approve", "stacks/a");

            assertThat(tried.exit()).isEqualTo(3);
            assertThat(tried.err()).contains("The token of rita has the role read; this needs approve.");
            assertThat(plumbline.state("stacks/a")).isEqualTo("awaiting-approval");
        }
    }

    @Test
    void git_clones_with_reading_and_is_told_which_role_a_push_needs() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            plumbline.repo("main").stack("stacks/a", "one").commit("First").push("main");
            Holder reader = plumbline.holder("rita", Role.READ);
            Repo checkout = reader.clone("main");

            Repo.Pushed push =
                    checkout.branch("wish").write("x.txt", "x").commit("Wish").push("wish");

            assertThat(push.exit()).isNotZero();
            assertThat(push.output())
                    .contains("The token of rita has the role read; this needs push.")
                    .contains("plumbline token create NAME --role push");
            assertThat(plumbline.json("changes")).isEmpty();
        }
    }

    @Test
    void git_is_told_that_a_token_was_revoked_and_when() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            plumbline.repo("main").stack("stacks/a", "one").commit("First").push("main");
            Holder ada = plumbline.holder("ada", Role.PUSH);
            Repo checkout = ada.clone("main");
            plumbline.cli("token", "revoke", "ada");

            Repo.Pushed push = checkout.commit("More").push("main");
            GitClient.Ended fetched = new GitClient(checkout.folder()).tryRun("fetch", ada.remote("main"));

            assertThat(push.exit()).isNotZero();
            assertThat(push.output()).contains("The token ada was revoked at ");
            assertThat(fetched.output()).contains("The token ada was revoked at ");
        }
    }

    @Test
    void git_commands_and_pages_say_that_a_token_expired_and_when() throws Exception {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            plumbline.repo("main").stack("stacks/a", "one").commit("First").push("main");
            Holder ada =
                    plumbline.holder("ada", Role.PUSH, "token", "create", "ada", "--role", "push", "--expires", "1h");
            Repo checkout = ada.clone("main");
            plumbline.clockMoves(Duration.ofHours(2));

            GitClient.Ended fetched = new GitClient(checkout.folder()).tryRun("fetch", ada.remote("main"));
            HttpResponse<String> page = logIn(plumbline, ada.token());

            assertThat(ada.cli("status").err()).contains("The token ada expired at ");
            assertThat(fetched.output()).contains("The token ada expired at ");
            assertThat(page.statusCode()).isEqualTo(401);
            assertThat(page.body()).contains("The token ada expired at ");
            assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void the_cookie_of_a_session_never_travels_in_clear_where_people_come_by_https() throws Exception {
        try (ServerFixture plumbline = ServerFixture.started(folder, "public_url: https://plumbline.example.com\n")) {
            Holder ada = plumbline.holder("ada", Role.READ);

            assertThat(logIn(plumbline, ada.token()).headers().firstValue("Set-Cookie"))
                    .hasValueSatisfying(
                            cookie -> assertThat(cookie).contains("; Secure", "; HttpOnly", "; SameSite=Strict"));
            assertThat(plumbline.server().loginLink()).startsWith("https://plumbline.example.com/login/");
        }
    }

    @Test
    void a_page_that_nobody_touches_does_not_keep_its_reader_logged_in() throws Exception {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Holder ada = plumbline.holder("ada", Role.READ);
            String cookie = logIn(plumbline, ada.token())
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow()
                    .replaceFirst(";.*", "");
            plumbline.clockMoves(Duration.ofHours(11));
            assertThat(seen(plumbline, cookie, "Accept", "text/html")).isEqualTo(200);
            plumbline.clockMoves(Duration.ofHours(11));
            assertThat(seen(plumbline, cookie, "X-By-Itself", "true"))
                    .as("its reader used it since")
                    .isEqualTo(200);
            plumbline.clockMoves(Duration.ofHours(2));

            assertThat(seen(plumbline, cookie, "X-By-Itself", "true")).isEqualTo(401);
        }
    }

    private static int seen(ServerFixture plumbline, String cookie, String header, String value) throws Exception {
        HttpRequest stacks = HttpRequest.newBuilder(plumbline.server().url())
                .header("Cookie", cookie)
                .header(header, value)
                .build();
        return HttpClient.newHttpClient()
                .send(stacks, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static HttpResponse<String> logIn(ServerFixture plumbline, String token) throws Exception {
        HttpRequest form = HttpRequest.newBuilder(plumbline.server().url().resolve("/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("next=/&token=" + token))
                .build();
        return HttpClient.newHttpClient().send(form, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void what_was_pushed_and_done_is_known_by_the_name_of_the_token() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            plumbline.repo("main").stack("stacks/a", "one").commit("First").push("main");
            Holder ada = plumbline.holder("ada", Role.PUSH);
            Holder grace = plumbline.holder("grace", Role.APPROVE);
            ada.clone("main")
                    .branch("next")
                    .stack("stacks/a", "two")
                    .commit("Next")
                    .push("next");

            assertThat(grace.cli("approve", "a").exit()).isZero();

            assertThat(plumbline.json("changes").get(0).get("author").asString())
                    .isEqualTo("ada");
            assertThat(plumbline.history())
                    .anyMatch(line -> line.startsWith("ada change #1: opened"))
                    .anyMatch(line -> line.startsWith("grace approve main:stacks/a: "));
        }
    }

    @Test
    void a_pusher_cancels_and_retries_plans_of_changes_but_not_what_main_asked_for() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            plumbline.repo("main").stack("stacks/a", "one").commit("First").push("main");
            Holder ada = plumbline.holder("ada", Role.PUSH);
            Repo checkout =
                    ada.clone("main").branch("next").stack("stacks/a", "two").commit("Next");
            plumbline.hold("plan", "stacks/a");
            Repo.Pushing pushing = checkout.pushing("next").says("stacks/a: planning");

            Ended intent = ada.cli("cancel", "a");
            Ended all = ada.cli("cancel", "--all");
            Ended change = ada.cli("cancel", "--no-wait", "#1");

            assertThat(intent.exit()).isEqualTo(3);
            assertThat(intent.err() + intent.out())
                    .contains(
                            "to cancel stacks/a is not for you: The token of ada has the role push; this needs approve.");
            assertThat(all.exit()).isEqualTo(3);
            assertThat(change.exit()).as(change.all()).isZero();
            plumbline.release("plan");
            pushing.ended();
            assertThat(plumbline.state("stacks/a")).isEqualTo("awaiting-approval");
            assertThat(ada.cli("retry", "#1").exit()).isZero();
            assertThat(ada.cli("approve", "a").err()).contains("has the role push; this needs approve");
        }
    }
}
