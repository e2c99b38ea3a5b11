package dev.plumbline.localgitlab;

import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gitlab4j.api.models.Branch;
import org.gitlab4j.api.models.CommitStatus;

/** Where branches are, and what other systems say of commits. */
final class CommitRoutes {
    private static final int LONGEST = 255;
    private static final Set<String> STATES = Set.of("pending", "running", "success", "failed", "canceled", "skipped");

    private final World world;
    private final Rights rights;
    private final Rendering rendering;

    CommitRoutes(World world, Rights rights, Rendering rendering) {
        this.world = world;
        this.rights = rights;
        this.rendering = rendering;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", "/projects/:id/repository/branches/:branch", "", Branch.class, this::branch),
                Route.of(
                        "POST",
                        "/projects/:id/statuses/:sha",
                        "state,ref,name,context,target_url,description",
                        CommitStatus.class,
                        this::set),
                Route.of(
                        "GET",
                        "/projects/:id/repository/commits/:sha/statuses",
                        "ref,name,all,page,per_page",
                        CommitStatus.class,
                        this::list));
    }

    private Reply branch(Call call) {
        Project project = rights.project(call);
        String branch = call.at("branch");
        String commit = project.git().commit("refs/heads/" + branch).orElseThrow(() -> Refusals.notFound("Branch"));
        return Reply.ok(rendering.branch(project, branch, commit));
    }

    private Reply list(Call call) {
        Project project = rights.project(call);
        return Reply.ok(Json.list(Rendering.newest(project, call.at("sha")), rendering::status));
    }

    private Reply set(Call call) {
        Project project = rights.project(call);
        rights.atLeast(call, project, Level.DEVELOPER);
        String commit = project.git().commit(call.at("sha")).orElseThrow(() -> Refusals.notFound("Commit"));
        String state = call.required("state");
        if (!STATES.contains(state)) {
            throw Refusals.bad("state does not have a valid value");
        }
        String ref = ref(call, project, commit);
        if (project.isProtected(ref) && !rights.changes(call.caller(), project, ref)) {
            throw Refusals.forbidden();
        }
        for (String name : List.of("name", "description", "target_url")) {
            if (call.text(name).length() > LONGEST) {
                throw Refusals.bad(name + " is too long (maximum is " + LONGEST + " characters)");
            }
        }
        return Reply.made(rendering.status(become(call, project, commit, ref, state)));
    }

    /** Where none is named, the ref of the commit's pipeline, or else some branch with the commit in it. */
    private static String ref(Call call, Project project, String commit) {
        return project.statuses().stream()
                .filter(status -> status.commit().equals(commit))
                .filter(status -> call.text("ref").isEmpty() || status.ref().equals(call.text("ref")))
                .map(Status::ref)
                .findFirst()
                .orElseGet(() -> !call.text("ref").isEmpty()
                        ? call.text("ref")
                        : project.git().heads().entrySet().stream()
                                .filter(head -> project.git().contains(head.getValue(), commit))
                                .map(Map.Entry::getKey)
                                .findFirst()
                                .orElseThrow(() -> Refusals.notFound("References for commit")));
    }

    private Status become(Call call, Project project, String commit, String ref, String state) {
        String name = call.text("name").isEmpty() ? "default" : call.text("name");
        Status status = project.statuses().stream()
                .filter(each -> each.live()
                        && each.commit().equals(commit)
                        && each.ref().equals(ref)
                        && each.name().equals(name)
                        && each.by().equals(call.caller()))
                .findFirst()
                .orElseGet(() -> new Status(world.nextId(), commit, ref, name, call.caller(), world.now()));
        if (!status.mayBecome(state)) {
            String event = state.equals("pending") ? "enqueue" : "run";
            throw Refusals.bad("Cannot transition status via :" + event + " from :" + status.state()
                    + " (Reason(s): Status cannot transition via \"" + event + "\")");
        }
        status.becomes(state, call.text("description"), call.text("target_url"));
        if (!project.statuses().contains(status)) {
            project.statuses().add(status);
        }
        return status;
    }
}
