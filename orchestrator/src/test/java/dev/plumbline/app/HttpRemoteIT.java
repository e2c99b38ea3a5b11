package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories behind http and a token: followed, told, and the token given to nobody else. */
class HttpRemoteIT {
    private static final String TOKEN = "opens-the-forge-7261";
    private static final String WITH_TOKEN = ", username: plumbline, token: \"${env:FORGE_TOKEN}\"";

    private final Path folder;
    private final RemoteSite site;
    private final GitOverHttp web;
    private final Traces traces = Traces.begun();

    HttpRemoteIT(@TempDir Path folder) {
        this.folder = folder;
        this.site = RemoteSite.made(folder.resolve("git/infra.git"), "main");
        this.web = new GitOverHttp(folder.resolve("git"), TOKEN);
    }

    @AfterEach
    void end() {
        web.close();
        traces.close();
    }

    private ServerFixture begun() {
        return begun("forges: [" + forge("work", WITH_TOKEN) + "]\nrepositories: [{ forge: work, name: infra }]\n");
    }

    private ServerFixture begun(String settings) {
        return ServerFixture.started(folder, settings, "", Map.of("FORGE_TOKEN", TOKEN));
    }

    private String forge(String name, String credentials) {
        return "{ name: " + name + ", kind: git, url: \"" + web.url() + "\", poll: 1s" + credentials + " }";
    }

    @Test
    void what_is_pushed_there_is_planned_applied_and_told_and_the_token_is_left_nowhere() {
        try (ServerFixture plumbline = begun()) {
            RemoteStory.lived(plumbline, site);

            String sent = Base64.getEncoder().encodeToString(("plumbline:" + TOKEN).getBytes(StandardCharsets.UTF_8));
            assertThat(web.authorizations()).isNotEmpty().allMatch(("Basic " + sent)::equals);
            assertThat(web.processes())
                    .anyMatch(line -> line.contains("remote-http"))
                    .noneMatch(line -> line.contains(TOKEN) || line.contains(sent));
            assertThat(plumbline.cli("status").all()).doesNotContain(TOKEN);
            plumbline.stop();
            traces.holdNo(TOKEN, plumbline.home());
            traces.holdNo(sent, plumbline.home());
        }
    }

    @Test
    void who_is_not_let_in_hears_what_to_correct() {
        String settings = "forges: [" + forge("old", ", username: plumbline, token: expired-7261") + ", "
                + forge("typo", ", username: plumbline, password: wrong-7261") + ", " + forge("bare", "") + ", "
                + forge("work", WITH_TOKEN) + "]\n"
                + "repositories: [{ forge: old, name: a, path: infra.git }, { forge: typo, name: b, path: infra.git },"
                + " { forge: bare, name: c, path: infra.git }, { forge: work, name: nothing }]\n";
        try (ServerFixture plumbline = begun(settings)) {
            ServerFixture.Ended fetch = plumbline.cli("fetch");

            assertThat(fetch.exit()).as(fetch.all()).isEqualTo(1);
            assertThat(oneLine(plumbline.cli("status").out()))
                    .contains(web.url() + "/infra.git (old) refuses the token; correct token of the forge old in"
                            + " server.yaml and start the server again: ")
                    .contains(web.url() + "/infra.git (typo) refuses the user name or password; correct username and"
                            + " password of the forge typo in server.yaml")
                    .contains(web.url() + "/infra.git (bare) wants credentials, and server.yaml has none: give the"
                            + " forge bare a token, or username and password")
                    .contains("there is no repository at " + web.url() + "/nothing.git (work)")
                    .contains("(since ");
            assertThat(fetch.all() + traces.log()).doesNotContain("expired-7261", "wrong-7261", TOKEN);
        }
    }

    @Test
    void a_redirect_is_named_and_neither_followed_nor_told_the_token() {
        site.checkout("ada").run("checkout", "-q", "-b", "main").commit("First").push("main");
        try (GitOverHttp other = new GitOverHttp(folder.resolve("git"), "another");
                ServerFixture plumbline = begun()) {
            plumbline.looksAgain();
            web.redirectTo(other.url().replace("127.0.0.1", "localhost"));

            ServerFixture.Ended fetch = plumbline.cli("fetch");

            assertThat(fetch.exit()).isEqualTo(1);
            assertThat(oneLine(fetch.all()))
                    .contains(web.url() + "/infra.git (work) redirects elsewhere, which is not followed")
                    .contains("'git ls-remote " + web.url() + "/infra.git' prints where to");
            assertThat(other.authorizations()).isEmpty();
            assertThat(other.processes()).as("noted at each request").isEmpty();
        }
    }

    @Test
    void a_forge_that_is_down_says_since_when_and_nothing_is_lost_until_it_is_back() {
        try (ServerFixture plumbline = begun()) {
            Repo repo = site.checkout("ada").run("checkout", "-q", "-b", "main").stack("stacks/network", "10.0");
            repo.commit("First").push("main");
            plumbline.looksAgain().awaits("stacks/network", "awaiting-approval");
            plumbline.hold("plan", "stacks/network");
            repo.branch("feature").stack("stacks/network", "10.1").commit("A").push("feature");
            plumbline.looksAgain().awaitsChange(1, "planning");

            web.stop();
            assertThat(plumbline.cli("fetch").exit()).isEqualTo(1);
            plumbline.release("plan").awaitsChange(1, "planned");
            String told = repo.head();
            repo.branch("other").stack("stacks/network", "10.2").commit("B").push("other");

            plumbline.awaitsRemote("infra", "unreachable");
            assertThat(oneLine(plumbline.cli("status").out()))
                    .containsPattern("infra: " + web.url() + "/infra.git \\(work\\) can't be reached: .*onnect.*"
                            + " \\(since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ, \\d+ tr(y|ies), the next at ");
            assertThat(oneLine(plumbline.cli("why", "network").out()))
                    .contains("what main asks for may be older: infra: " + web.url());
            web.start();

            plumbline.awaitsChange(2, "planned");
            site.awaitsNote(told, "Plumbline-State: planned").awaitsNote(repo.head(), "Plumbline-State: planned");
            plumbline.awaitsRemote("infra", "fine");
            assertThat(traces.logged("can't be reached")).isEqualTo(1);
            Awaitility.await().until(() -> traces.logged("infra.git (work) can be read again") == 1);
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
