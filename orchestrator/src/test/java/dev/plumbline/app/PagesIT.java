package dev.plumbline.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.Objects;
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
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        browser = Browser.started();
        server = ServerFixture.started(folder);
        main = server.repo("main")
                .stack("stacks/network", "one")
                .stack("stacks/dns", "one")
                .reader("stacks/app", "network")
                .commit("Begin");
        main.push("main");
        server.awaits("stacks/network", "awaiting-approval").awaits("stacks/dns", "awaiting-approval");
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
    }

    @Test
    void a_link_that_serve_prints_logs_in_once_and_shows_the_stacks() {
        String link = server.server().loginLink();
        Page page = browser.visitor();

        page.navigate(link);
        page.waitForURL(server.server().url() + "/");

        assertThat(row(page, "stacks/network")).containsText("awaiting-approval");
        Page other = browser.visitor();
        Response again = Objects.requireNonNull(other.navigate(link));
        assertThat(again.status()).isEqualTo(403);
        assertThat(other.getByRole(AriaRole.ALERT)).containsText("used already");
        assertThat(other.getByRole(AriaRole.HEADING)).containsText("Log in");
    }

    private static Locator row(Page page, String stack) {
        return page.locator("tbody tr")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.LINK,
                                new Page.GetByRoleOptions().setName(stack).setExact(true))));
    }
}
