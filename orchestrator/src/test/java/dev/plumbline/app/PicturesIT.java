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
            shoot(browser.owner(server), server, "/", "stacks-none");
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
            shoot(page, server, "/stack?id=stacks/dns", "drifted");
            shoot(page, server, "/stack?id=stacks/registry", "failed");
            shoot(page, server, "/changes/999", "error");
            shoot(page, server, "/confirm?action=approve&among=&back=/", "confirm-all");
            page.navigate(server.server().url() + "/stack?id=stacks/database");
            page.locator(".actions a").first().click();
            assertThat(page.locator("dialog form button")).isVisible();
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("confirm.png")));
            Page dark = browser.visitor(
                    new NewContextOptions().setViewportSize(1280, 800).setColorScheme(ColorScheme.DARK));
            Browser.logIn(dark, server);
            shoot(dark, server, "/", "stacks-dark");
            shoot(dark, server, "/changes/1", "change-dark");
            shoot(dark, server, "/stack?id=stacks/dns", "drifted-dark");
            shoot(dark, server, "/graph", "graph-dark");
            Page phone = browser.visitor(
                    new NewContextOptions().setViewportSize(390, 844).setDeviceScaleFactor(2));
            phone.navigate(server.server().url() + "/");
            phone.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("login-phone.png")));
            Browser.logIn(phone, server);
            shoot(phone, server, "/", "stacks-phone");
            shoot(phone, server, "/changes/1", "change-phone");
            shoot(phone, server, "/stack?id=stacks/dns", "drifted-phone");
            shoot(phone, server, "/runs/r1", "run-phone");
            shoot(phone, server, "/queue", "queue-phone");
        }
    }

    /** Stacks in every state that people see on an ordinary day. */
    private void work(ServerFixture server) {
        Path zone = folder.resolve("zone");
        ServerFixture.write(zone, "example.com");
        Repo main = server.repo("main")
                .stack("stacks/network", "10.0.0.0/16")
                .write("stacks/dns/main.tf", """
                        resource "terraform_data" "zone" {
                          input            = "example.com"
                          triggers_replace = filesha256("%s")
                        }
                        output "value" { value = terraform_data.zone.input }
                        """.formatted(zone))
                .reader("stacks/database", "network")
                .reader("stacks/app", "network")
                .reader("stacks/worker", "app")
                .stack("stacks/monitoring", "one")
                .stack("stacks/identity", "sso")
                .reader("stacks/cdn", "dns")
                .write("stacks/registry/main.tf", """
                        resource "terraform_data" "registry" {
                          provisioner "local-exec" { command = "echo 'registry.example.com: no route to host'; exit 1" }
                        }
                        """)
                .stack("stacks/backup", "nightly")
                .commit("Describe the estate");
        main.push("main");
        server.cli("approve", "network", "dns", "monitoring", "registry", "backup");
        server.awaits("stacks/app", "awaiting-approval").awaits("stacks/cdn", "awaiting-approval");
        server.cli("approve", "app", "cdn");
        server.awaits("stacks/worker", "awaiting-approval");
        server.cli("drift", "check", "network", "monitoring");
        ServerFixture.write(zone, "example.org");
        server.cli("drift", "check", "dns");
        main.branch("wider").stack("stacks/network", "10.0.0.0/12");
        main.write("stacks/monitoring/main.tf", """
                resource "terraform_data" "alarm" {
                  input            = { name = "errors", threshold = 5, mail = "ops@example.com" }
                  triggers_replace = "v2"
                }
                """).commit("Widen the network, and alarm sooner");
        main.push("wider");
        server.hold("apply", "stacks/backup");
        main.checkout("main")
                .stack("stacks/backup", "hourly")
                .commit("Back up every hour")
                .push("main");
        server.cli("approve", "--no-wait", "backup");
        server.awaits("stacks/backup", "applying");
    }

    private static void shoot(Page page, ServerFixture server, String path, String name) {
        page.navigate(server.server().url() + path);
        assertThat(page.locator("h1")).isVisible();
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
