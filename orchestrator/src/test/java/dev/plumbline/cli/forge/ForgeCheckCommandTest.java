package dev.plumbline.cli.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.local.Desk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plumbline forge check} says where there is no forge to ask. */
class ForgeCheckCommandTest {
    @TempDir
    private Path folder;

    @Test
    void without_a_forge_that_has_pull_requests_it_says_where_they_are_named() throws IOException {
        Desk.Ended none = new Desk(folder).type(folder, "forge", "check");
        Desk.Ended plain = check("forges: [{ name: plain, kind: git, url: /srv/git }]");

        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).contains("There is no forge with pull requests to check.", "--config FILE");
        assertThat(plain.err()).isEqualTo(none.err());
    }

    @Test
    void a_forge_that_does_not_answer_is_told_once_for_each_repository() throws IOException {
        Desk.Ended ended = check("""
                forges: [{ name: work, kind: gitea, url: "http://127.0.0.1:9", token: t }]
                repositories: [{ forge: work, name: team/infra }, { forge: work, name: team/site }]
                """);

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out().lines().filter(line -> line.startsWith("missing")))
                .hasSize(2)
                .allMatch(line -> line.contains("can't be reached: nothing answers there"));
        assertThat(ended.out()).startsWith("work: team/infra\n").contains("\n\nwork: team/site\n");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void a_forge_without_a_repository_is_no_error() throws IOException {
        Desk.Ended ended = check(
                "forges: [{ name: work, kind: gitea, url: \"http://127.0.0.1:9\", token: t, webhook_secret: s }]");

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("work\n", "warning  repositories", "name one in 'repositories'");
    }

    @Test
    void a_url_that_is_none_is_wrong_usage() throws IOException {
        Desk.Ended ended = check(
                "forges: [{ name: work, kind: gitea, url: \"http://127.0.0.1:9\", token: t }]",
                "--url",
                "plumbline.example.com");

        assertThat(ended.status()).isEqualTo(64);
        assertThat(ended.err()).contains("--url: 'plumbline.example.com' is not a server's address.");
    }

    private Desk.Ended check(String yaml, String... more) throws IOException {
        Path config = Files.writeString(folder.resolve("server.yaml"), yaml);
        String[] words = new String[4 + more.length];
        words[0] = "forge";
        words[1] = "check";
        words[2] = "--config";
        words[3] = config.toString();
        System.arraycopy(more, 0, words, 4, more.length);
        return new Desk(folder).type(folder, words);
    }
}
