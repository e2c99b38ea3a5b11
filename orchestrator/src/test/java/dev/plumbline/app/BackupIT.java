package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of {@code docs/install.md}: copy a running server's home, lose it, and restore it. */
class BackupIT {
    @TempDir
    private Path folder;

    @Test
    void what_was_copied_while_the_server_ran_and_the_key_from_elsewhere_make_the_server_again() throws Exception {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = plumbline.repo("main").stack("stacks/a", "one").stack("stacks/b", "two");
            repo.commit("First").push("main");
            assertThat(plumbline.cli("approve", "--all").exit()).isZero();
            Path key = Files.copy(plumbline.home().resolve("key"), folder.resolve("key-elsewhere"));

            Path backup = backUp(plumbline.home());
            repo.branch("later")
                    .stack("stacks/a", "three")
                    .commit("After the backup")
                    .push("later");
            plumbline.stop();
            delete(plumbline.home());
            restore(backup, key, plumbline.home());
            plumbline.start();

            assertThat(plumbline.state("stacks/a")).isEqualTo("applied");
            assertThat(plumbline.cli("state", "list", "stacks/a").out()).contains("terraform_data.it");
            assertThat(plumbline.cli("drift", "check").exit())
                    .as("the restored states are what was applied")
                    .isZero();
            Repo.Pushed again = repo.push("later");
            assertThat(again.exit()).as(again.output()).isZero();
            assertThat(again.said()).contains("stacks/a", "three");
        }
    }

    /** As sqlite3's own .backup does it, database first. */
    private Path backUp(Path home) throws Exception {
        Path backup = Files.createDirectory(folder.resolve("backup"));
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("plumbline.db"));
                Statement statement = database.createStatement()) {
            statement.executeUpdate("backup to '" + backup.resolve("plumbline.db") + "'");
        }
        copy(home.resolve("artifacts"), backup.resolve("artifacts"));
        copy(home.resolve("git"), backup.resolve("git"));
        return backup;
    }

    private static void restore(Path backup, Path key, Path home) throws IOException {
        Files.createDirectory(home);
        copy(backup, home);
        Files.copy(key, home.resolve("key"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
