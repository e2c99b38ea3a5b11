package dev.plumbline.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States of a size that would fill the memory of the real server on a machine with 2 GiB, which gives it 512 MiB. */
class LargeStateTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void open() {
        site = new Site(folder).under("env", "JAVA_TOOL_OPTIONS=-Xmx512m");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void a_state_of_fifty_megabytes_is_brought_in_replaced_and_shown_and_a_larger_one_is_refused_with_the_limit() {
        site.start();
        site.git()
                .write("net/main.tf", "resource \"terraform_data\" \"x\" {}\n")
                .commit("First");
        site.push("main");
        site.untilIntents("net awaiting-approval");
        site.act("approve");
        site.untilIntents("net applied");

        assertThat(site.post("state/push?stack=net&force=true", state(10, 50)).statusCode())
                .isEqualTo(200);
        awaitRuns("applied");
        assertThat(site.post("state/push?stack=net", state(11, 50)).statusCode())
                .isEqualTo(200);
        awaitRuns("applied", "applied");

        assertThat(site.ledger().all("SELECT serial FROM state_version ORDER BY version"))
                .endsWith("10", "11");
        // So much more than the limit that the sockets' buffers could not hold it, if the server did not read on.
        assertThat(site.post("state/push?stack=net", state(12, 120)).body())
                .contains("more than 6", " MiB, which is the most that is taken")
                .contains("PLUMBLINE_JAVA_OPTS");
        assertThat(site.get("state/addresses?stack=net").body()).contains("terraform_data.it[0]");
        assertThat(site.get("state?stack=net&address=terraform_data.it%5B0%5D").body())
                .contains("some text");
        assertThat(site.get("state?stack=net").body()).hasSizeGreaterThan(45 * MEBIBYTE);
        assertThat(site.server().said()).doesNotContain("OutOfMemory");
    }

    /** It is a lot to encrypt and to read for a machine that does much else. */
    private void awaitRuns(String... states) {
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(site.ledger().runs("state", "net"))
                        .as(site.server().said())
                        .containsExactly(states));
    }

    /** As many resources as make that size, of ordinary length. */
    private static byte[] state(int serial, int mebibytes) {
        String resource = """
                {"mode": "managed", "type": "terraform_data", "name": "it", "provider":
                 "provider[\\"terraform.io/builtin/terraform\\"]", "instances": [{"index_key": %d, "schema_version": 0,
                 "attributes": {"id": "0c1d5a8e", "input": {"value": "%s", "type": "string"}, "output": null,
                 "triggers_replace": null}}]}""";
        StringBuilder all = new StringBuilder((mebibytes + 1) * MEBIBYTE);
        all.append("{\"version\": 4, \"terraform_version\": \"1.11.4\", \"serial\": ")
                .append(serial)
                .append(", \"lineage\": \"one\", \"outputs\": {}, \"resources\": [");
        String value = "some text ".repeat(250);
        for (int number = 0; all.length() < mebibytes * MEBIBYTE; number++) {
            all.append(number == 0 ? "" : ",").append(resource.formatted(number, value));
        }
        return all.append("], \"check_results\": null}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
