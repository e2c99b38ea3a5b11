package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealSshd;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository behind a real OpenSSH server that lets in one key, and is known by one host key. */
class SshRemoteIT {
    private final Path folder;
    private final RemoteSite site;
    private final Path key;
    private final RealSshd sshd;
    private final Traces traces = Traces.begun();

    SshRemoteIT(@TempDir Path folder) {
        this.folder = folder;
        this.key = RealSshd.key(folder.resolve("key"));
        this.sshd = RealSshd.started(folder, key);
        this.site = RemoteSite.made(folder.resolve("git/infra.git"), "main");
        ServerFixture.write(folder.resolve("known"), sshd.knownHosts());
    }

    @AfterEach
    void end() {
        sshd.close();
        traces.close();
    }

    private String forge(String name, Path key, Path known) {
        return "{ name: " + name + ", kind: git, url: \"" + sshd.url() + folder.resolve("git")
                + "\", poll: 1s, ssh_key: \"${file:" + key + "}\", known_hosts: \"${file:" + known + "}\" }";
    }

    private ServerFixture begun(String settings) {
        return ServerFixture.started(folder, settings, "", Map.of());
    }

    @Test
    void what_is_pushed_there_is_planned_applied_and_told_and_the_key_is_left_nowhere() {
        try (ServerFixture plumbline = begun("forges: [" + forge("work", key, folder.resolve("known"))
                + "]\nrepositories: [{ forge: work, name: infra }]\n")) {
            RemoteStory.lived(plumbline, site);

            String secret = ServerFixture.read(key).lines().skip(2).findFirst().orElseThrow();
            plumbline.stop();
            traces.holdNo(secret, plumbline.home());
            assertThat(plumbline.home().resolve("remotes")).isEmptyDirectory();
        }
    }

    @Test
    void a_wrong_key_and_an_unknown_host_are_told_with_what_to_do() {
        Path other = RealSshd.key(folder.resolve("other"));
        Path unknown = folder.resolve("unknown");
        ServerFixture.write(unknown, sshd.knownHosts().replaceFirst(" .*", " ") + publicKey(other));
        String settings =
                "forges: [" + forge("key", other, folder.resolve("known")) + ", " + forge("host", key, unknown)
                        + "]\nrepositories: [{ forge: key, name: a, path: infra }, { forge: host, name: b, path: infra }]\n";
        try (ServerFixture plumbline = begun(settings)) {
            ServerFixture.Ended fetch = plumbline.cli("fetch");

            assertThat(fetch.exit()).isEqualTo(1);
            String at = sshd.url() + folder.resolve("git/infra");
            assertThat(fetch.all().replaceAll("\\s+", " "))
                    .contains(at + " (key) does not let ssh_key of the forge key in; add its public half there: ")
                    .contains("Permission denied")
                    .contains("the host key of " + at + " (host) is not one that known_hosts holds; compare it with");
        }
    }

    private static String publicKey(Path key) {
        return ServerFixture.read(Path.of(key + ".pub"));
    }
}
