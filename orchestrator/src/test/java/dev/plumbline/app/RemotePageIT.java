package dev.plumbline.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.plumbline.access.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that live elsewhere, on the page of the queue, in a real browser. */
class RemotePageIT {
    @TempDir
    private Path folder;

    private Browser browser;
    private RemoteSite site;
    private Repo repo;
    private ServerFixture server;

    @BeforeEach
    void start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        browser = Browser.started();
        site = RemoteSite.made(folder.resolve("git/infra.git"), "main");
        repo = site.checkout("ada")
                .run("checkout", "-q", "-b", "main")
                .stack("stacks/a", "one")
                .commit("First");
        repo.push("main");
        server = ServerFixture.started(
                folder,
                "forges: [{ name: work, kind: git, url: " + folder.resolve("git")
                        + ", poll: 1h }]\nrepositories: [{ forge: work, name: infra }]\n");
        server.awaits("stacks/a", "awaiting-approval");
    }

    @AfterEach
    void stop() {
        browser.complainedOfNothing();
        browser.close();
        server.close();
    }

    @Test
    void each_is_shown_with_where_it_is_and_is_fetched_by_its_button_after_it_was_named() throws Exception {
        Page page = browser.owner(server);
        page.navigate(server.server().url() + "/queue");
        Locator row = page.locator("table.remotes tbody tr");
        assertThat(row).containsText(address());
        assertThat(row.locator(".state")).hasText("fine");
        assertThat(row).containsText("main moved to");
        assertThat(row.locator("time").last()).hasText(Pattern.compile("in (\\d+ min|1 h)"));
        repo.branch("wider").stack("stacks/a", "two").commit("Wider").push("wider");

        fetch(page);

        server.awaitsChange(1, "planned");
        Files.move(site.bare(), folder.resolve("away"));
        fetch(page);
        assertThat(row.locator(".state")).hasText("gone");
        assertThat(row.locator(".reason")).containsText("infra");
        assertThat(server.history()).contains("owner fetch infra: asked for a look");
    }

    /** As server.yaml spells it. */
    private String address() {
        return folder.resolve("git/infra").toString();
    }

    private void fetch(Page page) {
        Browser.button(page, "Fetch").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog)
                .containsText("Looks at " + address() + " now. What moved there counts as pushed here: on main, what");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Fetch"))
                .click();
        assertThat(dialog).containsText("under way");
        dialog.getByText("Close").click();
    }

    @Test
    void who_may_only_read_sees_them_without_a_button_and_a_name_that_is_none_is_not_confirmed() {
        assertThat(server.holder("rita", Role.READ).get("/queue").body())
                .contains(address())
                .doesNotContain("action=fetch");
        assertThat(server.holder("paul", Role.PUSH)
                        .get("/confirm?action=fetch&target=other")
                        .body())
                .contains("There is no repository 'other' that lives elsewhere; server.yaml names infra.");
    }
}
