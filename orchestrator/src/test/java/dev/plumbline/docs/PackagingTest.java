package dev.plumbline.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit and the image's file, as the tools that read them see them. */
class PackagingTest {
    private static final Path UNIT = Pages.ROOT.resolve("packaging/plumbline.service");
    private static final Path IMAGE = Pages.ROOT.resolve("packaging/Containerfile");
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?!--from)(.+) \\S+$");

    @TempDir
    private Path folder;

    @Test
    void systemd_finds_nothing_wrong_with_the_unit() throws Exception {
        Path systemd = RealParts.program("systemd-analyze");
        // Only its program stands elsewhere here.
        Path unit = Files.writeString(
                folder.resolve("plumbline.service"),
                Pages.text(UNIT)
                        .replace(
                                "/opt/plumbline/plumbline",
                                Pages.ROOT.resolve("plumbline").toString()));

        Said verified = run(List.of(systemd.toString(), "verify", unit.toString()));
        assertThat(verified.output()).doesNotContain("plumbline.service");
        assertThat(verified.status()).as(verified.output()).isZero();
        Said exposed = run(List.of(
                systemd.toString(), "security", "--offline=true", "--threshold=45", "--no-pager", unit.toString()));
        assertThat(exposed.status()).as(exposed.output()).isZero();
    }

    @Test
    void the_unit_lets_applies_outlive_the_server() {
        String unit = Pages.text(UNIT);

        assertThat(unit)
                .contains("\nKillMode=process\n", "\nOOMPolicy=continue\n", "\nPrivateTmp=no\n", "\nUser=plumbline\n")
                .contains("\nStandardOutput=null\n")
                .doesNotContainPattern("(?m)^(ProcSubset|MemoryDenyWriteExecute|RestrictNamespaces|PrivatePIDs)=");
    }

    @Test
    void the_image_is_pinned_runs_as_nobody_special_and_stops_in_order() {
        String image = Pages.text(IMAGE);

        assertThat(image.lines().filter(line -> line.startsWith("FROM ")))
                .isNotEmpty()
                .allMatch(line -> line.matches("FROM [a-z0-9./-]+:\\d+[.\\d]*\\S*( AS \\w+)?"));
        assertThat(image)
                .contains("\nUSER 10001:10001\n", "\nSTOPSIGNAL SIGTERM\n", "\nVOLUME [\"/var/lib/plumbline\"]\n")
                .contains("\nENTRYPOINT [\"/usr/bin/tini\", \"--\", \"/opt/plumbline/plumbline\"]\n");
        Matcher copy = COPY.matcher(image);
        int copied = 0;
        while (copy.find()) {
            for (String source : copy.group(1).split(" ")) {
                assertThat(Pages.ROOT.resolve(source)).exists();
                copied++;
            }
        }
        assertThat(copied).isGreaterThan(5);
    }

    @Test
    void hadolint_finds_nothing_wrong_with_the_image() throws Exception {
        Path hadolint = RealParts.program("hadolint");

        Said said = run(List.of(hadolint.toString(), "--no-color", IMAGE.toString()));

        assertThat(said.output()).isEmpty();
        assertThat(said.status()).isZero();
    }

    private record Said(int status, String output) {}

    private static Said run(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), output);
    }
}
