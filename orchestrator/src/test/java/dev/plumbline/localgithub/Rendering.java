package dev.plumbline.localgithub;

import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is kept, in GitHub's words. What GitHub requires beyond that is filled in by its description. */
final class Rendering {
    /** Of what Apps are told. */
    static final List<String> APP_EVENTS =
            List.of("push", "pull_request", "issue_comment", "pull_request_review", "merge_group");

    private final World world;
    private final String url;

    Rendering(World world, String url) {
        this.world = world;
        this.url = url;
    }

    private String api(Repository repository) {
        return url + "/api/v3/repos/" + repository.fullName();
    }

    private String page(Repository repository) {
        return url + "/" + repository.fullName();
    }

    ObjectNode account(Account account) {
        // An App's has brackets in it.
        String encoded = URLEncoder.encode(account.login(), StandardCharsets.UTF_8);
        return Json.object()
                .put("login", account.login())
                .put("id", account.id())
                .put("type", account.kind().word())
                .put("html_url", url + "/" + encoded)
                .put("url", url + "/api/v3/users/" + encoded);
    }

    ObjectNode repository(Repository repository) {
        return Json.object()
                .put("id", repository.id())
                .put("name", repository.name())
                .put("full_name", repository.fullName())
                .put("private", !repository.open())
                .put("fork", repository.parent().isPresent())
                .put("default_branch", Repository.DEFAULT_BRANCH)
                .put("pushed_at", Json.time(pushed(repository)))
                .put("html_url", page(repository))
                .put("url", api(repository))
                .put("clone_url", page(repository) + ".git")
                .set("owner", account(repository.owner()));
    }

    private static Instant pushed(Repository repository) {
        return repository.movements().stream().findFirst().map(Movement::at).orElse(Instant.EPOCH);
    }

    private ObjectNode side(Repository repository, String branch, String commit) {
        return Json.object()
                .put("label", repository.owner().login() + ":" + branch)
                .put("ref", branch)
                .put("sha", commit)
                .set("user", account(repository.owner()))
                .set("repo", repository(repository));
    }

    /** As it stands in lists. */
    ObjectNode pull(Repository repository, Pull pull) {
        ObjectNode node = Json.object()
                .put("id", repository.id() * 1_000 + pull.number())
                .put("number", pull.number())
                .put("state", pull.open() ? "open" : "closed")
                .put("title", pull.title())
                .put("body", pull.body())
                .put("draft", pull.draft())
                .put("html_url", page(repository) + "/pull/" + pull.number())
                .put("url", api(repository) + "/pulls/" + pull.number())
                .put("created_at", Json.time(pull.created()))
                .put("updated_at", Json.time(pull.updated()))
                .put("author_association", "COLLABORATOR");
        node.set("user", account(pull.author()));
        node.set("head", side(pull.from(), pull.branch(), pull.head()));
        node.set("base", side(repository, pull.base(), baseOf(repository, pull)));
        node.set("labels", Json.list(pull.labels(), label -> Json.object().put("name", label)));
        pull.closed().ifPresent(at -> node.put("closed_at", Json.time(at)));
        pull.merge()
                .ifPresent(
                        merge -> node.put("merged_at", Json.time(merge.at())).put("merge_commit_sha", merge.commit()));
        return node;
    }

    private static String baseOf(Repository repository, Pull pull) {
        return repository.git().commit("refs/heads/" + pull.base()).orElse(Movement.NOTHING);
    }

    /** As it is told when it alone is asked for. */
    ObjectNode wholePull(Repository repository, Pull pull) {
        boolean fits =
                repository.git().merged(baseOf(repository, pull), pull.head()).isPresent();
        ObjectNode node = pull(repository, pull)
                .put("merged", pull.merge().isPresent())
                .put("mergeable", pull.open() ? fits : null)
                .put(
                        "mergeable_state",
                        !pull.open() ? "unknown" : !fits ? "dirty" : behind(repository, pull) ? "behind" : "clean");
        pull.merge().ifPresent(merge -> node.set("merged_by", account(merge.by())));
        return node;
    }

    /** Whether only branches with all that the base has may be merged, and this is none. */
    boolean behind(Repository repository, Pull pull) {
        return repository.strict()
                && !repository
                        .git()
                        .between(pull.head(), baseOf(repository, pull))
                        .isEmpty();
    }

    ObjectNode comment(Repository repository, Comment comment) {
        return Json.object()
                .put("id", comment.id())
                .put("body", comment.body())
                .put("html_url", page(repository) + "/pull/" + comment.pull() + "#issuecomment-" + comment.id())
                .put("issue_url", api(repository) + "/issues/" + comment.pull())
                .put("created_at", Json.time(comment.created()))
                .put("updated_at", Json.time(comment.updated()))
                .put("author_association", "COLLABORATOR")
                .set("user", account(comment.author()));
    }

    /** The issue that a pull request is, too. */
    ObjectNode issue(Repository repository, Pull pull) {
        return Json.object()
                .put("number", pull.number())
                .put("title", pull.title())
                .put("state", pull.open() ? "open" : "closed")
                .set("user", account(pull.author()))
                .set("pull_request", Json.object().put("url", api(repository) + "/pulls/" + pull.number()));
    }

    ObjectNode reaction(Comment.Reaction reaction) {
        return Json.object()
                .put("id", reaction.id())
                .put("content", reaction.content())
                .put("created_at", Json.time(reaction.at()))
                .set("user", account(reaction.by()));
    }

    ObjectNode review(Pull.Review review) {
        return Json.object()
                .put("id", review.id())
                .put("state", review.state())
                .put("body", review.body())
                .put("commit_id", review.commit())
                .put("submitted_at", Json.time(review.at()))
                .put("author_association", "COLLABORATOR")
                .set("user", account(review.by()));
    }

    ObjectNode status(CommitNote.Status status) {
        return Json.object()
                .put("id", status.id())
                .put("state", status.state())
                .put("context", status.context())
                .put("description", status.description())
                .put("target_url", status.url())
                .put("created_at", Json.time(status.at()))
                .put("updated_at", Json.time(status.at()))
                .set("creator", account(status.by()));
    }

    ObjectNode check(CommitNote.CheckRun check) {
        JsonNode output = check.said().path("output");
        ObjectNode node = Json.object()
                .put("id", check.id())
                .put("head_sha", check.commit())
                .put("name", check.said().path("name").asString(""))
                .put("status", check.said().path("status").asString("queued"))
                .put("external_id", check.said().path("external_id").asString(""));
        Optional.of(check.said().path("conclusion").asString(""))
                .filter(word -> !word.isEmpty())
                .ifPresent(word -> node.put("conclusion", word));
        node.set(
                "output",
                Json.object()
                        .put("title", output.path("title").asString(""))
                        .put("summary", output.path("summary").asString(""))
                        .put("annotations_count", check.annotations().size()));
        return node.set("app", app(check.app()));
    }

    ObjectNode deployment(CommitNote.Deployment deployment) {
        return Json.object()
                .put("id", deployment.id())
                .put("sha", deployment.commit())
                .put("ref", deployment.said().path("ref").asString(""))
                .put("environment", deployment.said().path("environment").asString("production"))
                .put("description", deployment.said().path("description").asString(""))
                .put("created_at", Json.time(deployment.at()))
                .set("creator", account(deployment.by()));
    }

    ObjectNode deploymentStatus(CommitNote.DeploymentStatus status) {
        return Json.object()
                .put("id", status.id())
                .put("state", status.said().path("state").asString(""))
                .put("description", status.said().path("description").asString(""))
                .put("log_url", status.said().path("log_url").asString(url))
                .put("environment_url", status.said().path("environment_url").asString(url))
                .put("created_at", Json.time(status.at()))
                .set("creator", account(status.by()));
    }

    ObjectNode commit(Repository repository, String sha) {
        ObjectNode node = Json.object().put("sha", sha);
        ObjectNode own = Json.object().put("message", repository.git().word(sha, "%B"));
        for (String role : List.of("author", "committer")) {
            String letter = role.substring(0, 1);
            String email = repository.git().word(sha, "%" + letter + "e");
            own.set(
                    role,
                    Json.object()
                            .put("name", repository.git().word(sha, "%" + letter + "n"))
                            .put("email", email));
            world.byEmail(email).ifPresent(account -> node.set(role, account(account)));
        }
        return node.set("commit", own);
    }

    ObjectNode ref(Repository repository, String ref, String commit) {
        return Json.object()
                .put("ref", ref)
                .put("node_id", "REF_" + commit.substring(0, 12))
                .put("url", api(repository) + "/git/" + ref)
                .set(
                        "object",
                        Json.object()
                                .put("type", "commit")
                                .put("sha", commit)
                                .put("url", api(repository) + "/git/commits/" + commit));
    }

    ObjectNode movement(Movement movement) {
        return Json.object()
                .put("id", movement.id())
                .put("before", movement.before())
                .put("after", movement.after())
                .put("ref", "refs/heads/" + movement.branch())
                .put("timestamp", Json.time(movement.at()))
                .put("activity_type", movement.kind())
                .set("actor", account(movement.by()));
    }

    ObjectNode hook(Repository repository, Hook hook) {
        return Json.object()
                .put("id", hook.id())
                .put("type", "Repository")
                .put("name", "web")
                .put("active", hook.active())
                .put("url", api(repository) + "/hooks/" + hook.id())
                .set("events", Json.of(hook.events()))
                .set(
                        "config",
                        Json.object()
                                .put("url", hook.url())
                                .put("content_type", "json")
                                .put("insecure_ssl", "0")
                                .put("secret", "********"));
    }

    ObjectNode delivered(Delivered delivery) {
        return Json.object()
                .put("id", delivery.id())
                .put("guid", delivery.guid())
                .put("delivered_at", Json.time(delivery.at()))
                .put("redelivery", delivery.again())
                .put("event", delivery.event())
                .put("status", delivery.words())
                .put("status_code", delivery.status());
    }

    ObjectNode app(App app) {
        return Json.object()
                .put("id", app.id())
                .put("slug", app.slug())
                .put("name", app.slug())
                .put("html_url", url + "/apps/" + app.slug())
                .set("owner", account(app.bot()))
                .set("permissions", Json.of(app.grants().words()))
                .set("events", Json.of(APP_EVENTS));
    }

    ObjectNode installation(App app, Repository repository) {
        return Json.object()
                .put(
                        "id",
                        Optional.ofNullable(app.installations()
                                        .get(repository.owner().login()))
                                .orElseThrow(Refusal::notFound))
                .put("app_id", app.id())
                .put("app_slug", app.slug())
                .put("target_id", repository.owner().id())
                .put("target_type", repository.owner().kind().word())
                .put("repository_selection", "all")
                .set("account", account(repository.owner()))
                .set("permissions", Json.of(app.grants().words()))
                .set("events", Json.of(APP_EVENTS));
    }
}
