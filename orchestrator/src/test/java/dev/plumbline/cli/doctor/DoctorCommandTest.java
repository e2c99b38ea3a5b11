package dev.plumbline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.RealParts;
import dev.plumbline.cli.local.Desk;
import dev.plumbline.git.GitClient;
import dev.plumbline.process.SearchPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                .anyMatch(line ->
                        line.startsWith("missing  Git") && line.contains("Install the package git (2.38 or newer)"))
                .anyMatch(
                        line -> line.startsWith("warning  Terraform") && line.contains("downloaded at the first use"));
    }

    @Test
    void the_versions_that_stacks_may_name_are_listed_and_a_wrong_one_is_missing() throws IOException {
        Path terraform = RealParts.terraform();
        Path config = Files.writeString(
                folder.resolve("server.yaml"), """
                home: %s
                terraform: { versions: { 1.11.4: %s, "tofu:1.10.10": %s } }
                """.formatted(folder.resolve("home"), terraform, terraform));
        executable(Files.createDirectories(folder.resolve("home/tofu/1.9.1")).resolve("tofu"));

        Desk.Ended ended = doctor("--port", "0", "--config", config.toString());

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out().lines())
                .anyMatch(line -> line.startsWith("ok       terraform.versions") && line.contains("1.11.4"))
                .anyMatch(line -> line.startsWith("missing  terraform.versions")
                        && line.contains("says that this program is tofu:1.10.10, but it is 1.11.4"))
                .anyMatch(line -> line.startsWith("ok       downloaded") && line.contains("tofu:1.9.1"));
    }

    @Test
    void a_taken_port_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(doctor("--port", "" + taken.getLocalPort()).out())
                    .contains("127.0.0.1:" + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void the_port_is_looked_for_where_the_server_is_to_listen() throws IOException {
        Path config = folder.resolve("server.yaml");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            Files.writeString(config, "listen: 127.0.0.2:" + taken.getLocalPort() + "\n");
            assertThat(doctor("--config", config.toString()).out())
                    .contains("127.0.0.2:" + taken.getLocalPort() + " is taken");
        }
        Files.writeString(config, "listen: 192.0.2.1:8080\ninsecure: true\n");
        assertThat(doctor("--config", config.toString()).out())
                .contains("192.0.2.1:8080 is no address of this machine");
    }

    @Test
    void each_repository_elsewhere_is_asked_and_a_password_in_the_clear_is_named() throws IOException {
        GitClient.init(folder.resolve("git/infra")).commit("First");
        Path config = Files.writeString(folder.resolve("server.yaml"), """
                home: %1$s/home
                forges:
                  - { name: disk, kind: git, url: "%1$s/git" }
                  - { name: web, kind: git, url: "http://git.invalid", token: opens-7261 }
                repositories:
                  - { forge: disk, name: infra }
                  - { forge: disk, name: nothing }
                  - { forge: disk, name: other, path: infra, branch: release }
                """.formatted(folder));

        String out = doctor("--port", "0", "--config", config.toString()).out().replaceAll("\\s+", " ");

        assertThat(out)
                .contains("ok remote infra " + folder + "/git/infra (disk): main and 0 branches more")
                .contains("warning remote nothing there is no repository at " + folder + "/git/nothing (disk)")
                .contains("warning remote other " + folder + "/git/infra (disk): there is no branch release to apply")
                .contains("warning forge web its password travels in the clear to http://git.invalid")
                .doesNotContain("opens-7261");
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

    @Test
    void what_to_type_is_that_of_the_package_manager_which_is_there() throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        assertThat(advice(bin, "setsid")).isEqualTo("Install the package util-linux");
        executable(bin.resolve("apk"));
        assertThat(advice(bin, "bwrap")).isEqualTo("apk add bubblewrap");
        executable(bin.resolve("apt-get"));
        assertThat(advice(bin, "git")).isEqualTo("apt-get install -y git");
    }

    private static String advice(Path bin, String program) {
        return PackageManager.advice(PackageManager.on(new SearchPath(List.of(bin))), program);
    }

    private static void executable(Path file) throws IOException {
        assertThat(Files.createFile(file).toFile().setExecutable(true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /dev/sda1 / ext4 rw 0 0                                                     | ok
            /dev/sda1 / ext4 rw 0 0;fs:/export /home nfs4 rw,vers=4.2 0 0               | warning
            /dev/sda1 / ext4 rw 0 0;sshfs /home/ada fuse.sshfs rw 0 0                   | warning
            /dev/sda1 / ext4 rw 0 0;tmpfs /home tmpfs rw 0 0                            | warning
            fs:/export / nfs rw 0 0;/dev/sdb1 /home ext4 rw 0 0                         | ok
            fs:/export /home nfs rw 0 0;/dev/sdb1 /home xfs rw 0 0                      | ok
            /dev/sda1 / ext4 rw 0 0;fs:/export /hom nfs rw 0 0                          | ok
            /dev/sda1 / ext4 rw 0 0;fs:/export /home/ada/my\\040files nfs rw 0 0         | ok
            """)
    void a_home_on_a_disk_of_another_machine_or_in_memory_is_a_warning(String mounts, Finding.State expected) {
        Path home = Path.of("/home/ada/plumbline");

        assertThat(Disks.kind(Mounts.parse(mounts.replace(";", "\n")).under(home))
                        .state())
                .isEqualTo(expected);
    }

    @Test
    void a_disk_that_runs_no_programs_is_told_with_what_would_fail() {
        Mounts mounts = Mounts.parse("/dev/sda1 / ext4 rw 0 0\ntmpfs /tmp tmpfs rw,nosuid,noexec 0 0\n");

        List<Finding> found = new Disks(mounts).look(Path.of("/opt"), Path.of("/tmp"));

        assertThat(found)
                .anyMatch(each -> each.state() == Finding.State.missing
                        && each.found().contains("/tmp is mounted noexec")
                        && each.mend().contains("java.io.tmpdir"));
        assertThat(found).anyMatch(each -> each.about().equals("programs in home") && each.state() == Finding.State.ok);
    }

    @Test
    void locks_are_tried_in_a_home_that_is_there_and_nothing_stays_of_it() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));

        assertThat(new Disks(Mounts.of(Path.of("/"))).look(home, folder))
                .anyMatch(each -> each.found().equals("home takes locks and fsync"));
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void root_few_open_files_and_a_clock_set_back_are_warnings() throws IOException {
        Path proc = Files.createDirectories(folder.resolve("proc/self"));
        Files.writeString(proc.resolve("status"), "Name:\tjava\nUid:\t0\t0\t0\t0\n");
        Files.writeString(
                proc.resolve("limits"), "Max open files            1024                 524288               files\n");
        Files.writeString(folder.resolve("plumbline.db"), "");
        Clock past = Clock.fixed(Instant.parse("2001-01-01T00:00:00Z"), ZoneOffset.UTC);

        assertThat(new Account(folder, past).look(folder))
                .extracting(Finding::state)
                .containsOnly(Finding.State.warning);
        Files.writeString(proc.resolve("status"), "Name:\tjava\nUid:\t10001\t10001\t10001\t10001\n");
        Files.writeString(
                proc.resolve("limits"), "Max open files            unlimited            unlimited            files\n");
        assertThat(new Account(folder, Clock.systemUTC()).look(folder))
                .extracting(Finding::state)
                .containsOnly(Finding.State.ok);
    }

    @Test
    void a_server_that_is_named_and_does_not_answer_is_a_warning_with_what_to_do() throws IOException {
        assertThat(doctor("--port", "0").out()).contains("none runs on this home, and none is named");
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = taken.getLocalPort();
        }

        Desk.Ended ended = new Desk(folder)
                .with("PLUMBLINE_TOKEN", "some-token-0123456789")
                .type(folder, "doctor", "--server", "http://127.0.0.1:" + free);

        assertThat(ended.out().lines())
                .anyMatch(line -> line.startsWith("warning  server") && line.contains("does not answer"));
    }

    private Desk.Ended doctor(String... words) {
        String[] typed = new String[words.length + 1];
        typed[0] = "doctor";
        System.arraycopy(words, 0, typed, 1, words.length);
        return new Desk(folder).type(folder, typed);
    }
}
