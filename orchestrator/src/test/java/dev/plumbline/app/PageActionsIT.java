package dev.plumbline.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.plumbline.access.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do by the buttons of pages, in a real browser of a real server, with scripts and without. */
class PageActionsIT {
    @TempDir
    private Path folder;

    private ServerFixture server;
    private Browser browser;

    @BeforeEach
    void start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        browser = Browser.started();
        server = ServerFixture.started(folder);
    }

    @AfterEach
    void stop() {
        browser.complainedOfNothing();
        browser.close();
        server.close();
    }

    @Test
    void several_that_await_approval_are_approved_at_once_after_each_of_them_was_named() {
        server.repo("main")
                .stack("team/one", "1")
                .stack("team/two", "2")
                .stack("other/three", "3")
                .commit("Begin")
                .push("main");
        Page page = browser.owner(server);
        assertThat(Browser.button(page, "Approve all 3")).isVisible();
        page.navigate(server.server().url() + "/?q=team");

        Browser.button(page, "Approve all 2").click();

        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog.getByRole(AriaRole.HEADING)).hasText("Approve these 2?");
        assertThat(dialog.locator("li")).hasCount(2);
        assertThat(dialog).containsText("to team/one, exactly as it was shown");
        assertThat(dialog).containsText("to team/two, exactly as it was shown");
        confirm(page, "Approve");
        server.awaits("team/one", "applied").awaits("team/two", "applied").awaits("other/three", "awaiting-approval");
        assertThat(page.locator("main .actions")).hasCount(0);

        page.navigate(server.server().url() + "/stack?id=team/one");
        assertThat(page.locator("table.versions tbody tr")).hasCount(1);
        assertThat(page.locator("table.versions")).containsText("owner");
        page.locator("table.versions").getByRole(AriaRole.LINK).click();
        assertThat(page.locator(".facts-list")).containsText("Approved by");
        assertThat(page.locator(".facts-list")).containsText("owner");
    }

    @Test
    void what_failed_is_retried_and_drift_is_checked_by_their_buttons() {
        Path allowed = folder.resolve("allowed");
        server.repo("main")
                .write("stacks/a/main.tf", """
                        resource "terraform_data" "it" {
                          provisioner "local-exec" { command = "test -e '%s'" }
                        }
                        """.formatted(allowed))
                .commit("Begin")
                .push("main");
        server.cli("approve", "a");
        server.awaits("stacks/a", "failed");
        ServerFixture.write(allowed, "");
        Page page = browser.owner(server);
        page.navigate(server.server().url() + "/stack?id=stacks/a");
        assertThat(page.locator(".lead .state")).hasText("failed");

        Browser.button(page, "Retry").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("stacks/a");
        confirm(page, "Retry");

        server.awaits("stacks/a", "awaiting-approval").does("approve", "--all");
        assertThat(page.locator(".lead .state")).hasText("applied");
        assertThat(page.locator("table.versions tbody tr")).hasCount(2);
        assertThat(page.locator("details.back pre")).containsText("plumbline state rollback main:stacks/a 1");
        assertThat(page.locator(".facts-list")).containsText("not checked");
        Browser.button(page, "Check drift").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("stacks/a");
        confirm(page, "Check drift");
        assertThat(page.locator(".facts-list")).containsText("none,");
    }

    @Test
    void what_was_given_up_is_applied_after_all_by_its_button() {
        server.repo("main").stack("stacks/a", "1").commit("Begin").push("main");
        server.awaits("stacks/a", "awaiting-approval").cli("cancel", "a");
        server.awaits("stacks/a", "cancelled");
        Page page = browser.owner(server);
        page.navigate(server.server().url() + "/stack?id=stacks/a");
        assertThat(page.locator(".lead .state")).hasText("cancelled");
        assertThat(Browser.button(page, "Approve")).hasCount(0);

        Browser.button(page, "Apply").click();
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Plans stacks/a at commit");
        confirm(page, "Apply");

        assertThat(page.locator(".lead .state")).hasText("awaiting-approval");
        assertThat(Browser.button(page, "Apply")).hasCount(0);
        Browser.button(page, "Approve").click();
        confirm(page, "Approve");
        server.awaits("stacks/a", "applied");
    }

    @Test
    void the_queue_names_what_runs_and_what_waits_for_its_lane_and_why() {
        Repo repo = server.repo("main").stack("stacks/a", "1").commit("Begin");
        repo.push("main");
        server.awaits("stacks/a", "awaiting-approval");
        Page page = browser.owner(server);
        page.navigate(server.server().url() + "/queue");
        assertThat(page.locator("main")).containsText("Nothing runs.");
        assertThat(page.locator("main")).containsText("Nothing waits for a lane.");
        assertThat(page.locator("ul.lines")).containsText("stacks/a");

        server.hold("plan", "stacks/a");
        repo.branch("feature").stack("stacks/a", "2").commit("Two").push("--push-option=detach", "feature");
        Locator lists = page.locator("table.runs");
        assertThat(lists.first().locator("tbody tr")).containsText("planning");
        repo.checkout("main").branch("other").stack("stacks/a", "3").commit("Three");
        repo.push("--push-option=detach", "other");

        assertThat(lists).hasCount(2);
        Locator runs = lists.first().locator("tbody tr");
        assertThat(runs).hasCount(1);
        assertThat(runs).containsText("stacks/a");
        assertThat(runs).containsText("#1");
        Locator waits = lists.last().locator("tbody tr");
        assertThat(waits).hasCount(1);
        assertThat(waits).containsText("stacks/a");
        assertThat(waits).containsText("#2");
        assertThat(waits)
                .containsText("behind " + runs.getByRole(AriaRole.LINK).first().textContent()
                        + ", which holds the stack's lane");
        server.release("plan");
        assertThat(page.locator("main")).containsText("Nothing runs.");
    }

    @Test
    void all_that_asks_for_somebody_is_seen_and_done_without_javascript() {
        server.repo("main").stack("stacks/a", "1").commit("Begin").push("main");
        Page page = browser.visitor(
                new NewContextOptions().setViewportSize(1280, 800).setJavaScriptEnabled(false));
        Browser.logIn(page, server);
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("stacks/a").setExact(true))
                .click();
        assertThat(page.locator(".lead .state")).hasText("awaiting-approval");

        Browser.button(page, "Approve").click();
        assertThat(page.locator("main")).containsText("to stacks/a, exactly as it was shown");
        page.locator("main form button").click();
        assertThat(page.locator("main h1")).containsText("under way");
        page.getByText("Close").click();

        server.awaits("stacks/a", "applied");
        page.reload();
        assertThat(page.locator(".lead .state")).hasText("applied");
        page.navigate(server.server().url() + "/");
        page.locator("input[name=q]").fill("nothing like it");
        page.getByText("Search").last().click();
        assertThat(page.locator("main")).containsText("No stack fits.");
    }

    @Test
    void a_link_that_login_prints_lets_in_whoever_holds_the_token_that_asked_for_it() {
        ServerFixture.Ended printed = server.holder("rita", Role.READ).cli("login");

        assertThat(printed.exit()).as(printed.all()).isZero();
        assertThat(printed.out()).startsWith(server.server().url() + "/login/").hasLineCount(1);
        Page page = browser.visitor();
        Browser.use(page, printed.out().strip());
        page.waitForURL(server.server().url() + "/");
        assertThat(page.locator(".who .name")).containsText("rita read");
        assertThat(page.locator(".empty")).containsText("git push plumbline main");
    }

    private static void confirm(Page page, String name) {
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name))
                .click();
        assertThat(dialog).containsText("under way");
        dialog.getByText("Close").click();
    }
}
