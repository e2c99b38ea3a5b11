package dev.plumbline.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.Answer;
import dev.plumbline.localgithub.LocalGitHub;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How an App shows that it is the one. */
class AppKeyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void the_key_is_taken_as_github_gives_it_out_and_as_openssl_writes_it() throws GeneralSecurityException {
        assertThat(AppKey.read("work", LocalGitHub.strangersKey()).failure()).isEmpty();
        assertThat(AppKey.read("work", newer(pair())).failure()).isEmpty();
        assertThat(AppKey.read("work", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----")
                        .failure())
                .isPresent();
    }

    @Test
    void what_is_signed_names_the_app_and_lasts_less_than_ten_minutes() throws GeneralSecurityException {
        KeyPair pair = pair();
        AppKey key = ((Answer.Given<AppKey>) AppKey.read("work", newer(pair))).value();

        String[] parts = key.signed(1_234_567, NOW).split("\\.");
        JsonNode claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.path("iss").asString()).isEqualTo("1234567");
        assertThat(claims.path("iat").asLong()).isLessThan(NOW.getEpochSecond());
        assertThat(claims.path("exp").asLong() - NOW.getEpochSecond()).isBetween(300L, 599L);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static String newer(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
