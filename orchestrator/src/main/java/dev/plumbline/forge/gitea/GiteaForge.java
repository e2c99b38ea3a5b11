package dev.plumbline.forge.gitea;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.CommitStatus;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.git.CommitSha;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A Gitea or Forgejo, by the API that it describes under {@code /api/swagger}. */
public final class GiteaForge implements PullForge {
    /** Gitea gives no more than that at once, unless its MAX_RESPONSE_ITEMS says otherwise. */
    private static final int PAGE = 50;

    private final ForgeApi api;

    public GiteaForge(ForgeConfig forge) {
        String token = forge.token().orElseThrow();
        String url =
                forge.url().endsWith("/") ? forge.url().substring(0, forge.url().length() - 1) : forge.url();
        this.api = new ForgeApi(forge.name(), url + "/api/v1", "token " + token, token);
    }

    private static String at(Remote remote) {
        return "/repos/" + remote.path();
    }

    @Override
    public Answer<List<PullRequest>> open(Remote remote) {
        // Of a repository without commits it says that there are no pull requests by a 404.
        return api.get(at(remote))
                .then(repository -> repository.path("empty").asBoolean(false)
                        ? new Answer.Given<>(List.<JsonNode>of())
                        : api.list(at(remote) + "/pulls?state=open&sort=oldest", PAGE))
                .then(pulls -> new Answer.Given<>(pulls.stream()
                        .map(GiteaForge::pull)
                        .flatMap(Optional::stream)
                        .toList()));
    }

    /** Empty for one whose branch, or the fork that it was in, is gone: there is nothing to plan. */
    private static Optional<PullRequest> pull(JsonNode pull) {
        JsonNode head = pull.path("head");
        JsonNode base = pull.path("base");
        String sha = head.path("sha").asString("");
        if (!sha.matches("[0-9a-f]{40}")) {
            return Optional.empty();
        }
        return Optional.of(new PullRequest(
                pull.path("number").asLong(),
                head.path("ref").asString(""),
                head.path("repo_id").asLong(-1) != base.path("repo_id").asLong(-2),
                new CommitSha(sha),
                base.path("ref").asString(""),
                pull.path("title").asString(""),
                pull.path("user").path("login").asString(""),
                pull.path("html_url").asString(""),
                pull.path("draft").asBoolean(false)));
    }

    @Override
    public Answer<Optional<Long>> findComment(Remote remote, long pull, String marker) {
        return api.get("/user")
                .then(self -> api.list(at(remote) + "/issues/" + pull + "/comments", PAGE)
                        .then(comments -> new Answer.Given<>(comments.stream()
                                // Anybody can write the marker; what others wrote is never written over.
                                .filter(comment ->
                                        comment.path("user").path("id").equals(self.path("id")))
                                .filter(comment ->
                                        comment.path("body").asString("").contains(marker))
                                .map(comment -> comment.path("id").asLong())
                                .findFirst())));
    }

    @Override
    public Answer<Long> comment(Remote remote, long pull, String markdown) {
        return api.post(at(remote) + "/issues/" + pull + "/comments", Map.of("body", markdown))
                .then(made -> new Answer.Given<>(made.path("id").asLong()));
    }

    @Override
    public Answer<Boolean> edit(Remote remote, long comment, String markdown) {
        return api.patch(at(remote) + "/issues/comments/" + comment, Map.of("body", markdown))
                .then(edited -> new Answer.Given<>(edited.isPresent()));
    }

    @Override
    public Answer<CommitStatus> status(Remote remote, CommitStatus status) {
        return api.post(
                        at(remote) + "/statuses/" + status.commit().hex(),
                        Map.of(
                                "context", status.context(),
                                "state", status.state().name().toLowerCase(Locale.ROOT),
                                "description", status.description(),
                                "target_url", status.url()))
                .then(made -> new Answer.Given<>(status));
    }
}
