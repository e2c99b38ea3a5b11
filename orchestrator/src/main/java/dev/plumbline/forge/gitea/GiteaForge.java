package dev.plumbline.forge.gitea;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.CommitStatus;
import dev.plumbline.forge.PullComment;
import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Review;
import dev.plumbline.forge.UnreadableException;
import dev.plumbline.forge.http.Authorization;
import dev.plumbline.forge.http.Encoded;
import dev.plumbline.forge.http.Endpoint;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.git.CommitSha;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A Gitea or Forgejo, by the API that it describes under {@code /api/swagger}. */
public final class GiteaForge implements PullForge {
    /** Gitea gives no more than that at once, unless its MAX_RESPONSE_ITEMS says otherwise. */
    static final int PAGE = 50;

    private final ForgeApi api;
    private final GiteaPeople people;

    public GiteaForge(ForgeConfig forge, Clock clock) {
        this.api = api(forge, clock);
        this.people = new GiteaPeople(api, PAGE);
    }

    /** The API of one, spoken with the token that stands in server.yaml. */
    static ForgeApi api(ForgeConfig forge, Clock clock) {
        String token = forge.token().orElseThrow();
        String url =
                forge.url().endsWith("/") ? forge.url().substring(0, forge.url().length() - 1) : forge.url();
        Endpoint endpoint = new Endpoint(forge.name(), url + "/api/v1", Map.of("Accept", "application/json"));
        // Gitea counts nobody's calls; a proxy before it may, and says so where it is too much.
        return new ForgeApi(endpoint, Authorization.fixed("token " + token, token), clock, left -> {});
    }

    static String at(Remote remote) {
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
                        .map(GiteaJson::pull)
                        .flatMap(Optional::stream)
                        .toList()));
    }

    @Override
    public Answer<List<PullDetail>> merged(Remote remote) {
        return api.get(at(remote) + "/pulls?state=closed&sort=recentupdate&limit=" + PAGE)
                .then(closed -> new Answer.Given<>(closed.valueStream()
                        .flatMap(pull -> GiteaJson.detail(pull).stream())
                        .filter(pull -> pull.mergedAs().isPresent())
                        .toList()));
    }

    @Override
    public Answer<Optional<PullDetail>> find(Remote remote, long pull) {
        return api.find(at(remote) + "/pulls/" + pull)
                .then(found -> new Answer.Given<>(found.flatMap(GiteaJson::detail)));
    }

    @Override
    public Answer<Optional<CommitSha>> tip(Remote remote, String branch) {
        return api.find(at(remote) + "/branches/" + Encoded.branch(branch))
                .then(found -> new Answer.Given<>(found.flatMap(
                        there -> GiteaJson.commit(there.path("commit").path("id")))));
    }

    @Override
    public Answer<List<PullComment>> comments(Remote remote, Instant since) {
        return api.list(at(remote) + "/issues/comments?since=" + since, PAGE)
                .then(comments -> new Answer.Given<>(comments.stream()
                        .flatMap(comment -> GiteaJson.comment(comment).stream())
                        .sorted(Comparator.comparing(PullComment::at).thenComparing(PullComment::id))
                        .toList()));
    }

    @Override
    public Answer<Optional<Long>> findComment(Remote remote, long pull, String marker) {
        return api.self()
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
    public Answer<Written> comment(Remote remote, long pull, String markdown) {
        return api.post(at(remote) + "/issues/" + pull + "/comments", Map.of("body", markdown))
                .then(made -> new Answer.Given<>(GiteaJson.written(made)));
    }

    @Override
    public Answer<Optional<Written>> edit(Remote remote, long pull, long comment, String markdown) {
        return api.patch(at(remote) + "/issues/comments/" + comment, Map.of("body", markdown))
                .then(edited -> new Answer.Given<>(edited.map(GiteaJson::written)));
    }

    @Override
    public Answer<Boolean> react(Remote remote, long pull, long comment, Reaction reaction) {
        String content = switch (reaction) {
            case EYES -> "eyes";
            case THUMBS_UP -> "+1";
            case THUMBS_DOWN -> "-1";
        };
        return api.postTo(at(remote) + "/issues/comments/" + comment + "/reactions", Map.of("content", content))
                .then(made -> new Answer.Given<>(made.isPresent()));
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

    @Override
    public Answer<Merged> merge(Remote remote, long pull, CommitSha head, MergeMethod method) {
        return api.post(
                        at(remote) + "/pulls/" + pull + "/merge",
                        Map.of("Do", method.name().toLowerCase(Locale.ROOT), "head_commit_id", head.hex()))
                .then(merged -> new Answer.Given<>(new Merged()));
    }

    @Override
    public Answer<PullRequest> propose(Remote remote, String branch, String base, String title, String markdown) {
        return api.post(at(remote) + "/pulls", Map.of("head", branch, "base", base, "title", title, "body", markdown))
                .then(made -> new Answer.Given<>(
                        GiteaJson.pull(made).orElseThrow(() -> new UnreadableException("a pull request"))));
    }

    @Override
    public Answer<Permission> permission(Remote remote, String login) {
        return people.permission(remote, login);
    }

    @Override
    public Answer<Boolean> inTeam(Remote remote, String team, String login) {
        return people.inTeam(team, login);
    }

    @Override
    public Answer<Set<String>> hands(Remote remote, PullRequest pull) {
        return people.hands(remote, pull);
    }

    @Override
    public Answer<List<Review>> reviews(Remote remote, PullRequest pull) {
        return people.reviews(remote, pull);
    }
}
