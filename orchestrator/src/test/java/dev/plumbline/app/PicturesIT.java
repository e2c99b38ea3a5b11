package dev.plumbline.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of the documentation into {@code target/pictures}: a server in the middle of its work. */
class PicturesIT {
    private static final Path PICTURES = Path.of("target/pictures");

    @TempDir
    private Path folder;

    @Test
    void the_pages_can_be_shown_around() {
        try (Browser browser = Browser.started();
                ServerFixture server = ServerFixture.started(folder)) {
            work(server);
            Page page = browser.owner(server);
            shoot(page, server, "/", "stacks");
            shoot(page, server, "/stack?id=stacks/database", "stack");
            shoot(page, server, "/changes/1", "change");
            shoot(page, server, "/runs/r1", "run");
            shoot(page, server, "/queue", "queue");
            shoot(page, server, "/drift", "drift");
            shoot(page, server, "/graph", "graph");
            shoot(page, server, "/runs", "runs");
            page.navigate(server.server().url() + "/stack?id=stacks/database");
            page.locator(".actions a").first().click();
            assertThat(page.locator("dialog form button")).isVisible();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("confirm.png")));
            Page dark = browser.visitor(
                    new NewContextOptions().setViewportSize(1280, 800).setColorScheme(ColorScheme.DARK));
            Browser.logIn(dark, server);
            shoot(dark, server, "/", "stacks-dark");
            shoot(dark, server, "/changes/1", "change-dark");
            Page phone = browser.visitor(
                    new NewContextOptions().setViewportSize(390, 844).setDeviceScaleFactor(2));
            phone.navigate(server.server().url() + "/");
            phone.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("login-phone.png")));
            Browser.logIn(phone, server);
            shoot(phone, server, "/", "stacks-phone");
            shoot(phone, server, "/changes/1", "change-phone");
        }
    }

    /** Stacks in every state that people see on an ordinary day. */
    private static void work(ServerFixture server) {
        Repo main = server.repo("main")
                .stack("stacks/network", "10.0.0.0/16")
                .stack("stacks/dns", "example.com")
                .reader("stacks/database", "network")
                .reader("stacks/app", "network")
                .reader("stacks/worker", "app")
                .stack("stacks/monitoring", "one")
                .stack("stacks/identity", "sso")
                .reader("stacks/cdn", "dns")
                .commit("Describe the estate");
        main.push("main");
        server.cli("approve", "network", "dns", "monitoring");
        server.awaits("stacks/app", "awaiting-approval").awaits("stacks/cdn", "awaiting-approval");
        server.cli("approve", "app", "cdn");
        server.awaits("stacks/worker", "awaiting-approval");
        server.cli("drift", "check", "dns");
        main.branch("wider").stack("stacks/network", "10.0.0.0/12");
        main.write("stacks/monitoring/main.tf", """
                resource "terraform_data" "alarm" {
                  input            = { name = "errors", threshold = 5, mail = "ops@example.com" }
                  triggers_replace = "v2"
                }
                """).commit("Widen the network, and alarm sooner");
        main.push("wider");
    }

    private static void shoot(Page page, ServerFixture server, String path, String name) {
        page.navigate(server.server().url() + path);
        assertThat(page.locator("h1")).isVisible();
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
