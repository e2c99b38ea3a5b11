package dev.plumbline.localgitlab;

import dev.plumbline.localforge.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is kept, in GitLab's words. */
final class Rendering {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final World world;
    private final String url;

    Rendering(World world, String url) {
        this.world = world;
        this.url = url;
    }

    static String time(Instant time) {
        return TIME.format(time);
    }

    String page(Project project) {
        return url + "/" + project.path();
    }

    ObjectNode account(Account account) {
        return Json.object()
                .put("id", account.id())
                .put("username", account.username())
                .put("name", account.name())
                .put("state", world.isBlocked(account) ? "blocked" : "active")
                .put("locked", false)
                .put("web_url", url + "/" + account.username());
    }

    /** As the account itself sees it. */
    ObjectNode self(Account account) {
        return account(account)
                .put("bot", account.username().contains("_bot_"))
                .put("public_email", account.publicEmail());
    }

    ObjectNode member(Account account, Level level) {
        return account(account).put("access_level", level.number()).put("membership_state", "active");
    }

    ObjectNode group(String path) {
        return Json.object()
                .put("name", path.substring(path.lastIndexOf('/') + 1))
                .put("path", path.substring(path.lastIndexOf('/') + 1))
                .put("full_path", path)
                .put("visibility", "public");
    }

    ObjectNode project(Project project, Account asks) {
        ObjectNode node = Json.object()
                .put("id", project.id())
                .put("name", project.name())
                .put("path", project.name())
                .put("path_with_namespace", project.path())
                .put("visibility", project.open() ? "public" : "private")
                .put("default_branch", Project.DEFAULT_BRANCH)
                .put("merge_method", project.fastForward() ? "ff" : "merge")
                .put("only_allow_merge_if_pipeline_succeeds", project.needsPipeline())
                .put("empty_repo", project.git().heads().isEmpty())
                .put("http_url_to_repo", page(project) + ".git")
                .put("web_url", page(project));
        Level level = world.level(project, asks);
        node.putObject("permissions").putObject("project_access").put("access_level", level.number());
        return node;
    }

    ObjectNode mergeRequest(Project project, MergeRequest one) {
        ObjectNode node = Json.object()
                .put("id", one.id())
                .put("iid", one.iid())
                .put("project_id", project.id())
                .put("source_project_id", one.from().id())
                .put("target_project_id", project.id())
                .put("source_branch", one.branch())
                .put("target_branch", one.target())
                .put("title", one.title())
                .put("description", one.description())
                .put("state", one.state().name().toLowerCase(Locale.ROOT))
                .put("draft", one.draft())
                .put("sha", one.head())
                .put("has_conflicts", one.checked() && one.open() && !merges(project, one))
                .put("merge_status", mergeStatus(project, one))
                .put("detailed_merge_status", detailedStatus(project, one))
                .put("created_at", time(one.created()))
                .put("updated_at", time(one.updated()))
                .put("web_url", page(project) + "/-/merge_requests/" + one.iid());
        node.set("author", account(one.author()));
        node.set("labels", Json.of(List.copyOf(one.labels())));
        one.merge().ifPresent(merge -> merged(node, merge));
        return node;
    }

    private void merged(ObjectNode node, MergeRequest.Merge merge) {
        node.put("merge_commit_sha", merge.commit())
                .put("squash_commit_sha", merge.squashed())
                .put("merged_at", time(merge.at()))
                .set("merged_by", account(merge.by()))
                .set("merge_user", account(merge.by()));
    }

    static boolean merges(Project project, MergeRequest one) {
        return project.git().merged("refs/heads/" + one.target(), one.head()).isPresent();
    }

    private static String mergeStatus(Project project, MergeRequest one) {
        return !one.checked() ? "unchecked" : merges(project, one) ? "can_be_merged" : "cannot_be_merged";
    }

    /** The first thing that keeps it from being merged. */
    static String detailedStatus(Project project, MergeRequest one) {
        if (!one.open()) {
            return "not_open";
        }
        if (one.draft()) {
            return "draft_status";
        }
        if (!one.checked()) {
            return "unchecked";
        }
        if (!merges(project, one)) {
            return "conflict";
        }
        return project.needsPipeline() ? pipeline(project, one) : "mergeable";
    }

    private static String pipeline(Project project, MergeRequest one) {
        List<Status> jobs = newest(project, one.head());
        if (jobs.stream().anyMatch(Status::live)) {
            return "ci_still_running";
        }
        boolean passed = !jobs.isEmpty()
                && jobs.stream().allMatch(status -> status.state().equals("success"));
        return passed ? "mergeable" : "ci_must_pass";
    }

    /** Of each name the last one. */
    static List<Status> newest(Project project, String commit) {
        List<Status> all = project.statuses().stream()
                .filter(status -> status.commit().equals(commit))
                .toList();
        return all.stream()
                .filter(status ->
                        all.stream().noneMatch(other -> other.name().equals(status.name()) && other.id() > status.id()))
                .toList();
    }

    ObjectNode note(Project project, MergeRequest on, Note note) {
        ObjectNode node = Json.object()
                .put("id", note.id())
                .put("body", note.body())
                .put("system", note.system())
                .put("noteable_id", on.id())
                .put("noteable_iid", on.iid())
                .put("noteable_type", "MergeRequest")
                .put("project_id", project.id())
                .put("resolvable", false)
                .put("internal", false)
                .put("imported", false)
                .put("created_at", time(note.created()))
                .put("updated_at", time(note.updated()));
        return node.set("author", account(note.author()));
    }

    ObjectNode award(Note on, Note.Award award) {
        ObjectNode node = Json.object()
                .put("id", award.id())
                .put("name", award.name())
                .put("created_at", time(award.at()))
                .put("updated_at", time(award.at()))
                .put("awardable_id", on.id())
                .put("awardable_type", "Note");
        return node.set("user", account(award.by()));
    }

    ObjectNode status(Status status) {
        ObjectNode node = Json.object()
                .put("id", status.id())
                .put("sha", status.commit())
                .put("ref", status.ref())
                .put("name", status.name())
                .put("status", status.state())
                .put("description", nothing(status.description()))
                .put("target_url", nothing(status.url()))
                .put("allow_failure", false)
                .put("created_at", time(status.created()));
        return node.set("author", account(status.by()));
    }

    private static @Nullable String nothing(String text) {
        return text.isEmpty() ? null : text;
    }

    ObjectNode commit(Project project, String commit) {
        return Json.object()
                .put("id", commit)
                .put("short_id", commit.substring(0, 8))
                .put("title", project.git().word(commit, "%s"))
                .put("message", project.git().word(commit, "%B"))
                .put("author_name", project.git().word(commit, "%an"))
                .put("author_email", project.git().word(commit, "%ae"))
                .put("authored_date", project.git().word(commit, "%aI"))
                .put("committer_name", project.git().word(commit, "%cn"))
                .put("committer_email", project.git().word(commit, "%ce"))
                .put("committed_date", project.git().word(commit, "%cI"))
                .put("created_at", project.git().word(commit, "%cI"))
                .put("web_url", page(project) + "/-/commit/" + commit);
    }

    ObjectNode branch(Project project, String branch, String commit) {
        return Json.object()
                .put("name", branch)
                .put("protected", project.isProtected(branch))
                .put("default", branch.equals("main"))
                .put("web_url", page(project) + "/-/tree/" + branch)
                .set("commit", commit(project, commit));
    }

    ObjectNode event(Project project, Movement movement) {
        ObjectNode node = Json.object()
                .put("id", movement.id())
                .put("project_id", project.id())
                .put("action_name", movement.action().equals("created") ? "pushed new" : "pushed to")
                .put("author_id", movement.by().id())
                .put("author_username", movement.by().username())
                .put("created_at", time(movement.at()));
        node.putObject("push_data")
                .put("action", movement.action())
                .put("ref_type", "branch")
                .put("ref", movement.branch())
                .put("commit_from", movement.before().equals(Movement.NOTHING) ? null : movement.before())
                .put("commit_to", movement.after().equals(Movement.NOTHING) ? null : movement.after());
        return node.set("author", account(movement.by()));
    }

    ObjectNode deployment(Deployment deployment) {
        ObjectNode node = Json.object()
                .put("id", deployment.id())
                .put("iid", deployment.id())
                .put("ref", deployment.ref())
                .put("sha", deployment.commit())
                .put("status", deployment.status())
                .put("created_at", time(deployment.at()))
                .set("user", account(deployment.by()));
        node.putObject("environment").put("name", deployment.environment());
        return node;
    }

    ObjectNode hook(Project project, Hook hook, boolean silent) {
        ObjectNode node = Json.object()
                .put("id", hook.id())
                .put("url", hook.url())
                .put("project_id", project.id())
                .put("enable_ssl_verification", true)
                .put("token_present", !hook.token().isEmpty())
                .put("signing_token_present", !hook.signing().isEmpty())
                .put("alert_status", silent ? "temporarily_disabled" : "executable");
        List.of("push_events", "note_events", "merge_requests_events")
                .forEach(event -> node.put(event, hook.events().contains(event)));
        return node;
    }
}
