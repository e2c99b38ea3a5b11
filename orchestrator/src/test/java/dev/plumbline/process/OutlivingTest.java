package dev.plumbline.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which case of outliving the server holds, told from the system's files laid out in a folder. */
class OutlivingTest {
    @TempDir
    private Path root;

    @BeforeEach
    void a_plain_linux() throws IOException {
        write("proc/self/stat", "1 (java) S");
        write("proc/self/cgroup", "0::/user.slice/user-1000.slice/session-3.scope\n");
        write("proc/1/cgroup", "0::/init.scope\n");
    }

    @Test
    void in_a_login_session_applies_outlive_the_server() {
        assertThat(of(Map.of()).kind()).isEqualTo(Outliving.Kind.HOLDS);
        assertThat(of(Map.of()).mend()).isEmpty();
    }

    @Test
    void a_service_of_systemd_is_named_with_what_its_unit_needs() throws IOException {
        write("proc/self/cgroup", "0::/system.slice/plumbline.service\n");

        Outliving outliving = of(Map.of());

        assertThat(outliving.kind()).isEqualTo(Outliving.Kind.SYSTEMD_SERVICE);
        assertThat(outliving.sentence()).contains("plumbline.service");
        assertThat(outliving.mend()).contains("KillMode=process");
    }

    @Test
    void a_container_takes_everything_with_it_whatever_runs_in_it() throws IOException {
        assertThat(of(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1")).kind()).isEqualTo(Outliving.Kind.CONTAINER);
        write("proc/self/cgroup", "0::/system.slice/plumbline.service\n");
        write(".dockerenv", "");

        assertThat(of(Map.of()).kind()).isEqualTo(Outliving.Kind.CONTAINER);
    }

    @Test
    void without_proc_or_setsid_nothing_outlives() throws IOException {
        assertThat(Outliving.of(root, Map.of(), false).mend()).contains("util-linux");
        Files.delete(root.resolve("proc/self/stat"));

        assertThat(of(Map.of()).kind()).isEqualTo(Outliving.Kind.UNSUPPORTED);
    }

    private Outliving of(Map<String, String> environment) {
        return Outliving.of(root, environment, true);
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
