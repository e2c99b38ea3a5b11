package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not be read by others: secrets in what is said and kept, the home, and the server without its token. */
class SecretIT {
    private static final String OF_SERVER = "hush-from-the-server-4711";
    private static final String OF_CODE = "hush-from-an-output-0815";

    @TempDir
    private Path folder;

    /** One secret comes from server.yaml, one is made by an upstream and read by another stack, which repeats both. */
    private static Repo repeatsSecrets(ServerFixture plumbline) {
        return plumbline
                .repo("main")
                .write("stacks/a/main.tf", """
                        resource "terraform_data" "it" { input = sensitive(join("-", ["hush", "from", "an", "output", "0815"])) }
                        output "value" {
                          value     = terraform_data.it.input
                          sensitive = true
                        }
                        """)
                .write("stacks/b/main.tf", """
                        variable "value" { sensitive = true }
                        variable "given" { sensitive = true }
                        resource "terraform_data" "it" {
                          input            = "${var.value} and ${var.given}"
                          triggers_replace = nonsensitive(var.given)
                          provisioner "local-exec" { command = "echo it is ${nonsensitive(var.value)}" }
                        }
                        """)
                .write("stacks/b/stack.yaml", "inputs:\n  value: a.value\n");
    }

    @Test
    void no_secret_is_found_in_what_is_said_logged_or_kept_in_clear() throws IOException {
        String rules = "environment:\n  - { stack: \"stacks/b\", set: { TF_VAR_given: " + OF_SERVER + " } }\n";
        StringBuilder said = new StringBuilder();
        try (ServerFixture plumbline = ServerFixture.started(folder, rules)) {
            Repo repo = repeatsSecrets(plumbline).commit("First");
            said.append(repo.push("main").output());
            said.append(plumbline.cli("approve", "a").all());
            plumbline.awaits("stacks/b", "awaiting-approval");
            said.append(plumbline.cli("approve", "b").all());
            assertThat(plumbline.state("stacks/b")).isEqualTo("applied");
            repo.branch("feature")
                    .write("stacks/b/more.tf", "output \"more\" {\n  value = nonsensitive(var.value)\n}\n");
            said.append(repo.commit("Show it").push("feature").output());
            repo.write(
                    "stacks/b/bad.tf",
                    "resource \"terraform_data\" \"bad\" {\n  lifecycle {\n    precondition {\n"
                            + "      condition     = var.given == \"\"\n      error_message = \"it is ${nonsensitive(var.value)}\"\n    }\n  }\n}\n");
            said.append(repo.commit("Fail with it").push("feature").output());
            for (String listing : List.of("status", "changes", "runs")) {
                said.append(plumbline.cli(listing).all()).append(plumbline.json(listing));
            }
            said.append(plumbline.cli("change", "#1").all()).append(plumbline.json("change", "#1"));
            said.append(plumbline.cli("why", "b").all());
            plumbline.json("runs").findValuesAsString("id").stream()
                    .filter(id -> id.matches("r\\d+"))
                    .forEach(run -> said.append(plumbline.cli("logs", run).all()));
        }
        assertThat(said.toString()).contains("(sensitive", "stacks/b could not be planned", "(local-exec): it is");
        assertThat(said.toString().lines().filter(line -> line.contains(OF_SERVER) || line.contains(OF_CODE)))
                .isEmpty();
        assertThat(filesWith(OF_CODE)).isEmpty();
        assertThat(filesWith(OF_SERVER)).isEmpty();
    }

    private List<Path> filesWith(String secret) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("home"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> new String(bytes(file), StandardCharsets.ISO_8859_1).contains(secret))
                    .toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void everything_below_home_is_open_to_its_owner_only() throws IOException {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            plumbline.repo("main").stack("stacks/a", "one").commit("First").push("main");
            plumbline.cli("approve", "--all");

            Path home = plumbline.home();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                    .isEqualTo("rwx------");
            for (String kept : List.of("token", "key", "server.json", "runs/r1/log", "plumbline.db")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(kept))))
                        .as(kept)
                        .isEqualTo("rw-------");
            }
            for (String inside : List.of("runs", "workspaces", "artifacts")) {
                try (Stream<Path> all = Files.walk(home.resolve(inside))) {
                    assertThat(all.filter(Files::isDirectory))
                            .allSatisfy(path -> assertThat(
                                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                                    .as(path.toString())
                                    .isEqualTo("rwx------"));
                }
            }
        }
    }

    @Test
    void nothing_but_health_answers_without_the_token() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            String token = plumbline.server().token().value();

            assertThat(plumbline.status("/healthz", null)).isEqualTo(200);
            assertThat(plumbline.status("/readyz", null)).isEqualTo(200);
            for (String path :
                    List.of("/api/v1/status", "/api/v1/runs", "/git/main.git/info/refs?service=git-upload-pack")) {
                assertThat(plumbline.status(path, null)).as(path).isEqualTo(401);
                assertThat(plumbline.status(path, "x" + token)).as(path).isEqualTo(401);
            }
            assertThat(plumbline.status("/api/v1/status", token)).isEqualTo(200);
        }
    }

    @Test
    void control_characters_of_commits_branches_and_code_never_reach_the_terminal() {
        try (ServerFixture plumbline = ServerFixture.started(folder)) {
            Repo repo = plumbline.repo("main").stack("stacks/a", "one").commit("First");
            repo.push("main");
            plumbline.cli("approve", "--all");
            repo.branch("feature").stack("stacks/a", "two\\u001b[31mred\\u0007");
            String said = repo.commit("Title \u001b]0;owned\u0007 here")
                    .push("feature")
                    .said();

            assertThat(said
                            + plumbline.cli("changes").out()
                            + plumbline.cli("logs", "r3").out())
                    .contains("Title")
                    .doesNotContain("\u001b", "\u0007");
        }
    }
}
