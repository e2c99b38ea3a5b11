package dev.plumbline.forge.gitea;

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
import tools.jackson.databind.JsonNode;

/**
 * Whether the token may do in a repository what Plumbline does there. Gitea names a token's scopes only where one is missing, and
 * looks at them before anything else: so what would be written is tried on things of number 0, which there never is.
 */
final class GiteaRights {
    private static final String PULLS = "pull requests";
    private static final String COMMENTS = "comments";
    private static final String STATUSES = "statuses";
    private static final String PERMISSIONS = "others' permissions";
    private static final String TEAMS = "teams";
    private static final String MERGING = "merging";

    private final ForgeApi api;
    private final Remote remote;
    private final String at;

    GiteaRights(ForgeApi api, Remote remote) {
        this.api = api;
        this.remote = remote;
        this.at = GiteaForge.at(remote);
    }

    Inspection.Rights all() {
        Answer<JsonNode> self = api.get("/user");
        Optional<Trouble> stranger = self.failure().filter(refused -> !ofScope(refused));
        if (stranger.isPresent()) {
            return Inspection.Rights.unknown("token", stranger.get());
        }
        List<Finding> all = new ArrayList<>();
        all.add(scoped("token", self, "read:user", "Plumbline can't tell its own comments from others'")
                .orElseGet(() -> Finding.ok("token", "it is that of " + GiteaJson.login(given(self)))));
        Answer<JsonNode> repository = api.get(at);
        Optional<Trouble> unseen = repository.failure();
        if (unseen.isPresent()) {
            all.add(
                    ofScope(unseen.get())
                            ? lacking("repository", "write:repository", "Plumbline can do nothing there")
                            : Finding.unseen("repository", remote, unseen.get()));
            return new Inspection.Rights(all, false);
        }
        all.addAll(inside(given(repository)));
        return new Inspection.Rights(all, true);
    }

    private List<Finding> inside(JsonNode repository) {
        boolean writes = repository.path("permissions").path("push").asBoolean(false);
        boolean administers = repository.path("permissions").path("admin").asBoolean(false);
        List<Finding> all = new ArrayList<>();
        all.add(
                repository.path("archived").asBoolean(false)
                        ? Finding.missing(
                                "repository",
                                remote.path() + " is archived: nobody can write there",
                                "take it back in the repository's Settings, or take it out of server.yaml")
                        : Finding.ok("repository", remote.path() + " can be read"));
        all.add(pulls(repository));
        all.add(scoped(
                        COMMENTS,
                        api.patch(at + "/issues/comments/0", Map.of("body", "-")),
                        "write:issue",
                        "plans can't be told on pull requests, nor commands read")
                .orElseGet(() -> Finding.ok(COMMENTS, "it may write them")));
        Optional<Finding> scope = scoped(
                STATUSES,
                api.postTo(at + "/hooks/0/tests", Map.of()).failure().filter(GiteaRights::ofScope),
                "write:repository",
                "commits get no statuses, and nothing is merged");
        all.add(scope.orElseGet(() -> statuses(writes)));
        all.add(permissions(administers));
        teams(repository).ifPresent(all::add);
        if (scope.isEmpty()) {
            all.add(merging(repository));
        }
        return all;
    }

    private Finding pulls(JsonNode repository) {
        return repository.path("has_pull_requests").asBoolean(true)
                ? api.get(at + "/pulls?limit=1")
                        .failure()
                        .filter(refused -> refused.kind() != Trouble.Kind.GONE)
                        .map(refused -> Finding.missing(PULLS, refused))
                        .orElseGet(() -> Finding.ok(PULLS, "they can be listed"))
                : Finding.missing(
                        PULLS,
                        "the repository has none",
                        "switch them on in its Settings → Repository → Advanced Settings (Units)");
    }

    private static Finding statuses(boolean writes) {
        return writes
                ? Finding.ok(STATUSES, "it may set them")
                : Finding.missing(
                        STATUSES,
                        "the token's user may not write to the repository, so that commits get no statuses, and nothing is"
                                + " merged",
                        collaborator("write access"));
    }

    private Finding permissions(boolean administers) {
        return administers
                ? Finding.ok(PERMISSIONS, "they can be read")
                : Finding.missing(
                        PERMISSIONS,
                        "the token's user is no administrator of the repository, and Gitea tells nobody else what others may"
                                + " do there: commands in comments, and approvals, are refused",
                        collaborator("administrator access"));
    }

    private static String collaborator(String access) {
        return "an administrator gives that user " + access + " in the repository's Settings → Collaborators";
    }

    /** Empty where the repository belongs to a person: there are no teams. */
    private Optional<Finding> teams(JsonNode repository) {
        Answer<Optional<JsonNode>> organisation =
                api.find("/orgs/" + repository.path("owner").path("login").asString(""));
        return organisation
                .failure()
                .map(refused -> Finding.warning(
                        TEAMS,
                        "the token lacks the scope read:organization: rules and CODEOWNERS that name teams of an"
                                + " organisation can't be judged",
                        token("read:organization")))
                .or(() -> ((Answer.Given<Optional<JsonNode>>) organisation)
                        .value()
                        .map(there -> Finding.ok(TEAMS, "those of an organisation can be asked for")));
    }

    /** What the protection of the main branch says; only of interest where it is applied before the merge. */
    private Finding merging(JsonNode repository) {
        String branch = remote.branch().orElse(repository.path("default_branch").asString("main"));
        Answer<Optional<JsonNode>> found = api.find(at + "/branches/" + branch);
        if (found instanceof Answer.Failed<Optional<JsonNode>> failed) {
            return Finding.missing(MERGING, failed.trouble());
        }
        boolean may = ((Answer.Given<Optional<JsonNode>>) found)
                .value()
                .map(there -> there.path("user_can_merge").asBoolean(false))
                .orElse(true);
        return may
                ? Finding.ok(MERGING, "it may merge into " + branch)
                : Finding.warning(
                        MERGING,
                        "the token's user may not merge into " + branch + ": 'apply: before_merge' can't be used",
                        "let it write there, and where the branch is protected name it in Settings → Branches → Whitelist"
                                + " for merging");
    }

    private Optional<Finding> scoped(String about, Answer<?> tried, String scope, String stops) {
        // That there is no comment of that number is the answer of a forge that would have let us.
        return scoped(about, tried.failure(), scope, stops);
    }

    private static Optional<Finding> scoped(String about, Optional<Trouble> refused, String scope, String stops) {
        return refused.map(
                trouble -> ofScope(trouble) ? lacking(about, scope, stops) : Finding.missing(about, trouble));
    }

    private static Finding lacking(String about, String scope, String stops) {
        return Finding.missing(about, "the token lacks the scope " + scope + ": " + stops, token(scope));
    }

    private static boolean ofScope(Trouble trouble) {
        return trouble.kind() == Trouble.Kind.CREDENTIALS && trouble.sentence().contains("required scope");
    }

    private static String token(String scope) {
        return "as the token's user, make another in Settings → Applications → Generate token, with " + scope
                + " among its scopes, and give that in server.yaml";
    }

    private static <T> T given(Answer<T> answer) {
        return ((Answer.Given<T>) answer).value();
    }
}
