package dev.plumbline.forge.gitea;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.People.Permission;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Review;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.http.Encoded;
import dev.plumbline.forge.http.ForgeApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Who may do what on a Gitea. Others' permissions are read by an administrator of the repository only. */
final class GiteaPeople {
    /** So far back the feed of a repository is read. */
    private static final int MOST_PAGES = 40;

    private final ForgeApi api;
    private final int page;

    GiteaPeople(ForgeApi api, int page) {
        this.api = api;
        this.page = page;
    }

    Answer<Permission> permission(Remote remote, String login) {
        Answer<Permission> answer = api.find(
                        GiteaForge.at(remote) + "/collaborators/" + Encoded.name(login) + "/permission")
                .then(found -> new Answer.Given<>(
                        found.map(given -> switch (given.path("permission").asString("")) {
                                    case "owner", "admin" -> Permission.ADMIN;
                                    case "write" -> Permission.WRITE;
                                    case "read" -> Permission.READ;
                                    default -> Permission.NONE;
                                })
                                .orElse(Permission.NONE)));
        return advised(
                answer,
                "others' permission is told to an administrator of the repository only: make the token's user one");
    }

    /** An organisation that isn't there and one that the token's user may not see look alike; so neither is answered with a no. */
    Answer<Boolean> inTeam(String team, String login) {
        String[] names = team.split("/", 2);
        if (names.length < 2) {
            return new Answer.Given<>(false);
        }
        Answer<Boolean> answer = api.get(
                        "/orgs/" + Encoded.name(names[0]) + "/teams/search?q=" + Encoded.name(names[1]))
                .then(found -> found.path("data")
                        .valueStream()
                        .filter(one -> one.path("name").asString("").equalsIgnoreCase(names[1]))
                        .findFirst()
                        .map(one -> api.find("/teams/" + one.path("id").asLong() + "/members/" + Encoded.name(login))
                                .<Boolean>then(member -> new Answer.Given<>(member.isPresent())))
                        .orElse(new Answer.Given<>(false)));
        return advised(
                answer,
                "who is in a team is told to its members and to owners of the organisation only: make the token's user"
                        + " one of them, and give the token the scope read:organization");
    }

    /** Adds what to do where the forge refuses to tell. */
    private static <T> Answer<T> advised(Answer<T> answer, String advice) {
        return answer.failure()
                .filter(trouble -> trouble.kind() == Trouble.Kind.CREDENTIALS || trouble.kind() == Trouble.Kind.GONE)
                .<Answer<T>>map(
                        trouble -> new Answer.Failed<>(new Trouble(trouble.kind(), trouble.sentence() + "; " + advice)))
                .orElse(answer);
    }

    Answer<Set<String>> hands(Remote remote, PullRequest pull) {
        String at = GiteaForge.at(remote);
        Set<String> hands = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        hands.add(pull.author());
        return api.list(at + "/pulls/" + pull.number() + "/commits?files=false", page)
                .then(commits -> {
                    commits.forEach(commit ->
                            Stream.of("author", "committer").forEach(role -> hands.add(person(commit, role))));
                    return api.list(at + "/issues/" + pull.number() + "/timeline", page);
                })
                .then(events -> {
                    events.stream()
                            .filter(event -> event.path("type").asString("").equals("pull_push"))
                            .forEach(push -> hands.add(GiteaJson.login(push.path("user"))));
                    return pushers(at, pull);
                })
                .then(pushers -> {
                    hands.addAll(pushers);
                    hands.remove("");
                    return new Answer.Given<>(Set.copyOf(hands));
                });
    }

    /** What was pushed before it was opened stands in the repository's feed alone, the newest first. */
    private Answer<Set<String>> pushers(String at, PullRequest pull) {
        Set<String> pushers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (int number = 1; number <= MOST_PAGES; number++) {
            Answer<JsonNode> events = api.get(at + "/activities/feeds?limit=" + page + "&page=" + number);
            if (events instanceof Answer.Failed<JsonNode> failed) {
                return new Answer.Failed<>(failed.trouble());
            }
            JsonNode feed = ((Answer.Given<JsonNode>) events).value();
            feed.valueStream()
                    .filter(event -> event.path("ref_name").asString("").equals("refs/heads/" + pull.branch())
                            || event.path("ref_name").asString("").equals(pull.branch()))
                    .forEach(push -> pushers.add(GiteaJson.login(push.path("act_user"))));
            if (feed.isEmpty()) {
                return new Answer.Given<>(pushers);
            }
        }
        return pushers.isEmpty()
                ? new Answer.Failed<>(new Trouble(
                        Trouble.Kind.REFUSED,
                        "who pushed to " + pull.branch()
                                + " can't be told: too much happened in the repository since; push" + " to it again"))
                : new Answer.Given<>(pushers);
    }

    private static String person(JsonNode commit, String role) {
        String login = GiteaJson.login(commit.path(role));
        return login.isEmpty() ? commit.path("commit").path(role).path("email").asString("") : login;
    }

    Answer<List<Review>> reviews(Remote remote, PullRequest pull) {
        return api.list(GiteaForge.at(remote) + "/pulls/" + pull.number() + "/reviews", page)
                .then(all -> {
                    Map<String, Review> newest = new LinkedHashMap<>();
                    all.stream().flatMap(one -> review(one).stream()).forEach(one -> newest.put(one.login(), one));
                    return new Answer.Given<>(new ArrayList<>(newest.values()));
                });
    }

    /** Empty for what is no judgement: a remark, a question for a review, one that is still being written. */
    private static Optional<Review> review(JsonNode review) {
        boolean dismissed = review.path("dismissed").asBoolean(false);
        Optional<Review.State> state = switch (review.path("state").asString("")) {
            case "APPROVED" -> Optional.of(dismissed ? Review.State.WITHDRAWN : Review.State.APPROVED);
            case "REQUEST_CHANGES" -> Optional.of(dismissed ? Review.State.WITHDRAWN : Review.State.REFUSED);
            default -> Optional.empty();
        };
        return state.map(judged -> new Review(
                GiteaJson.login(review.path("user")),
                judged,
                GiteaJson.commit(review.path("commit_id")),
                GiteaJson.time(review.path("submitted_at"))));
    }
}
