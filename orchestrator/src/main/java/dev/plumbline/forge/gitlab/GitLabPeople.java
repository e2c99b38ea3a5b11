package dev.plumbline.forge.gitlab;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Review;
import dev.plumbline.forge.http.Encoded;
import dev.plumbline.forge.http.ForgeApi;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Who may do what on a GitLab. */
final class GitLabPeople {
    /** Developers push; maintainers change what is protected, and so may unlock as an administrator may elsewhere. */
    private static final int MAINTAINER = 40;

    private static final int DEVELOPER = 30;
    private static final int GUEST = 10;

    private final ForgeApi api;
    private final GitLabHands hands;

    GitLabPeople(ForgeApi api) {
        this.api = api;
        this.hands = new GitLabHands(api);
    }

    /** By the project, its groups, and groups that were invited to it. */
    Answer<Permission> permission(Remote remote, String login) {
        String at = GitLabForge.at(remote);
        return member(at, login)
                .then(found -> found.isPresent()
                        ? new Answer.Given<>(
                                level(found.get().path("access_level").asInt(0)))
                        : stranger(at, login));
    }

    private static Permission level(int level) {
        return level >= MAINTAINER
                ? Permission.ADMIN
                : level >= DEVELOPER ? Permission.WRITE : level >= GUEST ? Permission.READ : Permission.NONE;
    }

    /** Who is no member reads what is public. What is internal is closed to some accounts, and GitLab doesn't say to which. */
    private Answer<Permission> stranger(String at, String login) {
        return user(login)
                .then(user -> user.isEmpty()
                        ? new Answer.Given<>(Permission.NONE)
                        : api.get(at)
                                .then(project -> new Answer.Given<>(
                                        project.path("visibility").asString("").equals("public")
                                                ? Permission.READ
                                                : Permission.NONE)));
    }

    /** A group that isn't there and one that the token's user may not see look alike; nobody is in either. */
    Answer<Boolean> inTeam(String team, String login) {
        return member("/groups/" + Encoded.name(team), login).then(found -> new Answer.Given<>(found.isPresent()));
    }

    /** Empty for nobody, for no member, and for one who is not let in yet. */
    private Answer<Optional<JsonNode>> member(String of, String login) {
        return user(login)
                .then(user -> user.isEmpty()
                        ? new Answer.Given<>(Optional.<JsonNode>empty())
                        : api.find(of + "/members/all/" + user.get().path("id").asLong()))
                .then(found -> new Answer.Given<>(found.filter(GitLabPeople::active)));
    }

    /** Who waits for a seat can do nothing yet. */
    private static boolean active(JsonNode member) {
        return member.path("membership_state").asString("active").equals("active");
    }

    /** Empty for nobody, and for one who was blocked. */
    private Answer<Optional<JsonNode>> user(String login) {
        return api.linked("/users?username=" + Encoded.name(login), GitLabForge.PAGE)
                .then(users -> new Answer.Given<>(users.stream()
                        .filter(user -> user.path("state").asString("").equals("active"))
                        .findFirst()));
    }

    Answer<Set<String>> hands(Remote remote, PullRequest pull) {
        return hands.of(remote, pull);
    }

    /**
     * Who approves now stands in a list of its own, in newer versions with the time; what else somebody said stands in what GitLab
     * notes itself. Neither says for which commit.
     */
    Answer<List<Review>> reviews(Remote remote, PullRequest pull) {
        String at = GitLabForge.at(remote, pull.number());
        return api.linked(at + "/notes?activity_filter=only_activity&sort=asc&order_by=created_at", GitLabForge.PAGE)
                .then(notes -> {
                    Map<String, Review> newest = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                    notes.stream()
                            .flatMap(note -> noted(note).stream())
                            .forEach(review -> newest.put(review.login(), review));
                    return api.get(at + "/approvals").then(approvals -> {
                        Map<String, Optional<Instant>> approving = approving(approvals);
                        newest.replaceAll((login, review) -> standing(review, approving.containsKey(login)));
                        approving.forEach((login, since) ->
                                newest.merge(login, approval(login, since.orElse(Instant.EPOCH)), GitLabPeople::later));
                        return new Answer.Given<>(List.copyOf(newest.values()));
                    });
                });
    }

    private static Optional<Review> noted(JsonNode note) {
        Optional<Review.State> state =
                switch (note.path("system").asBoolean(false) ? note.path("body").asString("") : "") {
                    case "approved this merge request" -> Optional.of(Review.State.APPROVED);
                    case "requested changes" -> Optional.of(Review.State.REFUSED);
                    case "unapproved this merge request" -> Optional.of(Review.State.WITHDRAWN);
                    default -> Optional.empty();
                };
        return state.map(judged -> new Review(
                GitLabJson.username(note.path("author")),
                judged,
                Optional.empty(),
                GitLabJson.time(note.path("created_at"))));
    }

    private static Map<String, Optional<Instant>> approving(JsonNode approvals) {
        Map<String, Optional<Instant>> since = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        approvals
                .path("approved_by")
                .forEach(approval -> since.put(
                        GitLabJson.username(approval.path("user")),
                        Optional.of(approval.path("approved_at"))
                                .filter(JsonNode::isString)
                                .map(GitLabJson::time)));
        return since;
    }

    /** An approval that is noted but not listed any more was reset by a push. */
    private static Review standing(Review review, boolean listed) {
        return review.state() == Review.State.APPROVED && !listed
                ? new Review(review.login(), Review.State.WITHDRAWN, review.commit(), review.at())
                : review;
    }

    private static Review approval(String login, Instant since) {
        return new Review(login, Review.State.APPROVED, Optional.empty(), since);
    }

    private static Review later(Review one, Review other) {
        return other.at().isBefore(one.at()) ? one : other;
    }
}
