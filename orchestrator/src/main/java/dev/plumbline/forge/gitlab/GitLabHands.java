package dev.plumbline.forge.gitlab;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.http.Encoded;
import dev.plumbline.forge.http.ForgeApi;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Who had a hand in a merge request. A commit has names and addresses only, and GitLab finds nobody by an address that they keep to
 * themselves; so whoever has the commit's name in the project is taken for its author as well: too many rather than too few.
 */
final class GitLabHands {
    /** Pushes from before a merge request was opened are looked for in so many days; GitLab keeps them for years. */
    private static final int DAYS = 90;

    private static final Pattern HELPER = Pattern.compile("(?im)^co-authored-by:(.*)<([^<>\\s]+)>\\s*$");
    /** The address that GitLab gives those who hide theirs. */
    private static final Pattern HIDDEN = Pattern.compile("\\d+-([^@]+)@users\\.noreply\\..+");

    private final ForgeApi api;

    GitLabHands(ForgeApi api) {
        this.api = api;
    }

    private record Signature(String name, String email) {}

    Answer<Set<String>> of(Remote remote, PullRequest pull) {
        Set<String> hands = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        hands.add(pull.author());
        String at = GitLabForge.at(remote, pull.number());
        return api.linked(at + "/commits", GitLabForge.PAGE)
                .then(commits -> signers(remote, commits))
                .then(signers -> {
                    hands.addAll(signers);
                    return api.get(at);
                })
                .then(whole -> pushes(whole, pull))
                .then(pushes -> {
                    pushes.stream()
                            .filter(push -> push.path("push_data")
                                    .path("ref")
                                    .asString("")
                                    .equals(pull.branch()))
                            .forEach(push ->
                                    hands.add(push.path("author_username").asString("")));
                    hands.remove("");
                    return new Answer.Given<>(Set.copyOf(hands));
                });
    }

    private Answer<List<JsonNode>> pushes(JsonNode whole, PullRequest pull) {
        long from = whole.path("source_project_id").asLong(-1);
        if (from < 0) {
            return new Answer.Failed<>(new Trouble(
                    Trouble.Kind.GONE,
                    "the fork of !" + pull.number() + " is gone, so that nobody can tell who pushed to it"));
        }
        LocalDate after = GitLabJson.time(whole.path("created_at"))
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .minusDays(DAYS);
        return GitLabForge.advised(
                api.linked("/projects/" + from + "/events?action=pushed&after=" + after, GitLabForge.PAGE),
                "who pushed is read there, so let the token's user see that project");
    }

    private Answer<Set<String>> signers(Remote remote, List<JsonNode> commits) {
        Set<Signature> signatures = new LinkedHashSet<>();
        commits.forEach(commit -> signatures(commit).forEach(signatures::add));
        Answer<Set<String>> all = new Answer.Given<>(new TreeSet<>(String.CASE_INSENSITIVE_ORDER));
        for (Signature signature : signatures) {
            all = all.then(known -> people(remote, signature).then(more -> {
                known.addAll(more);
                return new Answer.Given<>(known);
            }));
        }
        return all;
    }

    private static Stream<Signature> signatures(JsonNode commit) {
        Stream<Signature> roles = Stream.of("author", "committer")
                .map(role -> new Signature(
                        commit.path(role + "_name").asString(""),
                        commit.path(role + "_email").asString("")));
        Stream<Signature> helpers = HELPER.matcher(commit.path("message").asString(""))
                .results()
                .map(helper -> new Signature(helper.group(1).strip(), helper.group(2)));
        return Stream.concat(roles, helpers);
    }

    private Answer<Set<String>> people(Remote remote, Signature signature) {
        Set<String> people = new LinkedHashSet<>();
        Matcher hidden = HIDDEN.matcher(signature.email());
        if (hidden.matches()) {
            people.add(hidden.group(1));
            return new Answer.Given<>(people);
        }
        return found("/users?search=" + Encoded.name(signature.email())).then(users -> {
            users.forEach(user -> people.add(GitLabJson.username(user)));
            if (!people.isEmpty() || signature.name().isEmpty()) {
                return new Answer.Given<>(people);
            }
            people.add(signature.email());
            return found(GitLabForge.at(remote) + "/members/all?query=" + Encoded.name(signature.name()))
                    .then(members -> {
                        members.stream()
                                .filter(member ->
                                        member.path("name").asString("").equalsIgnoreCase(signature.name()))
                                .forEach(member -> people.add(GitLabJson.username(member)));
                        return new Answer.Given<>(people);
                    });
        });
    }

    private Answer<List<JsonNode>> found(String path) {
        return api.linked(path, GitLabForge.PAGE);
    }
}
