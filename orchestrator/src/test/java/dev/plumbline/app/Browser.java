package dev.plumbline.app;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import dev.plumbline.RealParts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;

/** A real Chromium. What its pages complain about, such as a script that the policy forbids, is kept. */
final class Browser implements AutoCloseable {
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    static Browser started() {
        Path program = RealParts.program("chromium");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(program)
                                // Whoever runs tests may be root, where Chromium's own walls can't be built.
                                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"))));
    }

    /** A new visitor, with no cookies. */
    Page visitor() {
        return visitor(new NewContextOptions().setViewportSize(1280, 800));
    }

    Page visitor(NewContextOptions options) {
        BrowserContext context = chromium.newContext(options);
        context.setDefaultTimeout(20_000);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !cutOff(message.text())) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** A request that ended because its page was left, or its server stopped, is nobody's mistake; htmx tells it in two lines. */
    private static boolean cutOff(String message) {
        return message.contains("Failed to load resource")
                || message.startsWith("htmx:sendError")
                || message.startsWith("htmx:afterRequest");
    }

    /** A visitor who used a login link of that server. */
    Page owner(ServerFixture server) {
        Page page = visitor();
        logIn(page, server);
        return page;
    }

    static void logIn(Page page, ServerFixture server) {
        use(page, server.server().loginLink());
        page.waitForURL(server.server().url() + "/");
    }

    /** Opens a login link, and presses its button. */
    static void use(Page page, String link) {
        page.navigate(link);
        button(page, "Log in").click();
    }

    /** A button or what looks like one, in the page's own part. */
    static Locator button(Page page, String name) {
        return page.locator("main")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Nothing broke in a page, and nothing was kept from it. */
    void complainedOfNothing() {
        Assertions.assertThat(complaints).isEmpty();
    }

    /** Closes all pages: each of them follows its server for as long as it is open. */
    void everybodyLeaves() {
        chromium.contexts().forEach(BrowserContext::close);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
