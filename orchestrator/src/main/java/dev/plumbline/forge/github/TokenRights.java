package dev.plumbline.forge.github;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.forge.inspect.Finding;
import dev.plumbline.forge.inspect.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Whether a token may do in a repository what Plumbline does there. GitHub names the scopes of a classic token; what a fine-grained
 * one may do is told nowhere, so what would be written is tried on what there never is: number 0, and a commit of zeros.
 */
final class TokenRights {
    private static final String NO_COMMIT = "0".repeat(40);

    private final ForgeApi api;
    private final Remote remote;
    private final String at;

    TokenRights(ForgeApi api, Remote remote) {
        this.api = api;
        this.remote = remote;
        this.at = GitHubForge.at(remote);
    }

    Inspection.Rights all() {
        Answer<JsonNode> self = api.get("/user");
        if (self.failure().isPresent()) {
            return Inspection.Rights.unknown("token", self.failure().get());
        }
        String login = GitHubJson.login(((Answer.Given<JsonNode>) self).value());
        Answer<JsonNode> repository = api.get(at);
        List<Finding> all = new ArrayList<>(List.of(Finding.ok("token", "it is that of " + login)));
        if (!(repository instanceof Answer.Given<JsonNode> seen)) {
            all.add(Finding.unseen("repository", remote, repository.failure().orElseThrow()));
            return new Inspection.Rights(all, false);
        }
        all.add(repository(remote, seen.value()));
        scope(seen.value()).ifPresent(all::add);
        all.add(pulls());
        all.add(tried(
                "comments",
                api.patch(at + "/issues/comments/0", Map.of("body", "-")),
                "Pull requests: read and write",
                "plans can't be told on pull requests"));
        all.add(statuses(seen.value()));
        all.add(permissions(login));
        teams(seen.value(), login).ifPresent(all::add);
        all.add(merging());
        all.add(deployments());
        return new Inspection.Rights(all, true);
    }

    static Finding repository(Remote remote, JsonNode repository) {
        return repository.path("archived").asBoolean(false)
                ? Finding.missing(
                        "repository",
                        remote.path() + " is archived: nobody can write there",
                        "take it back in its Settings, or take it out of server.yaml")
                : Finding.ok("repository", remote.path() + " can be read");
    }

    /** Empty for a fine-grained token, of which GitHub names none, and for a classic one that has it. */
    private Optional<Finding> scope(JsonNode repository) {
        Optional<String> named = api.header("/user", "X-OAuth-Scopes") instanceof Answer.Given<Optional<String>> given
                ? given.value().filter(scopes -> !scopes.isBlank())
                : Optional.empty();
        Set<String> enough =
                repository.path("private").asBoolean(true) ? Set.of("repo") : Set.of("repo", "public_repo");
        return named.filter(scopes ->
                        List.of(scopes.strip().split("\\s*,\\s*")).stream().noneMatch(enough::contains))
                .map(scopes -> Finding.missing(
                        "scopes",
                        "the token has only " + scopes + ": it may not write to the repository",
                        "as its user, add repo in Settings → Developer settings → Tokens (classic)"));
    }

    private Finding pulls() {
        Answer<JsonNode> listed = api.get(at + "/pulls?per_page=1");
        return listed.failure()
                .map(refused ->
                        ofPermission(refused, "pull requests", "Pull requests: read and write", "nothing works"))
                .orElseGet(() -> Finding.ok("pull requests", "they can be listed"));
    }

    private Finding statuses(JsonNode repository) {
        JsonNode rights = repository.path("permissions");
        if (!rights.isMissingNode() && !rights.path("push").asBoolean(false)) {
            return Finding.missing(
                    "statuses",
                    "the token's user may not write to the repository: commits get no statuses, and nothing is merged",
                    "an administrator gives that user the role Write in the repository's Settings → Collaborators and teams");
        }
        Map<String, String> status = Map.of("state", "pending", "context", "plumbline/plan");
        return tried(
                "statuses",
                api.post(at + "/statuses/" + NO_COMMIT, status),
                "Commit statuses: read and write",
                "commits get no statuses");
    }

    private Finding permissions(String login) {
        Answer<Optional<JsonNode>> own = api.find(at + "/collaborators/" + login + "/permission");
        return own.failure()
                .map(refused -> Finding.missing(
                        "others' permissions",
                        "they can't be read, so that commands in comments, and approvals, are refused: "
                                + refused.sentence(),
                        "give the token's user the role Write in the repository"))
                .orElseGet(() -> Finding.ok("others' permissions", "they can be read"));
    }

    /** Empty where the repository belongs to a person: there are no teams. */
    private Optional<Finding> teams(JsonNode repository, String login) {
        JsonNode owner = repository.path("owner");
        if (!owner.path("type").asString("").equals("Organization")) {
            return Optional.empty();
        }
        // Whether there is such a team doesn't matter.
        Answer<Optional<JsonNode>> asked =
                api.find("/orgs/" + GitHubJson.login(owner) + "/teams/plumbline/memberships/" + login);
        return Optional.of(asked.failure()
                .map(
                        refused -> Finding.warning(
                                "teams",
                                "who is in a team can't be read: rules and CODEOWNERS that name teams can't be judged",
                                "give the token the organisation's permission Members: read (a classic one the scope read:org)"))
                .orElseGet(() -> Finding.ok("teams", "those of the organisation can be asked for")));
    }

    private Finding merging() {
        return optional(
                "merging",
                api.put(at + "/pulls/0/merge", Map.of()),
                "Contents: read and write",
                "'apply: before_merge' and 'plumbline revert' can't be used");
    }

    private Finding deployments() {
        return optional(
                "deployments",
                api.post(at + "/deployments/0/statuses", Map.of("state", "success")),
                "Deployments: read and write",
                "applies don't stand on the repository's page of environments");
    }

    private static Finding optional(String about, Answer<?> tried, String permission, String stops) {
        return permitted(tried.failure())
                ? Finding.ok(about, permission)
                : Finding.warning(
                        about, "the token lacks the permission " + permission + ": " + stops, grant(permission));
    }

    private static Finding tried(String about, Answer<?> answer, String permission, String stops) {
        return answer.failure()
                .filter(refused -> !permitted(Optional.of(refused)))
                .map(refused -> ofPermission(refused, about, permission, stops))
                .orElseGet(() -> Finding.ok(about, permission));
    }

    /** That there is nothing of that number or commit is the answer of a forge that would have let us. */
    private static boolean permitted(Optional<Trouble> refused) {
        return refused.filter(trouble -> trouble.kind() != Trouble.Kind.GONE && trouble.kind() != Trouble.Kind.REFUSED)
                .isEmpty();
    }

    private static Finding ofPermission(Trouble refused, String about, String permission, String stops) {
        return refused.kind() == Trouble.Kind.CREDENTIALS
                ? Finding.missing(
                        about, "the token lacks the permission " + permission + ": " + stops, grant(permission))
                : Finding.missing(about, refused);
    }

    private static String grant(String permission) {
        return "as the token's user, set " + permission
                + " in Settings → Developer settings → Fine-grained tokens, for this repository";
    }
}
