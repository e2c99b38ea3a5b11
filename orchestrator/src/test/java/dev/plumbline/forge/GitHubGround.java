package dev.plumbline.forge;

import dev.plumbline.forge.People.Permission;
import dev.plumbline.localforge.LocalPerson;
import dev.plumbline.localgithub.LocalGitHub;
import dev.plumbline.localgithub.Role;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The ground on a local GitHub. */
public final class GitHubGround implements ForgeGround {
    private static final String AT = "/repos/" + REPOSITORY;

    private final LocalGitHub github;
    private final Map<String, LocalPerson> people = new HashMap<>();
    private final String self;
    private final String credentials;
    private final String strange;

    private GitHubGround(LocalGitHub github, String self, String credentials, String strange) {
        this.github = github;
        this.self = self;
        this.credentials = credentials;
        this.strange = strange;
        List.of("ada", "bob", "eve", "kim").forEach(name -> people.put(name, github.person(name)));
        github.repository("team", "infra");
        role("ada", Permission.ADMIN);
        role("bob", Permission.WRITE);
        role("eve", Permission.READ);
    }

    /** The server is a user of its own, who writes to the repository. */
    public static GitHubGround withToken(Path folder) {
        LocalGitHub github = LocalGitHub.started(folder);
        LocalPerson self = github.person("plumbline-ci");
        GitHubGround ground = new GitHubGround(github, self.name(), "token: " + self.token(), "token: guessed");
        ground.role(self.name(), Permission.WRITE);
        return ground;
    }

    /** The server is an App that is installed on the organisation. */
    public static GitHubGround withApp(Path folder) {
        LocalGitHub github = LocalGitHub.started(folder);
        LocalGitHub.LocalApp app = github.app("plumbline", "team", Map.of());
        return new GitHubGround(
                github, "plumbline[bot]", app(app.id(), app.privateKey()), app(app.id(), LocalGitHub.strangersKey()));
    }

    private static String app(long id, String key) {
        return "app: { id: " + id + ", private_key: \"" + key.replace("\n", "\\n") + "\" }";
    }

    @Override
    public String entry() {
        return entry(credentials);
    }

    @Override
    public String strangersEntry() {
        return entry(strange);
    }

    private String entry(String with) {
        return "{ name: work, kind: github, url: \"" + github.url() + "\", " + with + " }";
    }

    @Override
    public String self() {
        return self;
    }

    /** What else is done to it. */
    public LocalGitHub github() {
        return github;
    }

    @Override
    public String remote(String person, String repository) {
        return person(person).remote(repository);
    }

    private LocalPerson person(String name) {
        return Optional.ofNullable(people.get(name)).orElseThrow();
    }

    @Override
    public void role(String person, Permission permission) {
        github.role(REPOSITORY, person, Role.valueOf(permission.name()));
    }

    @Override
    public void joins(String team, String person) {
        github.joins("team/" + team, person);
    }

    @Override
    public String forks(String person) {
        github.fork(REPOSITORY, person);
        return person + "/infra";
    }

    @Override
    public long opens(String person, String head, String title, boolean draft) {
        return opens(person, head, "main", title, draft);
    }

    /** @param base into which it is to be merged */
    public long opens(String person, String head, String base, String title, boolean draft) {
        Map<String, Object> body = Map.of("head", head, "base", base, "title", title, "body", "", "draft", draft);
        return person(person).does("POST", AT + "/pulls", body).path("number").asLong();
    }

    @Override
    public void labels(long pull, String label) {
        person("ada").does("POST", AT + "/issues/" + pull + "/labels", Map.of("labels", List.of(label)));
    }

    @Override
    public void closes(long pull) {
        person("ada").does("PATCH", AT + "/pulls/" + pull, Map.of("state", "closed"));
    }

    @Override
    public void merges(String person, long pull) {
        merges(person, pull, "merge");
    }

    @Override
    public void squashes(String person, long pull) {
        merges(person, pull, "squash");
    }

    private void merges(String person, long pull, String method) {
        person(person).does("PUT", AT + "/pulls/" + pull + "/merge", Map.of("merge_method", method));
    }

    @Override
    public void tells(String url) {
        if (self.endsWith("[bot]")) {
            github.tells("plumbline", url, secret());
            return;
        }
        Map<String, String> config = Map.of("url", url, "content_type", "json", "secret", secret());
        List<String> events = List.of("push", "pull_request", "issue_comment", "pull_request_review", "merge_group");
        person("ada").does("POST", AT + "/hooks", Map.of("name", "web", "events", events, "config", config));
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
        person("ada").does("DELETE", AT + "/issues/comments/" + comment, Map.of());
    }

    @Override
    public void reviews(String person, long pull, boolean approves) {
        person(person)
                .does(
                        "POST",
                        AT + "/pulls/" + pull + "/reviews",
                        Map.of("event", approves ? "APPROVE" : "REQUEST_CHANGES", "body", "So"));
    }

    @Override
    public List<String> texts(long pull) {
        return words(person("ada").get(AT + "/issues/" + pull + "/comments"), "body");
    }

    @Override
    public List<String> reactions(long comment) {
        return words(person("ada").get(AT + "/issues/comments/" + comment + "/reactions"), "content");
    }

    private static List<String> words(JsonNode all, String field) {
        return all.valueStream().map(one -> one.path(field).asString()).toList();
    }

    @Override
    public Map<String, String> statuses(String commit) {
        Map<String, String> newest = new HashMap<>();
        person("ada")
                .get(AT + "/commits/" + commit + "/statuses")
                .forEach(status -> newest.putIfAbsent(
                        status.path("context").asString(), status.path("state").asString()));
        return newest;
    }

    @Override
    public List<String> faults() {
        return github.faults();
    }

    /** The commits of a pull request's entries in the merge queue by now. */
    public List<String> queued(long pull) {
        return github.heads(REPOSITORY).entrySet().stream()
                .filter(branch -> branch.getKey().contains("/pr-" + pull + "-"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Somebody's own status says that all is well. */
    public void sets(String person, String commit, String context) {
        person(person).does("POST", AT + "/statuses/" + commit, Map.of("state", "success", "context", context));
    }

    /** What the newest status of a commit says; empty while there is none. */
    public String described(String commit, String context) {
        return person("ada")
                .get(AT + "/commits/" + commit + "/statuses")
                .valueStream()
                .filter(status -> status.path("context").asString().equals(context))
                .findFirst()
                .map(status -> status.path("description").asString(""))
                .orElse("");
    }

    /** What stands beside lines of a commit's code, as {@code PATH:LINE TITLE}; from its newest check of that name. */
    public List<String> annotations(String commit, String name) {
        return person("ada")
                .get(AT + "/commits/" + commit + "/check-runs")
                .path("check_runs")
                .valueStream()
                .filter(check -> check.path("name").asString().equals(name))
                .reduce((older, newer) -> newer)
                .map(check -> person("ada")
                        .get(AT + "/check-runs/" + check.path("id").asLong() + "/annotations?per_page=100"))
                .map(all -> all.valueStream().map(GitHubGround::annotation).toList())
                .orElse(List.of());
    }

    private static String annotation(JsonNode one) {
        return one.path("path").asString() + ":" + one.path("start_line").asInt() + " "
                + one.path("title").asString();
    }

    /** What came of a check of that name, the newest last. */
    public List<String> conclusions(String commit, String name) {
        return person("ada")
                .get(AT + "/commits/" + commit + "/check-runs")
                .path("check_runs")
                .valueStream()
                .filter(check -> check.path("name").asString().equals(name))
                .map(check -> check.path("conclusion").asString())
                .toList();
    }

    /** What became of each deployment to an environment, as {@code COMMIT STATE}, the newest first. */
    public List<String> deployments(String environment) {
        return person("ada")
                .get(AT + "/deployments?environment=" + environment)
                .valueStream()
                .map(one -> one.path("sha").asString() + " " + state(one))
                .toList();
    }

    private String state(JsonNode deployment) {
        return words(
                        person("ada")
                                .get(AT + "/deployments/"
                                        + deployment.path("id").asLong() + "/statuses"),
                        "state")
                .toString();
    }

    @Override
    public void close() {
        github.close();
    }
}
