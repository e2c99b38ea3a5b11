package dev.plumbline.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.ConfigReader;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.forge.kinds.PullForges;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** What speaks with a forge, made from an entry of server.yaml as the server does it. */
final class Spoken {
    private Spoken() {}

    private static ServerConfig config(String entry, String repository) {
        String text = "forges:\n  - " + entry + "\nrepositories: [{ forge: work, name: " + repository + " }]\n";
        ConfigFile<ServerConfig> read = ConfigReader.server(
                Path.of("server.yaml"), text.getBytes(StandardCharsets.UTF_8), Map.of("HOME", "/h"));
        assertThat(read.problems()).isEmpty();
        return read.value();
    }

    static PullForge forge(String entry) {
        return forge(entry, Clock.systemUTC(), new Budgets());
    }

    static PullForge forge(String entry, Clock clock, Budgets budgets) {
        return Optional.ofNullable(PullForges.of(config(entry, ForgeGround.REPOSITORY), clock, budgets)
                        .get("work"))
                .orElseThrow();
    }

    static Remote remote(String entry, String repository) {
        return Remotes.of(config(entry, repository)).all().iterator().next();
    }

    static <T> T given(Answer<T> answer) {
        assertThat(answer.failure()).isEmpty();
        return ((Answer.Given<T>) answer).value();
    }

    static Trouble trouble(Answer<?> answer) {
        return answer.failure().orElseThrow(() -> new AssertionError("it was given"));
    }
}
