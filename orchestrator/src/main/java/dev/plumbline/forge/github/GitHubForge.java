package dev.plumbline.forge.github;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.CommitStatus;
import dev.plumbline.forge.Deployment;
import dev.plumbline.forge.Diagnosis;
import dev.plumbline.forge.GitLogin;
import dev.plumbline.forge.PullComment;
import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Review;
import dev.plumbline.forge.UnreadableException;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.forge.http.Encoded;
import dev.plumbline.forge.http.Endpoint;
import dev.plumbline.git.CommitSha;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** GitHub or a GitHub Enterprise Server, by its REST API. */
public final class GitHubForge implements PullForge {
    private static final int PAGE = 100;
    private static final Map<String, String> HEADERS =
            Map.of("Accept", "application/vnd.github+json", "X-GitHub-Api-Version", "2022-11-28");

    private final Access access;
    private final GitHubPeople people;
    private final GitHubShowcase showcase;
    private final boolean app;

    public GitHubForge(ForgeConfig forge, Clock clock, Budgets budgets) {
        Endpoint endpoint = endpoint(forge);
        this.access = forge.app().given()
                ? new AppAccess(forge, endpoint, clock, budgets)
                : new TokenAccess(forge, endpoint, clock, budgets);
        this.people = new GitHubPeople(access, PAGE);
        this.showcase = new GitHubShowcase(access);
        this.app = forge.app().given();
    }

    static Endpoint endpoint(ForgeConfig forge) {
        return new Endpoint(forge.name(), GitHubAddress.api(forge.url()), HEADERS);
    }

    static String at(Remote remote) {
        return "/repos/" + remote.path();
    }

    @Override
    public Answer<Optional<GitLogin>> login(Remote remote) {
        return access.git(remote).then(login -> new Answer.Given<>(Optional.of(login)));
    }

    @Override
    public Answer<List<PullRequest>> open(Remote remote) {
        return access.api(remote)
                .linked(at(remote) + "/pulls?state=open&sort=created&direction=asc", PAGE)
                .then(pulls -> new Answer.Given<>(pulls.stream()
                        .map(GitHubJson::pull)
                        .flatMap(Optional::stream)
                        .toList()));
    }

    @Override
    public Answer<List<PullDetail>> merged(Remote remote) {
        return access.api(remote)
                .get(at(remote) + "/pulls?state=closed&sort=updated&direction=desc&per_page=" + PAGE)
                .then(closed -> new Answer.Given<>(closed.valueStream()
                        .flatMap(pull -> GitHubJson.detail(pull).stream())
                        .filter(pull -> pull.mergedAs().isPresent())
                        .toList()));
    }

    @Override
    public Answer<Optional<PullDetail>> find(Remote remote, long pull) {
        return access.api(remote)
                .find(at(remote) + "/pulls/" + pull)
                .then(found -> new Answer.Given<>(found.flatMap(GitHubJson::detail)));
    }

    @Override
    public Answer<Optional<CommitSha>> tip(Remote remote, String branch) {
        return access.api(remote)
                .find(at(remote) + "/git/ref/heads/" + Encoded.branch(branch))
                .then(found -> new Answer.Given<>(found.flatMap(
                        there -> GitHubJson.commit(there.path("object").path("sha")))));
    }

    @Override
    public Answer<List<PullComment>> comments(Remote remote, Instant since) {
        String from = since.truncatedTo(ChronoUnit.SECONDS).toString();
        return access.api(remote)
                .linked(at(remote) + "/issues/comments?sort=updated&direction=asc&since=" + from, PAGE)
                .then(comments -> new Answer.Given<>(comments.stream()
                        .flatMap(comment -> GitHubJson.comment(comment).stream())
                        .sorted(Comparator.comparing(PullComment::at).thenComparing(PullComment::id))
                        .toList()));
    }

    @Override
    public Answer<Optional<Long>> findComment(Remote remote, long pull, String marker) {
        return access.self()
                .then(self -> access.api(remote)
                        .linked(at(remote) + "/issues/" + pull + "/comments", PAGE)
                        .then(comments -> new Answer.Given<>(comments.stream()
                                // Anybody can write the marker; what others wrote is never written over.
                                .filter(comment ->
                                        GitHubJson.login(comment.path("user")).equals(self))
                                .filter(comment ->
                                        comment.path("body").asString("").contains(marker))
                                .map(comment -> comment.path("id").asLong())
                                .findFirst())));
    }

    @Override
    public Answer<Written> comment(Remote remote, long pull, String markdown) {
        return access.api(remote)
                .post(at(remote) + "/issues/" + pull + "/comments", Map.of("body", markdown))
                .then(made -> new Answer.Given<>(GitHubJson.written(made)));
    }

    @Override
    public Answer<Optional<Written>> edit(Remote remote, long pull, long comment, String markdown) {
        return access.api(remote)
                .patch(at(remote) + "/issues/comments/" + comment, Map.of("body", markdown))
                .then(edited -> new Answer.Given<>(edited.map(GitHubJson::written)));
    }

    @Override
    public Answer<Boolean> react(Remote remote, long pull, long comment, Reaction reaction) {
        String content = switch (reaction) {
            case EYES -> "eyes";
            case THUMBS_UP -> "+1";
            case THUMBS_DOWN -> "-1";
        };
        return access.api(remote)
                .postTo(at(remote) + "/issues/comments/" + comment + "/reactions", Map.of("content", content))
                .then(made -> new Answer.Given<>(made.isPresent()));
    }

    @Override
    public Answer<CommitStatus> status(Remote remote, CommitStatus status) {
        Map<String, String> body = new HashMap<>(Map.of(
                "context", status.context(),
                "state", status.state().name().toLowerCase(Locale.ROOT),
                "description", status.description()));
        if (!status.url().isEmpty()) {
            body.put("target_url", status.url());
        }
        return access.api(remote)
                .post(at(remote) + "/statuses/" + status.commit().hex(), body)
                .then(made -> new Answer.Given<>(status));
    }

    @Override
    public Answer<Boolean> diagnose(Remote remote, Diagnosis diagnosis) {
        // GitHub takes check runs from Apps alone.
        return app ? showcase.diagnose(remote, diagnosis) : new Answer.Given<>(false);
    }

    @Override
    public Answer<Boolean> deploy(Remote remote, Deployment deployment) {
        return showcase.deploy(remote, deployment);
    }

    @Override
    public Answer<Merged> merge(Remote remote, long pull, CommitSha head, MergeMethod method) {
        return access.api(remote)
                .put(
                        at(remote) + "/pulls/" + pull + "/merge",
                        Map.of("merge_method", method.name().toLowerCase(Locale.ROOT), "sha", head.hex()))
                .then(merged -> new Answer.Given<>(new Merged()));
    }

    @Override
    public Answer<PullRequest> propose(Remote remote, String branch, String base, String title, String markdown) {
        return access.api(remote)
                .post(at(remote) + "/pulls", Map.of("head", branch, "base", base, "title", title, "body", markdown))
                .then(made -> new Answer.Given<>(
                        GitHubJson.pull(made).orElseThrow(() -> new UnreadableException("a pull request"))));
    }

    @Override
    public Answer<Permission> permission(Remote remote, String login) {
        return people.permission(remote, login);
    }

    @Override
    public Answer<Boolean> inTeam(Remote remote, String team, String login) {
        return people.inTeam(remote, team, login);
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
