package dev.plumbline.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.SmallDisk;
import dev.plumbline.git.GitClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home on a disk of its own that fills up. */
class FullDiskTest {
    private static final String STACK = "resource \"terraform_data\" \"x\" { input = %d }\n";

    @TempDir
    private Path folder;

    private Path disk;
    private @Nullable SmallDisk mounted;
    private Site site;

    @BeforeEach
    void mount() {
        disk = folder.resolve("disk");
        mounted = SmallDisk.mounted(disk, "24m");
        site = new Site(folder, disk.resolve("home"));
    }

    @AfterEach
    void unmount() {
        if (mounted != null) {
            site.close();
            mounted.close();
        }
    }

    @Test
    void a_full_disk_refuses_what_it_can_not_write_down_and_work_goes_on_once_there_is_room() throws Exception {
        site.start();
        site.git().write("net/main.tf", STACK.formatted(1)).commit("First");
        site.push("main");
        site.untilIntents("net awaiting-approval");
        fill();

        site.git().write("net/main.tf", STACK.formatted(2)).commit("Second");
        GitClient.Ended refused = site.tryPush("main");

        assertThat(refused.exit()).as(refused.output()).isNotZero();
        assertThat(refused.output()).contains("No space left on device");
        assertThat(site.ledger().count("merge")).isEqualTo(1);
        Files.delete(disk.resolve("ballast"));
        site.push("main");
        site.until(
                "the second is planned",
                () -> site.ledger()
                                .count("intent WHERE state = 'awaiting-approval' AND commit_sha = '"
                                        + site.git().head().hex() + "'")
                        == 1);
        site.act("approve");
        site.untilIntents("net applied");
        assertThat(site.ledger().count("run WHERE state IN ('queued', 'preparing', 'planning', 'applying')"))
                .isZero();
    }

    @Test
    void an_apply_on_a_disk_that_fills_up_ends_once_there_is_room() throws Exception {
        site.start();
        site.git()
                .write(
                        "net/main.tf",
                        STACK.formatted(1)
                                + "resource \"terraform_data\" \"slow\" {\n  provisioner \"local-exec\" { command = \""
                                + site.gated("apply") + "\" }\n}\n")
                .commit("First");
        site.push("main");
        site.untilIntents("net awaiting-approval");
        site.act("approve");
        site.until("the apply is under way", () -> !site.lines("apply.began").isEmpty());
        fill();

        site.openGate("apply");
        site.until("Terraform went on", () -> !site.lines("apply.done").isEmpty());
        Files.delete(disk.resolve("ballast"));

        site.until(
                "the apply has ended",
                () -> site.ledger().count("run WHERE state IN ('queued', 'preparing', 'planning', 'applying')") == 0);
        assertThat(site.ledger()
                        .count("run WHERE phase = 'apply' AND state IN ('applied', 'failed', 'lost', 'needs-person')"))
                .isEqualTo(1);
    }

    @Test
    void a_full_disk_makes_the_server_not_ready_until_there_is_room() throws Exception {
        URI server = URI.create(
                site.start().remote("main").replaceFirst("//[^@]*@", "//").replaceFirst("/git/.*", ""));
        assertThat(ready(server).statusCode()).isEqualTo(200);

        fill();

        Awaitility.await("not ready")
                .atMost(Duration.ofSeconds(60))
                .until(() -> ready(server).statusCode() == 503);
        assertThat(ready(server).body()).contains("not ready: The home ", "No space left on device", "Free some space");
        Files.delete(disk.resolve("ballast"));
        Awaitility.await("ready again")
                .atMost(Duration.ofSeconds(60))
                .until(() -> ready(server).statusCode() == 200);
    }

    private HttpResponse<String> ready(URI server) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.resolve("/readyz"))
                                .header(
                                        "Authorization",
                                        "Bearer "
                                                + Files.readString(site.home().resolve("token"))
                                                        .strip())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Until not a byte is left. */
    private void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(disk.resolve("ballast"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(Files.getFileStore(disk).getUsableSpace()).isLessThan(block.length);
        }
    }
}
