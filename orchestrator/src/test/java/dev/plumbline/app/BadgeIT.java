package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Badges of a server that lets everybody see them, of two repositories, one with a slash in its name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadgeIT {
    private static final Path PICTURES = Path.of("target/pictures");

    private final HttpClient http = HttpClient.newHttpClient();
    private ServerFixture plumbline;

    @BeforeAll
    void begin(@TempDir Path folder) {
        RemoteSite site = RemoteSite.made(folder.resolve("git/team/infra.git"), "main");
        site.checkout("ada")
                .run("checkout", "-q", "-b", "main")
                .stack("stacks/network", "10.0")
                .commit("First")
                .push("main");
        plumbline = ServerFixture.started(
                folder,
                "badges: true\n"
                        + "forges: [{ name: work, kind: git, url: " + folder.resolve("git") + ", poll: 1s }]\n"
                        + "repositories: [{ forge: work, name: team/infra }]\n");
        plumbline
                .repo("main")
                .stack("stacks/dns", "one")
                .stack("stacks/a & <b>", "one")
                .write("stacks/registry/main.tf", """
                        resource "terraform_data" "registry" {
                          provisioner "local-exec" { command = "exit 7" }
                        }
                        """)
                .commit("First")
                .push("main");
        plumbline.awaits("stacks/network", "awaiting-approval");
        plumbline.cli("approve", "dns", "registry");
        plumbline.awaits("stacks/dns", "applied").awaits("stacks/registry", "failed");
    }

    @AfterAll
    void end() {
        plumbline.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(plumbline.server().url() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void anybody_sees_how_a_stack_stands_also_of_a_repository_with_a_slash() throws Exception {
        HttpResponse<String> network = get("/badge/team/infra/stacks/network.svg");

        assertThat(network.statusCode()).isEqualTo(200);
        assertThat(network.headers().firstValue("Content-Type")).hasValue("image/svg+xml;charset=utf-8");
        assertThat(network.headers().firstValue("Cross-Origin-Resource-Policy")).hasValue("cross-origin");
        assertThat(network.body()).contains("<title>stacks/network: awaiting approval</title>");
        assertThat(get("/badge/main/stacks/dns.svg").body()).contains("stacks/dns: applied");
        assertThat(get("/badge/main/stacks/registry.svg").body()).contains("stacks/registry: failed");
        assertThat(get("/badge/main/stacks/a%20%26%20%3Cb%3E.svg").body()).contains("stacks/a &amp; &lt;b&gt;: ");
    }

    @Test
    void it_is_kept_for_a_minute_and_not_sent_again_while_it_is_the_same() throws Exception {
        HttpResponse<String> first = get("/badge/main/stacks/dns.svg");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(first.headers().firstValue("Cache-Control")).hasValue("public, max-age=60");
        HttpResponse<String> again = get("/badge/main/stacks/dns.svg", "If-None-Match", "\"other\", W/" + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        assertThat(get("/badge/main/stacks/registry.svg", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/badge/main/stacks/dn.svg",
                "/badge/main/dns.svg",
                "/badge/stacks/dns.svg",
                "/badge/main/stacks/network.svg",
                "/badge/main.svg"
            })
    void what_has_no_badge_is_not_there_and_nothing_like_it_is_named(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("dns", "network", "registry", "infra");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/badge/main/stacks/dns",
                "/badge/main/stacks/dns.svg/",
                "/badge/../api/v1/status",
                "/badge/../api/v1/tokens/x.svg",
                "/badge/..%2fapi%2fv1%2fstatus.svg",
                "/badge/main//stacks/dns.svg",
                "/badge/main/%2e%2e/stacks/dns.svg",
                "/badge/main/stacks/dns.svg;x=.svg",
                "/badges/main/stacks/dns.svg"
            })
    void nothing_else_is_open_with_them(String path) throws Exception {
        assertThat(plumbline.status(path, null)).isIn(400, 401);
    }

    @Test
    void a_page_of_another_site_shows_them() {
        try (Browser browser = Browser.started()) {
            Page page = browser.visitor();
            String badges = plumbline.server().url() + "/badge/";
            page.setContent("<body style='font: 14px sans-serif'><p><img src='" + badges + "main/stacks/dns.svg'> "
                    + "<img src='" + badges + "main/stacks/registry.svg'> <img src='" + badges
                    + "team/infra/stacks/network.svg'> <img src='" + badges
                    + "main/stacks/a%20%26%20%3Cb%3E.svg'></p>");
            page.waitForFunction("[...document.images].every(image => image.complete)");

            assertThat(page.evaluate("[...document.images].filter(image => image.naturalWidth > 100).length"))
                    .isEqualTo(4);
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("badges.png")));
            browser.complainedOfNothing();
        }
    }
}
