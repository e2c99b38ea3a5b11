package dev.plumbline.localgitlab;

import dev.plumbline.localforge.BareRepository;
import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Refusal;
import dev.plumbline.localforge.Reply;
import dev.plumbline.localgitlab.MergeRequest.State;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gitlab4j.api.models.Commit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Merge requests, their commits and approvals, and their merging. */
final class MergeRoutes {
    private static final String ALL = "/projects/:id/merge_requests";
    private static final String ONE = ALL + "/:iid";
    private static final Class<?> MODEL = org.gitlab4j.api.models.MergeRequest.class;

    private final World world;
    private final Rights rights;
    private final Rendering rendering;
    private final Events events;
    private boolean tellsWhenApproved = true;

    MergeRoutes(World world, Rights rights, Rendering rendering, Events events) {
        this.world = world;
        this.rights = rights;
        this.rendering = rendering;
        this.events = events;
    }

    /** Older ones don't say when an approval was given. */
    void tellsWhenApproved(boolean told) {
        tellsWhenApproved = told;
    }

    List<Route> all() {
        return List.of(
                Route.of(
                        "GET",
                        ALL,
                        "state,scope,order_by,sort,updated_after,source_branch,page,per_page",
                        MODEL,
                        this::list),
                Route.of(
                        "POST",
                        ALL,
                        "source_branch,target_branch,title,description,target_project_id",
                        MODEL,
                        this::open),
                Route.of("GET", ONE, "", MODEL, this::one),
                Route.of("PUT", ONE, "title,description,state_event,add_labels", MODEL, this::change),
                Route.of("GET", ONE + "/commits", "page,per_page", Commit.class, this::commits),
                Route.of("PUT", ONE + "/merge", "sha,squash,merge_commit_message", MODEL, this::merge),
                Route.of("GET", ONE + "/approvals", "", MODEL, this::approvals),
                Route.of("POST", ONE + "/approve", "sha", MODEL, this::approve),
                Route.of("POST", ONE + "/unapprove", "", MODEL, this::unapprove));
    }

    private Reply list(Call call) {
        Project project = rights.project(call);
        String state = call.query().getOrDefault("state", "all");
        Instant after = Optional.ofNullable(call.query().get("updated_after"))
                .map(text -> OffsetDateTime.parse(text).toInstant())
                .orElse(Instant.MIN);
        Comparator<MergeRequest> order =
                call.query().getOrDefault("order_by", "created_at").equals("updated_at")
                        ? Comparator.comparing(MergeRequest::updated)
                        : Comparator.comparing(MergeRequest::iid);
        List<MergeRequest> wanted = project.mergeRequests().stream()
                .filter(one -> state.equals("all")
                        || one.state().name().toLowerCase(Locale.ROOT).equals(state))
                .filter(one -> !one.updated().isBefore(after))
                .sorted(call.query().getOrDefault("sort", "desc").equals("asc") ? order : order.reversed())
                .toList();
        return Reply.ok(Json.list(wanted, one -> rendering.mergeRequest(project, one)));
    }

    /** Asking for one is what makes GitLab find out whether it can be merged; the answer is in the next one. */
    private Reply one(Call call) {
        Project project = rights.project(call);
        MergeRequest one = project.mergeRequest(call.number("iid"));
        ObjectNode now = rendering.mergeRequest(project, one);
        if (!one.checked() && one.open()) {
            one.check();
            now.put("merge_status", "checking");
            if (!one.draft()) {
                now.put("detailed_merge_status", "checking");
            }
        }
        return Reply.ok(now);
    }

    /** Of its own project's branches for developers there, of a fork's to the project that it came from. */
    private Reply open(Call call) {
        Project from = rights.project(call);
        rights.atLeast(call, from, Level.DEVELOPER);
        String target = call.body().path("target_project_id").asString("");
        Project project = target.isEmpty() ? from : world.project(target);
        String branch = call.required("source_branch");
        String head = from.git()
                .commit("refs/heads/" + branch)
                .orElseThrow(() -> Refusals.bad("source_branch does not exist"));
        if (project.git().commit("refs/heads/" + call.required("target_branch")).isEmpty()) {
            throw Refusals.bad("target_branch does not exist");
        }
        for (Map.Entry<Project, MergeRequest> other : world.openFrom(from, branch)) {
            throw new Refusal(
                    409,
                    "Another open merge request already exists for this source branch: !"
                            + other.getValue().iid());
        }
        MergeRequest made = new MergeRequest(
                world.nextId(),
                project.mergeRequests().size() + 1L,
                call.caller(),
                from,
                branch,
                call.text("target_branch"),
                head,
                world.now());
        made.says(call.required("title"), call.text("description"), world.now());
        project.mergeRequests().add(made);
        events.keep(project, made);
        events.mergeRequest(project, made, "open", call.caller());
        return Reply.made(rendering.mergeRequest(project, made));
    }

    private Reply change(Call call) {
        Project project = rights.project(call);
        MergeRequest one = project.mergeRequest(call.number("iid"));
        String title = call.body().path("title").asString(one.title());
        one.says(title, call.body().path("description").asString(one.description()), world.now());
        List.of(call.text("add_labels").split(",")).stream()
                .filter(label -> !label.isBlank())
                .forEach(one.labels()::add);
        String event = call.text("state_event");
        if (!event.isEmpty() && one.state() != State.MERGED) {
            one.becomes(event.equals("close") ? State.CLOSED : State.OPENED, world.now());
        }
        events.mergeRequest(project, one, event.isEmpty() ? "update" : event, call.caller());
        return Reply.ok(rendering.mergeRequest(project, one));
    }

    private Reply commits(Call call) {
        Project project = rights.project(call);
        MergeRequest one = project.mergeRequest(call.number("iid"));
        List<String> commits = project.git().between("refs/heads/" + one.target(), one.head());
        return Reply.ok(Json.list(commits, commit -> rendering.commit(project, commit)));
    }

    private Reply merge(Call call) {
        Project project = rights.project(call);
        MergeRequest one = project.mergeRequest(call.number("iid"));
        if (!rights.changes(call.caller(), project, one.target())) {
            throw Refusals.unauthorized();
        }
        if (!call.text("sha").isEmpty() && !call.text("sha").equals(one.head())) {
            throw new Refusal(409, "SHA does not match HEAD of source branch: " + one.head());
        }
        one.check();
        if (!Rendering.detailedStatus(project, one).equals("mergeable")) {
            throw new Refusal(
                    Rendering.merges(project, one) ? 405 : 422,
                    Rendering.merges(project, one) ? "405 Method Not Allowed" : "Branch cannot be merged");
        }
        Map<String, String> before = project.git().heads();
        one.merged(merged(call, project, one));
        events.pushed(project, call.caller(), before);
        events.mergeRequest(project, one, "merge", call.caller());
        return Reply.ok(rendering.mergeRequest(project, one));
    }

    private MergeRequest.Merge merged(Call call, Project project, MergeRequest one) {
        BareRepository git = project.git();
        String target = "refs/heads/" + one.target();
        String base = git.commit(target).orElseThrow();
        String tip = one.head();
        String squashed = null;
        if (call.body().path("squash").asBoolean(false)) {
            squashed = git.commit(git.merged(base, tip).orElseThrow(), one.title(), base);
            tip = squashed;
        }
        String commit = null;
        if (!project.fastForward()) {
            String tree = git.merged(base, tip).orElseThrow();
            commit = git.commit(tree, "Merge branch '" + one.branch() + "' into '" + one.target() + "'", base, tip);
        } else if (!git.contains(tip, base)) {
            throw new Refusal(405, "405 Method Not Allowed");
        }
        git.set(target, commit == null ? tip : commit);
        return new MergeRequest.Merge(commit, squashed, call.caller(), world.now());
    }

    private Reply approvals(Call call) {
        Project project = rights.project(call);
        return approvals(project, project.mergeRequest(call.number("iid")));
    }

    private Reply approvals(Project project, MergeRequest one) {
        ObjectNode node = Json.object()
                .put("id", one.id())
                .put("iid", one.iid())
                .put("project_id", project.id())
                .put("title", one.title())
                .put("state", one.state().name().toLowerCase(Locale.ROOT))
                .put("approvals_required", 0)
                .put("approvals_left", 0);
        ArrayNode by = node.putArray("approved_by");
        one.approvals().forEach((account, at) -> {
            ObjectNode approval = by.addObject().set("user", rendering.account(account));
            if (tellsWhenApproved) {
                approval.put("approved_at", Rendering.time(at));
            }
        });
        return Reply.ok(node);
    }

    private Reply approve(Call call) {
        Project project = rights.project(call);
        MergeRequest one = project.mergeRequest(call.number("iid"));
        one.approvals().put(call.caller(), world.now());
        events.noted(one, call.caller(), "approved this merge request");
        events.mergeRequest(project, one, "approved", call.caller());
        return new Reply(201, approvals(project, one).body());
    }

    private Reply unapprove(Call call) {
        Project project = rights.project(call);
        MergeRequest one = project.mergeRequest(call.number("iid"));
        one.approvals().remove(call.caller());
        events.noted(one, call.caller(), "unapproved this merge request");
        events.mergeRequest(project, one, "unapproved", call.caller());
        return new Reply(201, approvals(project, one).body());
    }
}
