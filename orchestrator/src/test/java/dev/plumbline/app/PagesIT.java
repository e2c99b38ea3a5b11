package dev.plumbline.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser, of a real server with real Git and Terraform behind it. */
class PagesIT {
    @TempDir
    private static Path folder;

    private static ServerFixture server;
    private static Browser browser;
    private static Repo main;

    @BeforeAll
    static void start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        browser = Browser.started();
        server = ServerFixture.started(folder, "limits: { grace: 2s }\n");
        main = server.repo("main")
                .stack("stacks/network", "one")
                .stack("stacks/dns", "one")
                .reader("stacks/app", "network")
                .stack("stacks/keys", "one")
                .commit("Begin");
        main.push("main");
        server.awaits("stacks/network", "awaiting-approval")
                .awaits("stacks/dns", "awaiting-approval")
                .awaits("stacks/keys", "awaiting-approval");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void no_page_broke_or_asked_for_what_the_policy_forbids() {
        browser.complainedOfNothing();
        browser.everybodyLeaves();
    }

    @Test
    void a_link_that_serve_prints_logs_in_once_and_shows_the_stacks() {
        String link = server.server().loginLink();
        Page page = browser.visitor();

        Browser.use(page, link);
        page.waitForURL(server.server().url() + "/");

        assertThat(row(page, "stacks/dns")).containsText("awaiting-approval");
        Page other = browser.visitor();
        Response again = Objects.requireNonNull(other.navigate(link));
        assertThat(again.status()).isEqualTo(403);
        assertThat(other.getByRole(AriaRole.ALERT)).containsText("used already");
        assertThat(other.getByRole(AriaRole.HEADING)).containsText("Log in");
    }

    @Test
    void a_link_that_a_chat_looked_up_still_logs_in_and_names_whom_also_without_script() {
        String link = server.server().loginLink();
        for (String method : List.of("HEAD", "GET")) {
            assertThat(looked(method, link).statusCode()).as(method).isEqualTo(200);
        }
        Page page =
                browser.visitor(new com.microsoft.playwright.Browser.NewContextOptions().setJavaScriptEnabled(false));

        page.navigate(link);

        assertThat(page.locator("main")).containsText("logs this browser in as owner, role admin");
        Browser.button(page, "Log in").click();
        assertThat(page.locator("tbody tr")).not().hasCount(0);
        assertThat(looked("HEAD", link).statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> looked(String method, String link) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(link))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_page_shows_what_changed_between_its_making_and_the_moment_it_listens() {
        Page page = browser.owner(server);
        page.route("**/events", route -> {
            main.checkout("main").branch("meanwhile").commit("Meanwhile").push("meanwhile");
            route.resume();
        });

        page.navigate(server.server().url() + "/changes");

        assertThat(page.locator("tbody tr").filter(with("meanwhile"))).hasCount(1);
    }

    @Test
    void a_push_becomes_a_plan_before_the_readers_eyes() {
        Page page = open("/changes");
        page.evaluate("window.neverReloaded = true");

        main.checkout("main")
                .branch("wider")
                .stack("stacks/dns", "two")
                .commit("A wider <script>alert(1)</script> DNS");
        Repo.Pushing push = main.pushing("wider");

        Locator change = page.locator("tbody tr").filter(with("wider"));
        assertThat(change).containsText("planned");
        assertThat(change).containsText("A wider <script>alert(1)</script> DNS");
        push.succeeds();
        assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
        change.getByRole(AriaRole.LINK).first().click();
        assertThat(page.locator("details.block[open] pre").first()).containsText("input = \"two\"");
    }

    @Test
    void what_is_approved_is_named_before_and_seen_applied_after() {
        Page page = open("/stack?id=stacks/network");
        page.evaluate("window.neverReloaded = true");
        String run = String.valueOf(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("would apply"))
                        .textContent())
                .replaceAll("\\D+", "");

        Browser.button(page, "Approve").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("Applies the plan r" + run + " to stacks/network, exactly as it was shown.");
        assertThat(dialog)
                .containsText(
                        "commit " + main.run("checkout", "-q", "main").head().substring(0, 8));
        assertThat(dialog).containsText("1 to add, 0 to change, 0 to destroy, 0 to replace");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Approve"))
                .click();
        assertThat(dialog).containsText("under way");
        dialog.getByText("Close").click();

        assertThat(page.locator(".lead .state")).hasText("applied");
        assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
        page.locator("tbody tr")
                .filter(with("apply"))
                .getByRole(AriaRole.LINK)
                .first()
                .click();
        assertThat(page.locator(".steps li")).containsText("terraform_data.it");
        assertThat(page.locator("#log")).containsText("Creation complete");
    }

    @Test
    void a_run_is_cancelled_from_its_page() {
        server.hold("plan", "stacks/held");
        main.checkout("main").branch("held").stack("stacks/held", "one").commit("Held");
        Repo.Pushing push = main.pushing("held");
        push.says("planning");
        Page page = open("/runs");
        page.locator("tbody tr")
                .filter(with("stacks/held"))
                .getByRole(AriaRole.LINK)
                .first()
                .click();
        assertThat(page.locator(".lead .state")).hasText("planning");

        Browser.button(page, "Cancel").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("the plan of stacks/held");
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"))
                .click();

        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("under way");
        assertThat(page.locator(".lead .state")).hasText("cancelled");
        server.release("plan");
        push.ended();
    }

    @Test
    void everything_is_reached_and_done_by_keyboard() {
        Page page = open("/");
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to content")).isFocused();
        tabTo(page, "stacks/keys");
        page.keyboard().press("Enter");
        page.waitForURL("**/stack?id=stacks%2Fkeys");
        tabTo(page, "Approve");
        page.keyboard().press("Enter");
        Locator confirm = page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Approve"));
        assertThat(confirm).isFocused();

        page.keyboard().press("Escape");

        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        assertThat(Browser.button(page, "Approve")).isFocused();
        assertThat(server.state("stacks/keys")).isEqualTo("awaiting-approval");

        page.keyboard().press("Enter");
        assertThat(confirm).isFocused();
        page.keyboard().press("Enter");

        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("under way");
        assertThat(page.locator(".lead .state")).hasText("applied");
        server.awaits("stacks/keys", "applied");
    }

    @Test
    void the_graph_draws_a_stack_that_reads_another_with_an_arrow_between_them() {
        Page page = open("/graph");

        assertThat(page.locator(".graph svg a.node").filter(with("stacks/network: ")))
                .hasCount(1);
        assertThat(page.locator(".graph svg a.node").filter(with("stacks/app: ")))
                .hasCount(1);
        assertThat(page.locator(".graph svg path.edge")).hasCount(1);
        assertThat(page.locator(".graph svg path.edge title")).hasText("stacks/network → stacks/app");
        page.locator(".graph svg a.node").filter(with("stacks/app: ")).click();
        assertThat(page.getByRole(AriaRole.HEADING).first()).hasText("stacks/app");
    }

    @Test
    void no_page_is_wider_than_a_phone() {
        Page page = browser.visitor(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(360, 720)
                .setHasTouch(true));
        Browser.logIn(page, server);
        for (String path : List.of(
                "/",
                "/stack?id=stacks/app",
                "/changes?all=true",
                "/runs",
                "/runs/r1",
                "/queue",
                "/drift",
                "/graph",
                "/nothing")) {
            page.navigate(server.server().url() + path);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as(path)
                    .isEqualTo(true);
        }
    }

    @Test
    void whoever_likes_it_dark_reads_light_on_dark() {
        Page page = browser.visitor(
                new com.microsoft.playwright.Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
        Browser.logIn(page, server);

        assertThat(page.locator("body")).hasCSS("background-color", "rgb(15, 20, 27)");
        assertThat(page.locator("body")).hasCSS("color", "rgb(227, 232, 239)");
    }

    @Test
    void a_reader_sees_everything_and_no_buttons_and_a_form_sent_by_hand_is_refused() {
        Page page = withToken("reader", "read");
        page.navigate(server.server().url() + "/stack?id=stacks/dns");
        assertThat(page.locator(".lead")).containsText("awaiting-approval");
        assertThat(page.locator(".actions")).hasCount(0);
        String key = page.locator("input[name=key]").inputValue();

        assertThat(post(page, "/act", "action=approve&target=stacks/dns&key=" + key))
                .isEqualTo(403);
        assertThat(post(page, "/act", "action=drift-check&target=stacks/dns&key=" + key))
                .isEqualTo(403);
        assertThat(server.state("stacks/dns")).isEqualTo("awaiting-approval");
    }

    @Test
    void a_form_without_the_sessions_key_does_nothing() {
        Page page = open("/");

        assertThat(post(page, "/act", "action=approve&target=stacks/dns")).isEqualTo(403);
        assertThat(post(page, "/act", "action=approve&target=stacks/dns&key=guessed"))
                .isEqualTo(403);
        assertThat(post(page, "/api/v1/approve", "{\"names\":[\"stacks/dns\"]}"))
                .isEqualTo(403);
        assertThat(server.state("stacks/dns")).isEqualTo("awaiting-approval");
    }

    @Test
    void a_session_ends_with_its_token() {
        Page page = withToken("leaver", "push");
        assertThat(row(page, "stacks/dns")).isVisible();

        server.cli("token", "revoke", "leaver");
        page.reload();

        assertThat(page).hasURL(Pattern.compile(".*/login.*"));
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Log in");
    }

    @Test
    void who_logs_out_is_out() {
        Page page = open("/");
        page.getByText("Log out").click();

        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Log in");
        page.navigate(server.server().url() + "/runs");
        assertThat(page).hasURL(Pattern.compile(".*/login\\?next=%2Fruns"));
    }

    @Test
    void names_from_repositories_are_text_whatever_they_hold() {
        main.checkout("main")
                .branch("a<b>c")
                .stack("stacks/hostile", "</pre><img src=x onerror=alert(2)>")
                .commit("<svg onload=alert(1)>");
        main.push("a<b>c");
        Page page = open("/changes");
        List<String> alerts = new CopyOnWriteArrayList<>();
        page.onDialog(dialog -> {
            alerts.add(dialog.message());
            dialog.dismiss();
        });

        Locator change = page.locator("tbody tr").filter(with("<svg onload=alert(1)>"));
        assertThat(change).containsText("a<b>c");
        change.getByRole(AriaRole.LINK).first().click();

        assertThat(page.getByRole(AriaRole.HEADING).first()).containsText("<svg onload=alert(1)>");
        assertThat(page.locator("pre.diff").first()).containsText("</pre><img src=x onerror=alert(2)>");
        assertThat(page.locator("main svg")).hasCount(0);
        assertThat(page.locator("main img")).hasCount(0);
        assertThat(alerts).isEmpty();
    }

    @Test
    void an_address_that_leads_nowhere_says_so_on_a_page() {
        Page page = open("/");
        Response response = Objects.requireNonNull(page.navigate(server.server().url() + "/changes/999"));

        assertThat(response.status()).isEqualTo(404);
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("There is no change #999.");
        Response nothing = Objects.requireNonNull(page.navigate(server.server().url() + "/%2e%2e/%2e%2e/etc/passwd"));
        assertThat(nothing.status()).isEqualTo(404);
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("There is nothing at that address.");
        page.getByText("Go to the stacks").click();
        assertThat(row(page, "stacks/dns")).isVisible();
    }

    @Test
    void a_stack_is_found_among_a_thousand_while_it_is_typed(@TempDir Path other) {
        try (ServerFixture large = ServerFixture.started(other)) {
            large.hold("plan", "");
            Repo repo = large.repo("main");
            for (int number = 0; number < 1000; number++) {
                repo.stack("stacks/team-" + number % 10 + "/service-" + number, "one");
            }
            repo.commit("A thousand stacks").push("--push-option=detach", "main");
            Page page = browser.owner(large);
            assertThat(page.locator(".pager")).containsText("1–100 of 1000");
            assertThat((int) page.evaluate("document.querySelectorAll('*').length"))
                    .isLessThan(3000);
            page.getByText("Next").click();
            assertThat(page.locator(".pager")).containsText("101–200 of 1000");
            // Before its scripts run, nobody hears what is typed.
            page.waitForLoadState();

            page.getByRole(AriaRole.SEARCHBOX).pressSequentially("service-777");

            assertThat(page.locator(".pager")).containsText("1–1 of 1");
            assertThat(row(page, "stacks/team-7/service-777")).isVisible();
            assertThat(page).hasURL(Pattern.compile(".*q=service-777.*"));
            page.navigate(large.server().url() + "/graph");
            assertThat(page.locator("main")).containsText("Choose the stack to look around");
        }
    }

    @Test
    void a_log_of_fifty_megabytes_is_followed_from_its_end(@TempDir Path other) throws IOException {
        try (ServerFixture large = ServerFixture.started(other)) {
            large.hold("plan", "");
            large.repo("main").stack("stacks/a", "one").commit("Begin").push("--push-option=detach", "main");
            large.awaitsCalls("plan", 1);
            Path log = other.resolve("home/runs/r1/log");
            String lines = "a line of a log that nobody reads to its end, with its number\n".repeat(1000);
            for (int megabytes = 0; megabytes < 50; megabytes++) {
                Files.writeString(log, lines.repeat(17), StandardOpenOption.APPEND);
            }
            Files.writeString(log, "the last line\n", StandardOpenOption.APPEND);
            Page page = browser.owner(large);

            page.navigate(large.server().url() + "/runs/r1");
            assertThat(page.locator("#log")).containsText("the last line");
            assertThat(page.getByText("Earlier lines are left out here.")).isVisible();
            Files.writeString(log, "one more\n", StandardOpenOption.APPEND);
            assertThat(page.locator("#log")).containsText("one more");

            assertThat((int) page.evaluate("document.getElementById('log').textContent.length"))
                    .isLessThan(300_000);
            Object whole = page.evaluate("fetch('/runs/r1/log.txt').then(a => a.text()).then(t => t.length)");
            assertThat(((Number) whole).longValue()).isEqualTo(Files.size(log));
        }
    }

    private static Page open(String path) {
        Page page = browser.owner(server);
        page.navigate(server.server().url() + path);
        return page;
    }

    /** Somebody who logged in with a new token, typed into the form. */
    private static Page withToken(String name, String role) {
        String token = server.json("token", "create", name, "--role", role)
                .get("secret")
                .asString();
        Page page = browser.visitor();
        page.navigate(server.server().url() + "/");
        page.getByLabel("Or type your token").fill(token);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        page.waitForURL(server.server().url() + "/");
        return page;
    }

    private static int post(Page page, String path, String body) {
        return ((Number) page.evaluate(
                        "([path, body]) => fetch(path, {method: 'POST', body, headers: {'Content-Type':"
                                + " 'application/x-www-form-urlencoded'}}).then(answer => answer.status)",
                        List.of(path, body)))
                .intValue();
    }

    private static void tabTo(Page page, String text) {
        for (int presses = 0; presses < 60; presses++) {
            page.keyboard().press("Tab");
            if (text.equals(page.evaluate("document.activeElement.textContent.trim()"))) {
                return;
            }
        }
        throw new AssertionError("the Tab key never reached '" + text + "'");
    }

    private static Locator.FilterOptions with(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static Locator row(Page page, String stack) {
        return page.locator("tbody tr")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.LINK,
                                new Page.GetByRoleOptions().setName(stack).setExact(true))));
    }
}
