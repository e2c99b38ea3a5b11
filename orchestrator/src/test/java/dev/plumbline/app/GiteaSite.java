package dev.plumbline.app;

import dev.plumbline.RealGitea;
import dev.plumbline.git.GitClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** One repository on a real Gitea, a checkout of it, and a server that watches it. */
final class GiteaSite {
    /** With which Gitea signs what it sends. */
    static final String SECRET = "known-to-gitea-5513";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RealGitea gitea;
    private final RealGitea.Person owner;
    private final Path folder;
    private final String name;
    private final Repo repo;

    GiteaSite(RealGitea gitea, RealGitea.Person owner, Path folder, String name) {
        this.gitea = gitea;
        this.owner = owner;
        this.folder = folder;
        this.name = name;
        gitea.repository(owner, name);
        this.repo = new Repo(GitClient.init(folder.resolve("checkout")), () -> owner.remote(path()));
    }

    ServerFixture plumbline(String poll) {
        return plumbline(poll, "");
    }

    /** With a word of its own for commands in comments. */
    ServerFixture answeringTo(String command) {
        return plumbline("1s, command: " + command);
    }

    /** @param more further keys of server.yaml */
    ServerFixture plumbline(String poll, String more) {
        return ServerFixture.started(
                folder,
                """
                forges:
                  - { name: work, kind: gitea, url: "%s", token: "${env:FORGE_TOKEN}", webhook_secret: %s, poll: %s }
                repositories: [{ forge: work, name: %s }]
                """.formatted(gitea.url(), SECRET, poll, path()) + more,
                "",
                Map.of("FORGE_TOKEN", gitea.adminToken()));
    }

    /** Main's first commit, with one stack, is applied. */
    void applied(ServerFixture plumbline) {
        repo.stack("stacks/network", "10.0").commit("First").push("main");
        plumbline.looksAgain().awaits("stacks/network", "awaiting-approval").does("approve", "network");
        plumbline.awaits("stacks/network", "applied");
    }

    /** A pull request from a branch that gives the stack another value. */
    long opened(String branch, String value) {
        repo.branch(branch)
                .stack("stacks/network", value)
                .commit("Another network")
                .push(branch);
        return opened(branch, "Network " + value, "");
    }

    /** A pull request from a branch that was pushed. */
    long opened(String branch, String title, String description) {
        return opened(owner, branch, title, description);
    }

    /** The same, by somebody else. */
    long opened(RealGitea.Person who, String branch, String title, String description) {
        Map<String, String> pull = Map.of("head", branch, "base", "main", "title", title, "body", description);
        // A branch is not there for it before about a second after the push.
        return Awaitility.await("a pull request of " + branch)
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(refused -> refused instanceof AssertionError)
                .until(() -> who.does("POST", at("pulls"), pull).path("number").asLong(), number -> number > 0);
    }

    /** A pull request from somebody's fork, whose branch gives the stack another value. */
    long openedFromFork(RealGitea.Person who, String branch, String value) {
        who.does("POST", at("forks"), Map.of());
        repo.branch(branch).stack("stacks/network", value).commit("From a fork");
        pushedToFork(who, branch);
        Map<String, String> pull =
                Map.of("head", who.name() + ":" + branch, "base", "main", "title", "Fork " + value, "body", "");
        return Awaitility.await("a pull request from a fork")
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(refused -> refused instanceof AssertionError)
                .until(() -> who.does("POST", at("pulls"), pull).path("number").asLong(), number -> number > 0);
    }

    void pushedToFork(RealGitea.Person who, String branch) {
        repo.run("push", "-q", who.remote(who.name() + "/" + name), branch);
    }

    String path() {
        return owner.name() + "/" + name;
    }

    /** The checkout. */
    Repo repo() {
        return repo;
    }

    /** Where Git pushes to. */
    String remote() {
        return owner.remote(path());
    }

    String at(String path) {
        return "/repos/" + path() + "/" + path;
    }

    /** Gitea's times are of whole seconds: whatever comes next is later than all that is there. */
    private static void laterSecond() {
        Instant later = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Awaitility.await("a later second")
                .atMost(PATIENCE)
                .until(() -> !Instant.now().isBefore(later));
    }

    /** Makes a label; gives its id. */
    long label(String name) {
        return owner.does("POST", at("labels"), Map.of("name", name, "color", "#00aabb"))
                .path("id")
                .asLong();
    }

    /** Somebody says something on a pull request; gives the comment's id. */
    long says(RealGitea.Person who, long pull, String text) {
        if (text.contains("approve") || text.contains("apply")) {
            laterSecond();
        }
        return who.does("POST", at("issues/" + pull + "/comments"), Map.of("body", text))
                .path("id")
                .asLong();
    }

    /** The signs under a comment, once one of ours is among them. */
    void awaitsReaction(long comment, String content) {
        Awaitility.await("reaction " + content).atMost(PATIENCE).until(() -> {
            JsonNode all = gitea.get(at("issues/comments/" + comment + "/reactions"));
            return StreamSupport.stream(all.spliterator(), false)
                    .anyMatch(reaction -> reaction.path("content").asString().equals(content));
        });
    }

    /** Waits for a comment, of whatever place, that says something. */
    String awaitsAnswer(long pull, String text) {
        return Awaitility.await("an answer on " + pull + " says " + text)
                .atMost(PATIENCE)
                .until(
                        () -> StreamSupport.stream(comments(pull).spliterator(), false)
                                .map(comment -> comment.path("body").asString())
                                .filter(body -> body.contains(text))
                                .findFirst()
                                .orElse(""),
                        body -> !body.isEmpty());
    }

    void merged(long pull) {
        // After a push, and after statuses, it finds out for a while whether it can be merged, and refuses
        // meanwhile.
        Awaitility.await(pull + " is merged")
                .atMost(PATIENCE)
                .untilAsserted(() -> owner.does("POST", at("pulls/" + pull + "/merge"), Map.of("Do", "merge")));
    }

    String main() {
        return gitea.get(at("branches/main")).path("commit").path("id").asString();
    }

    JsonNode comments(long pull) {
        return gitea.get(at("issues/" + pull + "/comments"));
    }

    String comment(long pull) {
        JsonNode all = comments(pull);
        return all.isEmpty() ? "" : all.get(0).path("body").asString();
    }

    void awaitsComment(long pull, String text) {
        Awaitility.await("the comment on " + pull + " says " + text)
                .atMost(PATIENCE)
                .until(() -> comment(pull), comment -> comment.contains(text));
    }

    void awaitsStatus(String commit, String context, String state) {
        awaitsStatus(commit, context, state, "");
    }

    /** @param words among those that it says */
    void awaitsStatus(String commit, String context, String state, String words) {
        Awaitility.await(context + " of " + commit + " is " + state + " and says " + words)
                .atMost(PATIENCE)
                .until(
                        () -> status(commit, context),
                        status -> status.startsWith(state + " ") && status.contains(words));
    }

    /** Its state, then what it says. */
    private String status(String commit, String context) {
        JsonNode all = gitea.get(at("commits/" + commit + "/statuses"));
        return StreamSupport.stream(all.spliterator(), false)
                .filter(status -> status.path("context").asString().equals(context))
                // Its times are of whole seconds.
                .max(Comparator.comparingLong(status -> status.path("id").asLong()))
                .map(status -> status.path("status").asString() + " "
                        + status.path("description").asString())
                .orElse("none");
    }
}
