package dev.plumbline.forge.hook;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Gitea and Forgejo: a bare HMAC of the body in {@code X-Gitea-Signature}. */
final class GiteaHooks implements HookDialect {
    private static final Set<String> OF_INTEREST =
            Set.of("push", "create", "delete", "repository", "issue_comment", "pull_request_comment");

    @Override
    public boolean genuine(HookHeaders headers, byte[] body, String secret) {
        return headers.get("X-Gitea-Signature")
                .map(signature -> new Signature(secret).matches(body, signature))
                .orElse(false);
    }

    @Override
    public Optional<String> delivery(HookHeaders headers) {
        return headers.get("X-Gitea-Delivery");
    }

    @Override
    public boolean ofInterest(HookHeaders headers) {
        String event = headers.get("X-Gitea-Event").orElse("");
        // pull_request_sync, pull_request_review_approved and many more
        return OF_INTEREST.contains(event) || event.startsWith("pull_request");
    }

    @Override
    public Optional<String> said(JsonNode body) {
        return body.path("comment")
                .path("body")
                .asStringOpt()
                .filter(text -> !body.path("action").asString("").equals("deleted"));
    }

    @Override
    public Optional<String> repository(JsonNode body) {
        return Optional.of(body.path("repository").path("full_name").asString(""))
                .filter(name -> !name.isEmpty());
    }
}
