package dev.plumbline.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.Trouble.Kind;
import dev.plumbline.forge.http.Authorization;
import dev.plumbline.forge.http.Endpoint;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.localgithub.LocalGitHub;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an App is let do by its signature, and what only by a token of an installation. */
class AppSignatureIT {
    private LocalGitHub github;
    private LocalGitHub.LocalApp app;

    @BeforeEach
    void begin(@TempDir Path folder) {
        github = LocalGitHub.started(folder);
        github.repository("team", "infra");
        app = github.app("plumbline", "team", Map.of());
    }

    @AfterEach
    void end() {
        github.close();
    }

    private ForgeApi api(String token) {
        Endpoint endpoint = new Endpoint("work", github.url() + "/api/v3", Map.of());
        return new ForgeApi(endpoint, Authorization.fixed("Bearer " + token, token), Clock.systemUTC(), left -> {});
    }

    private static String signature(LocalGitHub.LocalApp as) {
        Answer<AppKey> key = AppKey.read("work", as.privateKey());
        return ((Answer.Given<AppKey>) key).value().signed(as.id(), Instant.now());
    }

    private static Kind kind(Answer<?> answer) {
        return answer.failure().map(Trouble::kind).orElseThrow(() -> new AssertionError("it was given"));
    }

    @Test
    void an_app_gets_tokens_of_its_own_installations_alone() {
        LocalGitHub.LocalApp another = github.app("another", "others", Map.of());
        String own = "/app/installations/" + app.installation() + "/access_tokens";

        assertThat(api(signature(app)).post(own, Map.of()).failure()).isEmpty();
        assertThat(kind(api(signature(another)).post(own, Map.of()))).isEqualTo(Kind.GONE);
    }

    @Test
    void a_signature_is_for_the_app_itself_and_a_token_for_everything_else() {
        String person = github.person("ada").token();

        assertThat(kind(api(signature(app)).get("/repos/team/infra"))).isEqualTo(Kind.CREDENTIALS);
        assertThat(kind(api(person).get("/app"))).isEqualTo(Kind.CREDENTIALS);
        assertThat(api(person).get("/repos/team/infra").failure()).isEmpty();
    }

    @Test
    void what_was_signed_by_hand_or_changed_afterwards_is_not_taken() {
        String genuine = signature(app);
        int cut = genuine.lastIndexOf('.');

        assertThat(api(genuine).get("/app").failure()).isEmpty();
        assertThat(kind(api(genuine.substring(0, cut) + ".AAAA").get("/app"))).isEqualTo(Kind.CREDENTIALS);
        assertThat(kind(api("a.b.c").get("/app"))).isEqualTo(Kind.CREDENTIALS);
    }
}
