package dev.plumbline.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void a_command_that_only_looks_for_the_server_needs_none_of_its_secrets() throws IOException {
        Path file = file("""
                home: /var/lib/plumbline
                forges: [{ name: work, kind: gitea, url: "https://git.example.com", token: "${env:FORGE_TOKEN}" }]
                """);

        assertThat(ServerSettings.home(file, Map.of("HOME", "/h"))).isEqualTo(Path.of("/var/lib/plumbline"));
        assertThatThrownBy(() -> ServerSettings.valid(file, Map.of("HOME", "/h")))
                .hasMessageContaining("FORGE_TOKEN")
                .hasMessageNotContaining("'token' is missing");
    }

    @Test
    void a_home_that_can_not_be_read_is_not_guessed() throws IOException {
        Path file = file("home: \"${env:NOWHERE}\"\n");

        assertThatThrownBy(() -> ServerSettings.home(file, Map.of("HOME", "/h")))
                .hasMessageContaining("NOWHERE");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("server.yaml"), content);
    }
}
