package dev.plumbline.forge.hook;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** GitHub: an HMAC of the body in {@code X-Hub-Signature-256}, behind the name of its hash. */
final class GitHubHooks implements HookDialect {
    private static final String HASH = "sha256=";
    private static final Set<String> OF_INTEREST = Set.of(
            "push",
            "create",
            "delete",
            "repository",
            "issue_comment",
            "pull_request",
            "pull_request_review",
            "merge_group");

    @Override
    public boolean genuine(HookHeaders headers, byte[] body, String secret) {
        return headers.get("X-Hub-Signature-256")
                .filter(signature -> signature.startsWith(HASH))
                .map(signature -> new Signature(secret).matches(body, signature.substring(HASH.length())))
                .orElse(false);
    }

    @Override
    public Optional<String> delivery(HookHeaders headers) {
        return headers.get("X-GitHub-Delivery");
    }

    @Override
    public boolean ofInterest(HookHeaders headers) {
        return headers.get("X-GitHub-Event").filter(OF_INTEREST::contains).isPresent();
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
