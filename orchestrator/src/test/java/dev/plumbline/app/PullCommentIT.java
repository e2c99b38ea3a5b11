package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.plumbline.RealGitea;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The comment in every situation, as it stands on a real Gitea: as a golden file, which {@code -Dupdate} writes anew, and as a
 * picture in {@code target/pictures}. What moves main comes last, since it plans the others again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PullCommentIT {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/plumbline/app/comment");
    private static final Path PICTURES = Path.of("target/pictures");
    private static final String PAGES = "https://plumbline.example.com";

    private RealGitea gitea;
    private GiteaSite site;
    private ServerFixture plumbline;
    private Browser browser;
    private Repo repo;

    @BeforeAll
    void main_is_applied(@TempDir Path folder) {
        gitea = RealGitea.started(folder.resolve("gitea"));
        browser = Browser.started();
        site = new GiteaSite(gitea, gitea.person("ada"), folder.resolve("site"), "infra");
        plumbline = site.plumbline("1s", "public_url: " + PAGES + "\n");
        repo = site.repo()
                .stack("stacks/network", "10.0")
                .stack("stacks/dns", "example.com")
                .stack("stacks/old", "legacy")
                .write("stacks/cache/main.tf", cache(1))
                .write("stacks/vault/main.tf", vault("first-secret"))
                .reader("stacks/app", "network")
                .stack("stacks/kept", "forever")
                .write("policies/keep.yaml", KEEP)
                .commit("First");
        repo.push("main");
        plumbline.looksAgain();
        for (String stack : new String[] {"network", "dns", "old", "cache", "vault", "app", "kept"}) {
            plumbline.awaits("stacks/" + stack, "awaiting-approval").does("approve", stack);
            plumbline.awaits("stacks/" + stack, "applied");
        }
    }

    @AfterAll
    void end() {
        browser.close();
        plumbline.close();
        gitea.close();
    }

    /** The other stacks are as if there were none. */
    private static final String KEEP = """
            title: What is kept is kept
            stacks: [stacks/kept]
            refuse:
              - actions: [destroy, replace]
                resources: [terraform_data.*]
                because: "Ask @ops first: <b>nobody</b> can bring it back."
            warn:
              - actions: [create]
              - actions: [create]
                where: { id: x }
            """;

    private static String cache(int version) {
        return """
                resource "terraform_data" "cache" {
                  input            = "redis"
                  triggers_replace = { version = %d }
                }
                """.formatted(version);
    }

    private static String vault(String secret) {
        return """
                resource "terraform_data" "vault" {
                  input = { user = "admin", password = sensitive("%s") }
                }
                """.formatted(secret);
    }

    @Test
    void one_stack() {
        changed("wider").stack("stacks/dns", "example.org");
        looksAs("one-stack", pull("wider", "Another domain"), "1 stack planned");
    }

    @Test
    void many_stacks_also_one_that_reads_another() {
        changed("estate")
                .stack("stacks/network", "10.1")
                .stack("stacks/queue", "fifo")
                .write("stacks/cache/main.tf", cache(2));
        looksAs("many", pull("estate", "A larger estate"), "4 stacks planned");
    }

    @Test
    void no_stack() {
        changed("words").write("README.md", "# Infrastructure\n");
        looksAs("none", pull("words", "Say what it is"), "no stack is affected");
    }

    @Test
    void what_is_no_stack_any_more() {
        changed("few")
                .write(
                        "plumbline.yaml",
                        "stacks: [stacks/network, stacks/app, stacks/d, stacks/cache, stacks/vault]\n");
        looksAs("released", pull("few", "Name the stacks"), "no stack is affected, 3 are no stacks any more");
    }

    @Test
    void no_stack_that_is_left() {
        changed("typo").write("plumbline.yaml", "stacks: [stakcs/**]\n");
        looksAs("none-left", pull("typo", "Name them all"), "no stack is left");
        site.awaitsStatus(repo.head(), "plumbline/plan", "failure");
    }

    @Test
    void a_plan_that_fails() {
        changed("broken").write("stacks/broken/main.tf", """
                resource "terraform_data" "broken" {
                  input = file("${path.module}/missing.txt")
                }
                """);
        looksAs("failing", pull("broken", "Break it"), "### Plumbline: plan failed");
    }

    @Test
    void what_is_destroyed() {
        changed("fewer").run("rm", "-q", "-r", "stacks/old");
        looksAs("destroy", pull("fewer", "Remove what is old"), "1 stack planned");
    }

    @Test
    void what_a_policy_refuses() {
        changed("unkept").write("stacks/kept/main.tf", """
                resource "terraform_data" "other" { input = "something else" }
                """);
        long pull = pull("unkept", "Keep something else");
        looksAs("policy-failure", pull, "refused by policy");
        site.awaitsStatus(repo.head(), "plumbline/plan", "failure");
        site.awaitsStatus(repo.head(), "plumbline/plan: stacks/kept", "failure");
    }

    @Test
    void what_policies_let_pass() {
        changed("kept").stack("stacks/kept", "and ever");
        looksAs("policy-passed", pull("kept", "Keep it longer"), "1 stack planned");
    }

    @Test
    void what_is_replaced() {
        changed("newer").write("stacks/cache/main.tf", cache(3));
        looksAs("replaced", pull("newer", "Replace the cache"), "1 stack planned");
    }

    @Test
    void what_is_sensitive() {
        changed("secret").write("stacks/vault/main.tf", vault("second-secret"));
        String text = looksAs("sensitive", pull("secret", "Another password"), "1 stack planned");
        assertThat(text).doesNotContain("first-secret", "second-secret");
    }

    @Test
    void what_is_too_long_is_cut_at_a_resource() {
        changed("large")
                .write(
                        "stacks/large/main.tf",
                        IntStream.range(0, 400)
                                .mapToObj(each -> "resource \"terraform_data\" \"r" + each + "\" { input = \""
                                        + "x".repeat(80) + "\" }\n")
                                .collect(Collectors.joining()));
        long pull = pull("large", "Four hundred of them");
        site.awaitsComment(pull, "1 stack planned");
        String text = site.comment(pull);
        assertThat(text).hasSizeBetween(50_000, 65_536);
        assertThat(text.split("<details", -1)).hasSameSizeAs(text.split("</details>", -1));
        // In the middle they are all alike.
        int cut = text.indexOf("\n<details", 3_000);
        matches("truncated", text.substring(0, cut) + "\n[…]\n" + text.substring(text.indexOf("\n… ")));
        picture("truncated", pull);
    }

    @Test
    void a_fork_that_nobody_vouched_for() {
        changed("ours");
        long pull = site.openedFromFork(gitea.person("zoe"), "theirs", "10.8");

        looksAs("fork", pull, "### Plumbline: from a fork");
    }

    @Test
    void a_newer_head_keeps_what_was_planned_before() {
        changed("again").stack("stacks/dns", "example.net");
        long pull = pull("again", "Think again");
        site.awaitsComment(pull, "1 stack planned");
        repo.stack("stacks/dns", "example.edu").commit("Better").push("again");
        looksAs("superseded", pull, "\"example.edu\"");
    }

    @Test
    @Order(Order.DEFAULT + 2)
    void merged_and_applied() {
        changed("apply").stack("stacks/web", "www");
        long pull = pull("apply", "A web server");
        site.awaitsComment(pull, "1 stack planned");
        site.merged(pull);
        looksAs("applied", pull, "### Plumbline: applied\n");
    }

    @Test
    @Order(Order.DEFAULT + 3)
    void merged_and_the_apply_failed() {
        changed("shaky").write("stacks/shaky/main.tf", """
                resource "terraform_data" "shaky" {
                  provisioner "local-exec" { command = "echo 'no route to host'; exit 3" }
                }
                """);
        long pull = pull("shaky", "Hope for the best");
        site.awaitsComment(pull, "1 stack planned");
        site.merged(pull);
        looksAs("apply-failed", pull, "### Plumbline: apply failed\n");
    }

    @Test
    @Order(Order.DEFAULT + 4)
    void merged_and_waiting_for_approval() {
        changed("gone").run("rm", "-q", "-r", "stacks/app");
        long pull = pull("gone", "The app is not needed any more");
        site.awaitsComment(pull, "1 stack planned");
        site.merged(pull);
        looksAs("waiting-for-approval", pull, "### Plumbline: waiting for approval\n");
    }

    @Test
    @Order(Order.DEFAULT + 1)
    void a_conflict() {
        changed("left").stack("stacks/network", "10.8");
        long left = pull("left", "To the left");
        changed("right").stack("stacks/network", "10.9");
        long right = pull("right", "To the right");
        site.awaitsComment(left, "2 stacks planned");
        site.awaitsComment(right, "2 stacks planned");
        site.merged(left);
        looksAs("conflict", right, "### Plumbline: conflict\n");
    }

    /** A new branch at main. */
    private Repo changed(String branch) {
        return repo.run("fetch", "-q", site.remote(), "main").run("checkout", "-q", "-b", branch, "FETCH_HEAD");
    }

    private long pull(String branch, String title) {
        repo.commit(title).push(branch);
        return site.opened(branch, title, "");
    }

    private String looksAs(String golden, long pull, String text) {
        site.awaitsComment(pull, text);
        String comment = site.comment(pull);
        matches(golden, comment);
        picture(golden, pull);
        return comment;
    }

    private static void matches(String name, String comment) {
        Path file = GOLDEN.resolve(name + ".md");
        String lasting = lasting(comment);
        if (System.getProperty("update") != null) {
            ServerFixture.write(file, lasting);
        }
        try {
            assertThat(lasting).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what is different each time. */
    private static String lasting(String comment) {
        return comment.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")
                .replaceAll("\\b[0-9a-f]{64}\\b", "DIGEST")
                .replaceAll("\\b[0-9a-f]{40}\\b", "COMMIT")
                .replaceAll("<code>[0-9a-f]{12}</code>", "<code>DIGEST</code>")
                .replaceAll("\\b[0-9a-f]{8}\\b", "COMMIT")
                .replaceAll("(plumbline logs |by |/runs/)r[0-9]+\\b", "$1RUN")
                .replaceAll("\\br[0-9]+ ", "RUN ")
                .replaceAll("\"change\":[0-9]+", "\"change\":N")
                .replaceAll("(plumbline fork )[0-9]+", "$1N")
                .replaceAll("(change )[0-9]+|(/changes/)[0-9]+", "$1$2N")
                .replaceAll("\\| [0-9.]+ s \\|", "| TIME |")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC", "DAY");
    }

    /** As people see it, with everything unfolded that can be. */
    private void picture(String name, long pull) {
        Page page = browser.visitor();
        page.navigate(gitea.url() + "/ada/infra/pulls/" + pull);
        Locator comment = page.locator(".comment-body .render-content:has-text('Plumbline:')")
                .first();
        comment.screenshot(new Locator.ScreenshotOptions().setPath(PICTURES.resolve("comment-" + name + ".png")));
        page.context().close();
    }
}
