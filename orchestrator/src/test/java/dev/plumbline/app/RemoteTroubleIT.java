package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a remote may be, or become: empty, without stacks, without its main branch, too large. */
class RemoteTroubleIT {
    @TempDir
    private Path folder;

    private ServerFixture begun(String more, String... repositories) {
        StringBuilder settings = new StringBuilder("forges: [{ name: work, kind: git, url: " + folder.resolve("git")
                + ", poll: 1h }]\n" + more + "repositories:\n");
        for (String repository : repositories) {
            settings.append("  - { forge: work, name: ").append(repository).append(" }\n");
        }
        return ServerFixture.started(folder, settings.toString());
    }

    private RemoteSite site(String name) {
        return RemoteSite.made(folder.resolve("git/" + name + ".git"), "main");
    }

    private static Repo onMain(RemoteSite site, String name) {
        return site.checkout(name).run("checkout", "-q", "-b", "main");
    }

    @Test
    void an_empty_repository_and_one_without_stacks_are_fine_and_say_so() {
        RemoteSite empty = site("empty");
        onMain(site("docs"), "ada").write("README.md", "Hello").commit("First").push("main");
        try (ServerFixture plumbline = begun("", "empty", "docs")) {
            String status = plumbline.looksAgain().cli("status").out();

            assertThat(status)
                    .contains("it is empty: push a branch to it")
                    .contains("main moved to ")
                    .doesNotContain("Waiting for you");
            assertThat(plumbline.json("status").get("stacks")).isEmpty();

            onMain(empty, "grace").write("README.md", "Hi").commit("First").push("main");
            plumbline.looksAgain().awaitsRemote("empty", "fine");
            assertThat(plumbline.cli("status").out()).doesNotContain("it is empty");
        }
    }

    @Test
    void a_main_branch_that_vanished_destroys_nothing_and_counts_again_once_it_is_back() {
        RemoteSite site = site("infra");
        Repo repo = onMain(site, "ada").stack("stacks/network", "10.0").commit("First");
        repo.push("main");
        repo.push("HEAD:refs/heads/other");
        try (ServerFixture plumbline = begun("", "infra")) {
            plumbline.awaits("stacks/network", "awaiting-approval");
            site.git("update-ref", "-d", "refs/heads/main");

            ServerFixture.Ended gone = plumbline.cli("fetch", "infra");

            assertThat(gone.exit()).isEqualTo(1);
            assertThat(oneLine(gone.all())).contains("has no branch main, which is what is applied: nothing is, until");
            assertThat(plumbline.state("stacks/network")).isEqualTo("awaiting-approval");
            site.git("symbolic-ref", "HEAD", "refs/heads/release");
            repo.run("checkout", "-q", "-b", "release").commit("On").push("release");
            assertThat(oneLine(plumbline.cli("fetch").all()))
                    .contains("is now release, and main is what is applied; to follow, say branch: release for infra");
            site.git("symbolic-ref", "HEAD", "refs/heads/main");
            repo.push("HEAD~1:refs/heads/main");
            plumbline.looksAgain().awaitsRemote("infra", "fine");
            assertThat(plumbline.state("stacks/network")).isEqualTo("awaiting-approval");
            assertThat(plumbline.runs("plan"))
                    .noneMatch(run -> run.get("state").asString().equals("failed"));
        }
    }

    @Test
    void a_fetch_that_is_too_large_is_ended_named_and_leaves_what_was_there() {
        RemoteSite site = site("infra");
        Repo repo = onMain(site, "ada").write("README.md", "Hello").commit("First");
        repo.push("main");
        try (ServerFixture plumbline = begun("push: { max_size: 256KiB }\n", "infra")) {
            plumbline.looksAgain();
            byte[] noise = new byte[400_000];
            new Random(7).nextBytes(noise);
            repo.branch("large").write("noise", Base64.getEncoder().encodeToString(noise));
            repo.commit("Large").push("large");

            ServerFixture.Ended fetch = plumbline.cli("fetch");

            assertThat(fetch.exit()).isEqualTo(1);
            assertThat(oneLine(fetch.all()))
                    .contains("sends more than push.max_size allows; raise it in server.yaml if that is right");
            assertThat(plumbline.json("changes", "--all")).isEmpty();
            assertThat(plumbline.home().resolve("git/infra.git/objects/pack")).isDirectoryNotContaining("glob:**tmp_*");
            repo.push(":large");
            plumbline.looksAgain().awaitsRemote("infra", "fine");
        }
    }

    @Test
    void a_repository_that_nobody_configured_is_refused_by_name() {
        site("infra");
        try (ServerFixture plumbline = begun("", "infra")) {
            ServerFixture.Ended fetch = plumbline.cli("fetch", "infa");

            assertThat(fetch.exit()).isEqualTo(1);
            assertThat(fetch.all())
                    .contains("There is no repository 'infa' that lives elsewhere; server.yaml names infra.");
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
