package dev.plumbline.forge.hook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * GitLab: the secret itself in {@code X-Gitlab-Token}, or, where the secret is a signing token, a signature by the Standard Webhooks
 * scheme. Which of both is asked for is told by the secret's beginning, so that a signature can't be left out.
 */
public final class GitLabHooks implements HookDialect {
    private static final Set<String> OF_INTEREST =
            Set.of("Push Hook", "Tag Push Hook", "Merge Request Hook", "Note Hook");

    private final InstantSource clock;

    GitLabHooks(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether a secret is one that GitLab signs with; else it sends the secret itself. */
    public static boolean signs(String secret) {
        return secret.startsWith(StandardWebhook.PREFIX);
    }

    @Override
    public boolean genuine(HookHeaders headers, byte[] body, String secret) {
        if (signs(secret)) {
            return new StandardWebhook(secret).signs(headers, body, clock.instant());
        }
        byte[] wanted = secret.getBytes(StandardCharsets.UTF_8);
        return headers.get("X-Gitlab-Token")
                .map(token -> MessageDigest.isEqual(wanted, token.getBytes(StandardCharsets.UTF_8)))
                .orElse(false);
    }

    @Override
    public Optional<String> delivery(HookHeaders headers) {
        return headers.get("Idempotency-Key");
    }

    @Override
    public boolean ofInterest(HookHeaders headers) {
        return headers.get("X-Gitlab-Event").filter(OF_INTEREST::contains).isPresent();
    }

    @Override
    public Optional<String> said(JsonNode body) {
        return body.path("object_attributes").path("note").asStringOpt();
    }

    @Override
    public Optional<String> repository(JsonNode body) {
        return Optional.of(body.path("project").path("path_with_namespace").asString(""))
                .filter(name -> !name.isEmpty());
    }
}
