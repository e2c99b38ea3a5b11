package dev.plumbline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceFilesTest {
    @TempDir
    Path folder;

    private Path planned;
    private Path applied;

    @BeforeEach
    void lay() throws IOException {
        planned = Files.createDirectories(folder.resolve("planned"));
        applied = Files.createDirectories(folder.resolve("applied"));
        Files.writeString(planned.resolve("main.tf"), "code");
        Files.writeString(applied.resolve("main.tf"), "code");
    }

    @Test
    void what_the_plan_made_or_wrote_anew_is_there_for_its_apply_and_nothing_else_is_packed() throws IOException {
        Map<Path, String> before = WorkspaceFiles.list(planned);
        Files.createDirectories(planned.resolve("out"));
        Files.writeString(planned.resolve("out/run.sh"), "made");
        planned.resolve("out/run.sh").toFile().setExecutable(true);
        Files.writeString(planned.resolve("main.tf"), "code, written anew");
        Files.writeString(planned.resolve("terraform.tfstate"), "has a way of its own");

        WorkspaceFiles.unpack(WorkspaceFiles.packNew(planned, before), applied);

        assertThat(applied.resolve("out/run.sh")).hasContent("made").isExecutable();
        assertThat(applied.resolve("main.tf")).hasContent("code, written anew");
        assertThat(applied.resolve("terraform.tfstate")).doesNotExist();
    }

    @Test
    void a_link_that_the_plan_made_is_not_followed() throws IOException {
        Path secret = Files.writeString(folder.resolve("key"), "secret");
        Files.createSymbolicLink(planned.resolve("link"), secret);

        WorkspaceFiles.unpack(WorkspaceFiles.packNew(planned, Map.of()), applied);

        assertThat(applied.resolve("link")).doesNotExist();
    }

    @Test
    void nothing_is_laid_outside_of_the_workspace() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry("../outside"));
            zip.write(1);
        }

        assertThatThrownBy(() -> WorkspaceFiles.unpack(packed.toByteArray(), applied))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(folder.resolve("outside")).doesNotExist();
    }
}
