package dev.plumbline.forge.gitlab;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.CommitStatus;
import dev.plumbline.forge.Deployment;
import dev.plumbline.forge.PullComment;
import dev.plumbline.forge.PullDetail;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Review;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.UnreadableException;
import dev.plumbline.forge.http.Authorization;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.forge.http.Encoded;
import dev.plumbline.forge.http.Endpoint;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.git.CommitSha;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A GitLab, by its REST API, version 4. Its merge requests are the pull requests, their notes the comments. */
public final class GitLabForge implements PullForge {
    static final int PAGE = 100;
    /** Longer names, descriptions and addresses of a status are refused. */
    private static final int LONGEST = 255;

    private final ForgeApi api;
    private final GitLabNotes notes;
    private final GitLabPeople people;
    private final GitLabDeployments deployments;
    private final KnownRefs refs = new KnownRefs();

    public GitLabForge(ForgeConfig forge, Clock clock, Budgets budgets) {
        this.api = api(forge, clock, budgets);
        this.notes = new GitLabNotes(api);
        this.people = new GitLabPeople(api);
        this.deployments = new GitLabDeployments(api, refs);
    }

    /** The API, with the token that stands in server.yaml. */
    static ForgeApi api(ForgeConfig forge, Clock clock, Budgets budgets) {
        String token = forge.token().orElseThrow();
        Endpoint endpoint = new Endpoint(
                forge.name(), forge.url().replaceFirst("/+$", "") + "/api/v4", Map.of("Accept", "application/json"));
        return new ForgeApi(
                endpoint,
                Authorization.fixed("PRIVATE-TOKEN", token, token),
                clock,
                budgets.of(new Budgets.Whose(forge.name(), "")));
    }

    /** A project's path goes in one piece. */
    static String at(Remote remote) {
        return "/projects/" + Encoded.name(remote.path());
    }

    static String at(Remote remote, long pull) {
        return at(remote) + "/merge_requests/" + pull;
    }

    @Override
    public Answer<List<PullRequest>> open(Remote remote) {
        return api.linked(at(remote) + "/merge_requests?state=opened&order_by=created_at&sort=asc", PAGE)
                .then(pulls -> {
                    List<PullRequest> open = pulls.stream()
                            .flatMap(pull -> GitLabJson.pull(pull).stream())
                            .toList();
                    open.forEach(pull -> refs.saw(remote, pull));
                    return new Answer.Given<>(open);
                });
    }

    @Override
    public Answer<List<PullDetail>> merged(Remote remote) {
        return api.get(at(remote) + "/merge_requests?state=merged&order_by=updated_at&sort=desc&per_page=" + PAGE)
                .then(merged -> new Answer.Given<>(merged.valueStream()
                        .flatMap(pull -> GitLabJson.detail(pull).stream())
                        .filter(pull -> pull.mergedAs().isPresent())
                        .toList()));
    }

    @Override
    public Answer<Optional<PullDetail>> find(Remote remote, long pull) {
        return api.find(at(remote, pull)).then(found -> {
            Optional<PullDetail> detail = found.flatMap(GitLabJson::detail);
            detail.ifPresent(known -> refs.saw(remote, known));
            return new Answer.Given<>(detail);
        });
    }

    @Override
    public Answer<Optional<CommitSha>> tip(Remote remote, String branch) {
        return api.find(at(remote) + "/repository/branches/" + Encoded.name(branch))
                .then(found -> new Answer.Given<>(found.flatMap(
                        there -> GitLabJson.commit(there.path("commit").path("id")))));
    }

    @Override
    public Answer<List<PullComment>> comments(Remote remote, Instant since) {
        return notes.since(remote, since);
    }

    @Override
    public Answer<Optional<Long>> findComment(Remote remote, long pull, String marker) {
        return notes.find(remote, pull, marker);
    }

    @Override
    public Answer<Written> comment(Remote remote, long pull, String markdown) {
        return notes.add(remote, pull, markdown);
    }

    @Override
    public Answer<Optional<Written>> edit(Remote remote, long pull, long comment, String markdown) {
        return notes.edit(remote, pull, comment, markdown);
    }

    @Override
    public Answer<Boolean> react(Remote remote, long pull, long comment, Reaction reaction) {
        return notes.react(remote, pull, comment, reaction);
    }

    @Override
    public Answer<CommitStatus> status(Remote remote, CommitStatus status) {
        Map<String, String> body = new HashMap<>(Map.of(
                "name", cut(status.context()),
                "state",
                        switch (status.state()) {
                            case PENDING -> "pending";
                            case SUCCESS -> "success";
                            case FAILURE -> "failed";
                        },
                "description", status.description()));
        if (!status.url().isEmpty() && status.url().length() <= LONGEST) {
            body.put("target_url", status.url());
        }
        refs.of(remote, status.commit()).ifPresent(ref -> body.put("ref", ref));
        Answer<CommitStatus> answer = api.post(
                        at(remote) + "/statuses/" + status.commit().hex(), body)
                .then(made -> new Answer.Given<>(status));
        // One that waits can't be told to wait again, be it with other words.
        boolean there = answer.failure()
                .filter(trouble -> trouble.sentence().contains("Cannot transition status"))
                .isPresent();
        return there ? new Answer.Given<>(status) : answer;
    }

    @Override
    public Answer<Boolean> deploy(Remote remote, Deployment deployment) {
        return deployments.record(remote, deployment);
    }

    private static String cut(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }

    /** Whether there is a merge commit, or the head is put on the base, is the project's own setting; squashing can be asked for. */
    @Override
    public Answer<Merged> merge(Remote remote, long pull, CommitSha head, MergeMethod method) {
        Answer<Merged> answer = api.put(
                        at(remote, pull) + "/merge", Map.of("sha", head.hex(), "squash", method == MergeMethod.SQUASH))
                .then(merged -> new Answer.Given<>(new Merged()));
        return advised(
                answer,
                "GitLab says the same where the token's user may not merge into that branch: give it the role"
                        + " Maintainer, or let Developers merge there");
    }

    /** Adds what to do where GitLab refuses somebody for what they are, or doesn't show them what there is. */
    static <T> Answer<T> advised(Answer<T> answer, String advice) {
        return answer.failure()
                .filter(trouble -> trouble.kind() == Trouble.Kind.CREDENTIALS || trouble.kind() == Trouble.Kind.GONE)
                .<Answer<T>>map(
                        trouble -> new Answer.Failed<>(new Trouble(trouble.kind(), trouble.sentence() + "; " + advice)))
                .orElse(answer);
    }

    @Override
    public Answer<PullRequest> propose(Remote remote, String branch, String base, String title, String markdown) {
        return api.post(
                        at(remote) + "/merge_requests",
                        Map.of(
                                "source_branch", branch,
                                "target_branch", base,
                                "title", title,
                                "description", Harmless.of(markdown)))
                .then(made -> new Answer.Given<>(
                        GitLabJson.pull(made).orElseThrow(() -> new UnreadableException("a pull request"))));
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
