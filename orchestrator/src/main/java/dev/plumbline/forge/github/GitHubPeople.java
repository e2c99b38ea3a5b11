package dev.plumbline.forge.github;

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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Who may do what on a GitHub. */
final class GitHubPeople {
    /** GitHub lists no more commits of a pull request than these. */
    private static final int MOST_COMMITS = 250;

    private static final Pattern HELPER = Pattern.compile("(?im)^co-authored-by:.*<([^<>\\s]+)>\\s*$");
    /** The address that GitHub gives those who hide theirs. */
    private static final Pattern HIDDEN = Pattern.compile("(?:\\d+\\+)?([^@]+)@users\\.noreply\\..+");

    private final Access access;
    private final int page;

    GitHubPeople(Access access, int page) {
        this.access = access;
        this.page = page;
    }

    Answer<Permission> permission(Remote remote, String login) {
        return access.api(remote)
                .find(GitHubForge.at(remote) + "/collaborators/" + Encoded.name(login) + "/permission")
                .then(found -> new Answer.Given<>(
                        found.map(given -> switch (given.path("permission").asString("")) {
                                    case "admin" -> Permission.ADMIN;
                                    case "maintain", "write" -> Permission.WRITE;
                                    case "triage", "read" -> Permission.READ;
                                    default -> Permission.NONE;
                                })
                                .orElse(Permission.NONE)));
    }

    Answer<Boolean> inTeam(Remote remote, String team, String login) {
        String[] names = team.split("/", 2);
        if (names.length < 2) {
            return new Answer.Given<>(false);
        }
        return access.api(remote)
                .find("/orgs/" + Encoded.name(names[0]) + "/teams/" + Encoded.name(names[1]) + "/memberships/"
                        + Encoded.name(login))
                .then(found -> new Answer.Given<>(
                        found.filter(member -> member.path("state").asString("").equals("active"))
                                .isPresent()));
    }

    Answer<Set<String>> hands(Remote remote, PullRequest pull) {
        ForgeApi api = access.api(remote);
        String at = GitHubForge.at(remote) + "/pulls/" + pull.number();
        Set<String> hands = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        hands.add(pull.author());
        return api.linked(at + "/commits", page)
                .then(commits -> {
                    commits.forEach(commit -> hands.addAll(ofCommit(commit)));
                    return commits.size() < MOST_COMMITS
                            ? api.get(at)
                            : new Answer.Failed<>(new Trouble(
                                    Trouble.Kind.REFUSED,
                                    "GitHub lists only " + MOST_COMMITS + " commits of #" + pull.number()
                                            + ", so that nobody can tell who had a hand in it; split it up"));
                })
                .then(whole -> {
                    String from =
                            whole.path("head").path("repo").path("full_name").asString("");
                    return from.isEmpty()
                            ? new Answer.Failed<>(new Trouble(
                                    Trouble.Kind.GONE,
                                    "the fork of #" + pull.number()
                                            + " is gone, so that nobody can tell who pushed to it"))
                            : api.linked(
                                    "/repos/" + from + "/activity?ref=" + Encoded.name("refs/heads/" + pull.branch()),
                                    page);
                })
                .then(pushes -> {
                    pushes.forEach(push -> hands.add(GitHubJson.login(push.path("actor"))));
                    hands.remove("");
                    return new Answer.Given<>(Set.copyOf(hands));
                });
    }

    private static List<String> ofCommit(JsonNode commit) {
        List<String> all = new ArrayList<>();
        Stream.of("author", "committer").forEach(role -> {
            String login = GitHubJson.login(commit.path(role));
            all.add(
                    login.isEmpty()
                            ? person(commit.path("commit")
                                    .path(role)
                                    .path("email")
                                    .asString(""))
                            : login);
        });
        HELPER.matcher(commit.path("commit").path("message").asString(""))
                .results()
                .forEach(helper -> all.add(person(helper.group(1))));
        return all;
    }

    private static String person(String email) {
        return HIDDEN.matcher(email).replaceFirst("$1");
    }

    Answer<List<Review>> reviews(Remote remote, PullRequest pull) {
        return access.api(remote)
                .linked(GitHubForge.at(remote) + "/pulls/" + pull.number() + "/reviews", page)
                .then(all -> {
                    Map<String, Review> newest = new LinkedHashMap<>();
                    all.stream()
                            .flatMap(one -> GitHubJson.review(one).stream())
                            .forEach(one -> newest.put(one.login(), one));
                    return new Answer.Given<>(new ArrayList<>(newest.values()));
                });
    }
}
