package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.plumbline.RealGitea;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.terraform.report.Markdown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Nothing that others wrote becomes more than text on a real Gitea: no markup, no link, no mention, no reference. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PullEscapingIT {
    private static final long SEED = 20_250_901;
    private static final String PAGES = "https://plumbline.example.com";
    private static final List<String> NASTY = List.of(
            "@eve",
            "fixes #1",
            "closes ada/hostile#1",
            "!1",
            "`",
            "``",
            "```",
            "````",
            "~~~",
            "|",
            "\\|",
            "\\",
            "<img src=x>",
            "<script>alert(1)</script>",
            "</code>",
            "</details>",
            "</summary>",
            "<!--",
            "-->",
            "[a](http://evil.example)",
            "![a](http://evil.example/x.png)",
            "http://evil.example",
            "www.evil.example",
            "eve@evil.example",
            "**",
            "__",
            "# ",
            "- [ ] ",
            "> ",
            "1. ",
            "&lt;",
            "&#64;eve",
            "&commat;eve",
            ":smile:",
            "$x$",
            "[^1]",
            "[x]: http://evil.example",
            "<http://evil.example>",
            "GH-1",
            "PLUMB-7",
            "\t",
            " ",
            "é",
            "\u202e",
            "𝒳",
            "javascript:alert(1)",
            "---",
            "===",
            "~~",
            "==",
            "{#",
            "}}",
            "a",
            "Z9");

    private RealGitea gitea;
    private RealGitea.Person ada;
    private RealGitea.Person eve;
    private Browser browser;

    @BeforeAll
    void begin(@TempDir Path folder) {
        gitea = RealGitea.started(folder);
        ada = gitea.person("ada");
        eve = gitea.person("eve");
        browser = Browser.started();
        gitea.repository(ada, "plain");
        ada.does("POST", "/repos/ada/plain/issues", Map.of("title", "Not to be closed"));
    }

    @AfterAll
    void end() {
        browser.close();
        gitea.close();
    }

    private static List<String> strings(int count) {
        Random random = new Random(SEED);
        return IntStream.range(0, count)
                .mapToObj(each -> IntStream.range(0, 1 + random.nextInt(6))
                        .mapToObj(part -> NASTY.get(random.nextInt(NASTY.size())))
                        .collect(Collectors.joining(random.nextBoolean() ? " " : "")))
                .toList();
    }

    @Test
    void what_is_not_escaped_would_be_a_mention_a_reference_and_a_link() {
        assertThat(gitea.rendered("@eve fixes #1, http://evil.example", "comment", "ada/plain"))
                .contains("/eve\"", "ref-issue", "href=\"http://evil.example\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"comment", "gfm"})
    void any_text_stays_itself_in_a_table_in_code_and_in_a_summary(String mode) {
        List<String> strings = strings(400);
        String table = strings.stream()
                .map(text -> "| " + Markdown.code(text) + " | " + Markdown.inline(text) + " |\n")
                .collect(Collectors.joining("", "| Code | Inline |\n|---|---|\n", "\n"));
        String summaries = strings.stream()
                .map(text -> "<details><summary>" + Markdown.code(text) + "</summary>\n\n" + Markdown.inline(text)
                        + "\n\n</details>\n")
                .collect(Collectors.joining("\n"));
        Page page = shown(table + summaries, mode);

        List<String> expected = new ArrayList<>();
        strings.forEach(text -> expected.addAll(List.of(visible(text), visible(text))));
        assertThat(texts(page, "td")).isEqualTo(expected);
        assertThat(texts(page, "summary"))
                .isEqualTo(strings.stream().map(PullEscapingIT::visible).toList());
        onlyTags(page, "table", "thead", "tbody", "tr", "th", "td", "code", "details", "summary", "p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"comment", "gfm"})
    void any_lines_stay_themselves_in_a_fence(String mode) {
        List<String> strings = strings(400);
        List<String> fences = IntStream.range(0, 40)
                .mapToObj(each -> String.join("\n", strings.subList(each * 10, each * 10 + 10)))
                .map(TerminalText::safe)
                .toList();
        Page page = shown(
                fences.stream().map(text -> Markdown.fenced("text", text)).collect(Collectors.joining("\nbetween\n\n")),
                mode);

        assertThat(page.locator("pre").allTextContents().stream().map(String::strip))
                .isEqualTo(fences.stream().map(String::strip).toList());
        onlyTags(page, "div", "pre", "code", "span", "p");
    }

    @Test
    void a_hostile_pull_request_gets_a_comment_with_our_own_links_only(@TempDir Path folder) {
        GiteaSite site = new GiteaSite(gitea, ada, folder, "hostile");
        try (ServerFixture plumbline = site.plumbline("1s", "public_url: " + PAGES + "\n")) {
            site.applied(plumbline);
            long issue = ada.does("POST", site.at("issues"), Map.of("title", "Not to be closed"))
                    .path("number")
                    .asLong();
            String evil =
                    "@eve fixes #" + issue + " ``` </details> <img src=x> | [a](http://evil.example) www.evil.example";
            site.repo()
                    .branch("@eve-fixes-#" + issue)
                    .write("stacks/@eve fixes #" + issue + "/main.tf", """
                            resource "terraform_data" "it" {
                              for_each = toset(["%1$s"])
                              input    = "%1$s\\n```\\n%1$s"
                            }
                            output "value" { value = "%1$s" }
                            """.formatted(evil))
                    .write("stacks/network/@eve <img src=x> `|` fixes #" + issue + ".txt", "x")
                    .write("stacks/network/main.tf", """
                            resource "terraform_data" "other" { input = "x" }
                            resource "terraform_data" "it" {
                              input = "10.1"
                              lifecycle {
                                precondition {
                                  condition     = terraform_data.other.input == "y"
                                  error_message = "%1$s\\n\\n```\\n\\n%1$s."
                                }
                              }
                            }
                            """.formatted(evil))
                    .commit(evil)
                    .push("HEAD:refs/heads/@eve-fixes-#" + issue);
            long pull = site.opened("@eve-fixes-#" + issue, "Harmless", "");

            site.awaitsComment(pull, "1 of 2 stacks could not be planned");
            Page page = shown(site.comment(pull), "comment");
            assertThat(page.locator("a").evaluateAll("all => all.map(a => a.href)"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .allMatch(href -> href.toString().startsWith(PAGES));
            onlyTags(
                    page, "a", "code", "details", "div", "h3", "h4", "p", "pre", "span", "strong", "sub", "summary",
                    "table", "tbody", "td", "th", "thead", "tr");
            assertThat(eve.does("GET", "/notifications", Map.of())).isEmpty();
            JsonNode seen = gitea.get(site.at("issues/" + issue + "/timeline"));
            assertThat(seen.findValuesAsString("type")).doesNotContain("comment_ref", "pull_ref");
        }
    }

    private Page shown(String markdown, String mode) {
        Page page = browser.visitor();
        page.setContent("<body>" + gitea.rendered(markdown, mode, "ada/plain") + "</body>");
        return page;
    }

    private static List<String> texts(Page page, String tag) {
        return page.locator(tag).allTextContents().stream()
                .map(PullEscapingIT::visible)
                .toList();
    }

    /** Browsers show runs of white space as one. */
    private static String visible(String text) {
        return TerminalText.safeLine(text).replaceAll("\\s+", " ").strip();
    }

    private static void onlyTags(Page page, String... allowed) {
        Object tags = page.evaluate(
                "() => [...new Set([...document.body.querySelectorAll('*')].map(e => e.tagName.toLowerCase()))]");
        assertThat(tags).asInstanceOf(InstanceOfAssertFactories.LIST).isSubsetOf((Object[]) allowed);
    }
}
