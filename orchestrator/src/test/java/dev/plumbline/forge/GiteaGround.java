package dev.plumbline.forge;

import dev.plumbline.RealGitea;
import dev.plumbline.forge.People.Permission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** The ground on a real Gitea, with an administrator's token. */
public final class GiteaGround implements ForgeGround {
    private static final String AT = "/repos/" + REPOSITORY;

    private final RealGitea gitea;
    private final Map<String, RealGitea.Person> people = new HashMap<>();
    private final Map<String, Long> teams = new HashMap<>();
    private final List<String> forks = new ArrayList<>();

    public GiteaGround(Path folder) {
        gitea = RealGitea.started(folder);
        List.of("ada", "bob", "eve", "kim").forEach(name -> people.put(name, gitea.person(name)));
        gitea.does("POST", "/orgs", Map.of("username", "team"));
        begin();
    }

    private void begin() {
        gitea.does("POST", "/orgs/team/repos", Map.of("name", "infra", "default_branch", "main"));
        role("ada", Permission.ADMIN);
        role("bob", Permission.WRITE);
        role("eve", Permission.READ);
    }

    /** As if it had just been made, in less time than that takes: with an empty repository and no forks. */
    public void beginAnew() {
        gitea.does("DELETE", AT, Map.of());
        forks.forEach(fork -> gitea.does("DELETE", "/repos/" + fork, Map.of()));
        forks.clear();
        begin();
    }

    @Override
    public String entry() {
        return entry(gitea.adminToken());
    }

    @Override
    public String strangersEntry() {
        return entry("0123456789012345678901234567890123456789");
    }

    private String entry(String token) {
        return "{ name: work, kind: gitea, url: \"" + gitea.url() + "\", token: \"" + token + "\" }";
    }

    @Override
    public String self() {
        return "boss";
    }

    private RealGitea.Person person(String name) {
        return Optional.ofNullable(people.get(name)).orElseThrow();
    }

    @Override
    public String remote(String person, String repository) {
        return person(person).remote(repository);
    }

    @Override
    public void role(String person, Permission permission) {
        gitea.does(
                "PUT",
                AT + "/collaborators/" + person,
                Map.of("permission", permission.name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public void joins(String team, String person) {
        long id = teams.computeIfAbsent(
                team,
                name -> gitea.does(
                                "POST",
                                "/orgs/team/teams",
                                Map.of("name", name, "permission", "read", "units", List.of("repo.code")))
                        .path("id")
                        .asLong());
        gitea.does("PUT", "/teams/" + id + "/members/" + person, Map.of());
    }

    @Override
    public String forks(String person) {
        person(person).does("POST", AT + "/forks", Map.of());
        forks.add(person + "/infra");
        return person + "/infra";
    }

    @Override
    public long opens(String person, String head, String title, boolean draft) {
        Map<String, String> pull = Map.of("head", head, "base", "main", "title", (draft ? "WIP: " : "") + title);
        // A branch is not there for it before about a second after the push.
        return Awaitility.await("a pull request of " + head)
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptionsMatching(refused -> refused instanceof AssertionError)
                .until(
                        () -> person(person)
                                .does("POST", AT + "/pulls", pull)
                                .path("number")
                                .asLong(),
                        number -> number > 0);
    }

    @Override
    public void labels(long pull, String label) {
        long id = gitea.does("POST", AT + "/labels", Map.of("name", label, "color", "#00aabb"))
                .path("id")
                .asLong();
        gitea.does("POST", AT + "/issues/" + pull + "/labels", Map.of("labels", List.of(id)));
    }

    @Override
    public void closes(long pull) {
        gitea.does("PATCH", AT + "/pulls/" + pull, Map.of("state", "closed"));
    }

    @Override
    public void merges(String person, long pull) {
        merges(person, pull, "merge");
    }

    @Override
    public void squashes(String person, long pull) {
        merges(person, pull, "squash");
    }

    private void merges(String person, long pull, String how) {
        // After a push, and after statuses, it finds out for a while whether it can be merged, and refuses meanwhile.
        Awaitility.await(pull + " is merged")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> person(person).does("POST", AT + "/pulls/" + pull + "/merge", Map.of("Do", how)));
    }

    @Override
    public void tells(String url) {
        Map<String, String> config = Map.of("url", url, "content_type", "json", "secret", secret());
        List<String> events = List.of("push", "pull_request", "issue_comment");
        gitea.does("POST", AT + "/hooks", Map.of("type", "gitea", "active", true, "events", events, "config", config));
    }

    @Override
    public long says(String person, long pull, String text) {
        return person(person)
                .does("POST", AT + "/issues/" + pull + "/comments", Map.of("body", text))
                .path("id")
                .asLong();
    }

    @Override
    public void saysInstead(String person, long comment, String text) {
        person(person).does("PATCH", AT + "/issues/comments/" + comment, Map.of("body", text));
    }

    @Override
    public void deletes(long comment) {
        gitea.does("DELETE", AT + "/issues/comments/" + comment, Map.of());
    }

    @Override
    public void reviews(String person, long pull, boolean approves) {
        person(person)
                .does(
                        "POST",
                        AT + "/pulls/" + pull + "/reviews",
                        Map.of("event", approves ? "APPROVED" : "REQUEST_CHANGES", "body", "So"));
    }

    @Override
    public List<String> texts(long pull) {
        return words(gitea.get(AT + "/issues/" + pull + "/comments"), "body");
    }

    @Override
    public List<String> reactions(long comment) {
        return words(gitea.get(AT + "/issues/comments/" + comment + "/reactions"), "content");
    }

    private static List<String> words(JsonNode all, String field) {
        return all.valueStream().map(one -> one.path(field).asString()).toList();
    }

    @Override
    public Map<String, String> statuses(String commit) {
        Map<String, String> newest = new HashMap<>();
        gitea.get(AT + "/commits/" + commit + "/statuses")
                .valueStream()
                .sorted(Comparator.comparingLong(status -> status.path("id").asLong()))
                .forEach(status -> newest.put(
                        status.path("context").asString(), status.path("status").asString()));
        return newest;
    }

    @Override
    public void close() {
        gitea.close();
    }
}
