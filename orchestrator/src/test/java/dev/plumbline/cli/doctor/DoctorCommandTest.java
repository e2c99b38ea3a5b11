package dev.plumbline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.local.Desk;
import dev.plumbline.git.GitClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor} on this very machine, and on worse ones. */
class DoctorCommandTest {
    @TempDir
    private Path folder;

    @Test
    void a_machine_that_runs_these_tests_lacks_nothing_and_is_left_as_it_was() {
        GitClient.required();
        Desk.Ended ended = doctor("--port", "0");

        assertThat(ended.status()).as(ended.out()).isZero();
        assertThat(ended.out())
                .contains("setsid", "Git", "is free", "plans at once")
                .contains("Whoever can push can read what this user can read.")
                .doesNotContain("missing");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void without_git_it_says_how_to_get_it_and_ends_with_1() {
        Desk.Ended ended = new Desk(folder).with("PATH", "/nowhere").type(folder, "doctor", "--port", "0");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out().lines())
                .anyMatch(line -> line.startsWith("missing  Git") && line.contains("apt install git"))
                .anyMatch(
                        line -> line.startsWith("warning  Terraform") && line.contains("downloaded at the first use"));
    }

    @Test
    void a_taken_port_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(doctor("--port", "" + taken.getLocalPort()).out())
                    .contains("127.0.0.1:" + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void json_holds_every_finding_with_its_mend() {
        assertThat(doctor("--json", "--port", "0").out())
                .contains("\"about\" : \"isolation\"", "\"state\" : \"warning\"", "\"mend\" : \"Runs are not isolated");
    }

    @Test
    void a_home_that_others_can_read_is_a_warning() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-x---"));

        assertThat(Machine.home(home).state()).isEqualTo(Finding.State.warning);
        assertThat(Machine.home(home).found()).contains("rwxr-x---");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        assertThat(Machine.home(home).state()).isEqualTo(Finding.State.ok);
    }

    @Test
    void a_home_below_a_file_can_not_be_written() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(Machine.home(file.resolve("home")).state()).isEqualTo(Finding.State.missing);
    }

    @Test
    void a_locale_without_utf_8_is_a_warning_that_names_the_one_to_use() {
        assertThat(Machine.fileNames("ANSI_X3.4-1968").mend()).contains("LC_ALL=C.UTF-8");
        assertThat(Machine.fileNames("UTF-8").state()).isEqualTo(Finding.State.ok);
    }

    private Desk.Ended doctor(String... words) {
        String[] typed = new String[words.length + 1];
        typed[0] = "doctor";
        System.arraycopy(words, 0, typed, 1, words.length);
        return new Desk(folder).type(folder, typed);
    }
}
