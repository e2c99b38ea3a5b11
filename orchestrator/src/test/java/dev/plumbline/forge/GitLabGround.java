package dev.plumbline.forge;

import dev.plumbline.forge.People.Permission;
import dev.plumbline.localforge.LocalPerson;
import dev.plumbline.localgitlab.Level;
import dev.plumbline.localgitlab.LocalGitLab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** The ground on a local GitLab, with a token of the project. */
public final class GitLabGround implements ForgeGround {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String AT = "/projects/team%2Finfra";
    private static final Map<Permission, Level> LEVELS = Map.of(
            Permission.NONE, Level.NONE,
            Permission.READ, Level.REPORTER,
            Permission.WRITE, Level.DEVELOPER,
            Permission.ADMIN, Level.MAINTAINER);
    /** What other forges call them. */
    private static final Map<String, String> SIGNS = Map.of("thumbsup", "+1", "thumbsdown", "-1");

    private final LocalGitLab gitlab;
    private final LocalPerson self;
    private final Map<String, LocalPerson> people = new HashMap<>();
    private final Map<Long, Long> pullOfNote = new HashMap<>();

    public GitLabGround(Path folder) {
        gitlab = LocalGitLab.started(folder);
        List.of("ada", "bob", "eve", "kim").forEach(name -> people.put(name, gitlab.person(name)));
        gitlab.project(REPOSITORY);
        self = gitlab.projectToken(REPOSITORY, Level.MAINTAINER, Set.of("api"), Instant.MAX);
        role("ada", Permission.ADMIN);
        role("bob", Permission.WRITE);
        role("eve", Permission.READ);
    }

    @Override
    public String entry() {
        return entry(self.token());
    }

    @Override
    public String strangersEntry() {
        return entry("glpat-guessed");
    }

    /** With a token that was made later and lets less be done: whoever has it is another user. */
    public String developersEntry() {
        return entry(gitlab.projectToken(REPOSITORY, Level.DEVELOPER, Set.of("api"), Instant.MAX)
                .token());
    }

    private String entry(String token) {
        return "{ name: work, kind: gitlab, url: \"" + gitlab.url() + "\", token: \"" + token + "\" }";
    }

    @Override
    public String self() {
        return self.name();
    }

    private LocalPerson person(String name) {
        return Optional.ofNullable(people.get(name)).orElseThrow();
    }

    @Override
    public String remote(String person, String repository) {
        return person(person).remote(repository);
    }

    @Override
    public void role(String person, Permission permission) {
        gitlab.level(
                REPOSITORY, person, Optional.ofNullable(LEVELS.get(permission)).orElseThrow());
    }

    @Override
    public void joins(String team, String person) {
        gitlab.joins("team/" + team, person, Level.REPORTER);
    }

    @Override
    public String forks(String person) {
        gitlab.fork(REPOSITORY, person);
        return person + "/infra";
    }

    /** Of a project's own branches only developers open merge requests: somebody else is one for a moment. */
    private <T> T asDeveloper(String person, Supplier<T> act) {
        Level before = gitlab.level(REPOSITORY, person);
        if (before == Level.REPORTER) {
            gitlab.level(REPOSITORY, person, Level.DEVELOPER);
        }
        T done = act.get();
        gitlab.level(REPOSITORY, person, before);
        return done;
    }

    @Override
    public long opens(String person, String head, String title, boolean draft) {
        String[] names = head.split(":", 2);
        Map<String, Object> body = new HashMap<>(Map.of(
                "source_branch",
                names[names.length - 1],
                "target_branch",
                "main",
                "title",
                (draft ? "Draft: " : "") + title));
        String at = names.length == 1 ? AT : "/projects/" + names[0] + "%2Finfra";
        if (names.length > 1) {
            body.put("target_project_id", gitlab.idOf(REPOSITORY));
        }
        return asDeveloper(
                person,
                () -> person(person)
                        .does("POST", at + "/merge_requests", body)
                        .path("iid")
                        .asLong());
    }

    private static String pull(long number) {
        return AT + "/merge_requests/" + number;
    }

    @Override
    public void labels(long pull, String label) {
        person("ada").does("PUT", pull(pull), Map.of("add_labels", label));
    }

    @Override
    public void closes(long pull) {
        person("ada").does("PUT", pull(pull), Map.of("state_event", "close"));
    }

    @Override
    public void merges(String person, long pull) {
        merges(person, pull, false);
    }

    @Override
    public void squashes(String person, long pull) {
        merges(person, pull, true);
    }

    private void merges(String person, long pull, boolean squash) {
        Awaitility.await(pull + " is merged")
                .atMost(PATIENCE)
                .untilAsserted(() -> person(person).does("PUT", pull(pull) + "/merge", Map.of("squash", squash)));
    }

    @Override
    public String secret() {
        return "whsec_"
                + Base64.getEncoder()
                        .encodeToString("known-to-the-gitlab-of-this-test".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void tells(String url) {
        Map<String, Object> hook = new HashMap<>(Map.of("url", url, "signing_token", secret()));
        List.of("push_events", "note_events", "merge_requests_events").forEach(event -> hook.put(event, true));
        person("ada").does("POST", AT + "/hooks", hook);
    }

    @Override
    public long says(String person, long pull, String text) {
        long id = person(person)
                .does("POST", pull(pull) + "/notes", Map.of("body", text))
                .path("id")
                .asLong();
        pullOfNote.put(id, pull);
        return id;
    }

    /** A note is found on its merge request only. */
    private String note(long id) {
        long pull = Optional.ofNullable(pullOfNote.get(id))
                .orElseGet(() -> person("ada")
                        .get(AT + "/merge_requests?state=all&per_page=100")
                        .valueStream()
                        .map(one -> one.path("iid").asLong())
                        .filter(iid -> person("ada")
                                        .tries("GET", pull(iid) + "/notes/" + id, Map.of())
                                        .statusCode()
                                == 200)
                        .findFirst()
                        .orElseThrow());
        return pull(pull) + "/notes/" + id;
    }

    @Override
    public void saysInstead(String person, long comment, String text) {
        person(person).does("PUT", note(comment), Map.of("body", text));
    }

    @Override
    public void deletes(long comment) {
        person("ada").does("DELETE", note(comment), Map.of());
    }

    @Override
    public void reviews(String person, long pull, boolean approves) {
        if (approves) {
            person(person).does("POST", pull(pull) + "/approve", Map.of());
        } else {
            person(person).does("POST", pull(pull) + "/notes", Map.of("body", "/submit_review requested_changes"));
        }
    }

    @Override
    public boolean keepsWhatWasReviewed() {
        return false;
    }

    @Override
    public List<String> texts(long pull) {
        return words(
                person("ada").get(pull(pull) + "/notes?activity_filter=only_comments&sort=asc&per_page=100"), "body");
    }

    @Override
    public List<String> reactions(long comment) {
        return words(person("ada").get(note(comment) + "/award_emoji"), "name").stream()
                .map(name -> SIGNS.getOrDefault(name, name))
                .toList();
    }

    private static List<String> words(JsonNode all, String field) {
        return all.valueStream().map(one -> one.path(field).asString()).toList();
    }

    @Override
    public Map<String, String> statuses(String commit) {
        Map<String, String> newest = new HashMap<>();
        person("ada")
                .get(AT + "/repository/commits/" + commit + "/statuses?per_page=100")
                .valueStream()
                .sorted(Comparator.comparingLong(status -> status.path("id").asLong()))
                .forEach(status -> newest.put(
                        status.path("name").asString(),
                        status.path("status").asString().replace("failed", "failure")));
        return newest;
    }

    /** Puts pull requests on a train, one after the other; gives the commit that is made of them all. */
    public String train(long... pulls) {
        return gitlab.train(REPOSITORY, false, pulls);
    }

    /** The same where merge requests are squashed. */
    public String squashingTrain(long... pulls) {
        return gitlab.train(REPOSITORY, true, pulls);
    }

    /** Nothing is merged from now on before the pipeline of its head has passed. */
    public void needsPipeline() {
        gitlab.needsPipeline(REPOSITORY);
    }

    /** What became of each deployment to an environment, as {@code COMMIT STATE}, the newest first. */
    public List<String> deployments(String environment) {
        return person("ada")
                .get(AT + "/deployments?sort=desc&environment=" + environment)
                .valueStream()
                .map(one ->
                        one.path("sha").asString() + " " + one.path("status").asString())
                .toList();
    }

    @Override
    public List<String> faults() {
        return gitlab.faults();
    }

    @Override
    public void close() {
        gitlab.close();
    }
}
