package dev.plumbline.localgitlab;

import dev.plumbline.localforge.Json;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What follows from something that happens: merge requests move with their branches, and whoever listens is told. */
final class Events {
    private final World world;
    private final Rendering rendering;
    private final Deliveries deliveries;

    Events(World world, Rendering rendering, Deliveries deliveries) {
        this.world = world;
        this.rendering = rendering;
        this.deliveries = deliveries;
    }

    private ObjectNode begun(Project project, String kind) {
        ObjectNode body = Json.object().put("object_kind", kind);
        body.putObject("project")
                .put("id", project.id())
                .put("name", project.name())
                .put("path_with_namespace", project.path())
                .put("default_branch", Project.DEFAULT_BRANCH)
                .put("web_url", rendering.page(project))
                .put("git_http_url", rendering.page(project) + ".git");
        return body;
    }

    private static void user(ObjectNode body, Account by) {
        body.putObject("user")
                .put("id", by.id())
                .put("name", by.name())
                .put("username", by.username())
                .put("email", "[REDACTED]");
    }

    /** Branches are somewhere else than before. */
    void pushed(Project project, Account by, Map<String, String> before) {
        Map<String, String> after = project.git().heads();
        before.forEach((branch, commit) -> {
            if (!after.containsKey(branch)) {
                moved(project, by, branch, commit, Movement.NOTHING);
            }
        });
        after.forEach((branch, commit) -> {
            String old = before.getOrDefault(branch, Movement.NOTHING);
            if (!old.equals(commit)) {
                moved(project, by, branch, old, commit);
            }
        });
    }

    private void moved(Project project, Account by, String branch, String before, String after) {
        project.movements().add(0, new Movement(world.nextId(), by, branch, before, after, world.now()));
        deliveries.send(project, "Push Hook", push(project, by, branch, before, after));
        project.mergeRequests().stream()
                .filter(one -> one.open() && one.target().equals(branch))
                .forEach(MergeRequest::uncheck);
        world.openFrom(project, branch).forEach(open -> follow(open.getKey(), open.getValue(), by, after));
    }

    ObjectNode push(Project project, Account by, String branch, String before, String after) {
        ObjectNode body = begun(project, "push")
                .put("event_name", "push")
                .put("project_id", project.id())
                .put("ref", "refs/heads/" + branch)
                .put("before", before)
                .put("after", after)
                .put("checkout_sha", after.equals(Movement.NOTHING) ? null : after)
                .put("user_id", by.id())
                .put("user_name", by.name())
                .put("user_username", by.username())
                .put("total_commits_count", 1);
        body.putArray("commits");
        return body;
    }

    private void follow(Project project, MergeRequest one, Account by, String after) {
        if (after.equals(Movement.NOTHING)) {
            one.becomes(MergeRequest.State.CLOSED, world.now());
            mergeRequest(project, one, "close", by);
            return;
        }
        one.moved(after, world.now());
        keep(project, one);
        noted(one, by, "added commits");
        mergeRequest(project, one, "update", by);
    }

    /** Lets everybody fetch it as {@code refs/merge-requests/N/head}. */
    void keep(Project project, MergeRequest one) {
        String ref = "refs/merge-requests/" + one.iid() + "/head";
        if (one.from().id() == project.id()) {
            project.git().set(ref, one.head());
        } else {
            project.git().fetch(one.from().git(), one.branch(), ref);
        }
    }

    /** GitLab says itself what somebody did. */
    void noted(MergeRequest one, Account by, String text) {
        one.noted(new Note(world.nextId(), by, true, text, world.now()));
    }

    void mergeRequest(Project project, MergeRequest one, String action, Account by) {
        ObjectNode body = begun(project, "merge_request");
        user(body, by);
        body.set("object_attributes", attributes(project, one).put("action", action));
        deliveries.send(project, "Merge Request Hook", body);
    }

    private ObjectNode attributes(Project project, MergeRequest one) {
        ObjectNode whole = rendering.mergeRequest(project, one);
        ObjectNode part = Json.object().put("url", whole.path("web_url").asString());
        for (String name : new String[] {"id", "iid", "title", "state", "source_branch", "target_branch"}) {
            part.set(name, whole.path(name));
        }
        part.putObject("last_commit").put("id", one.head());
        return part;
    }

    void note(Project project, MergeRequest on, Note note) {
        ObjectNode body = begun(project, "note").put("event_type", "note").put("project_id", project.id());
        user(body, note.author());
        body.putObject("object_attributes")
                .put("id", note.id())
                .put("note", note.body())
                .put("noteable_type", "MergeRequest")
                .put("noteable_id", on.id())
                .put("system", false);
        body.set("merge_request", attributes(project, on));
        deliveries.send(project, "Note Hook", body);
    }

    void test(Project project, Hook hook, Account by) {
        String head = project.git()
                .commit("refs/heads/" + Project.DEFAULT_BRANCH)
                .orElseThrow(() -> Refusals.bad("Ensure the project has at least one commit."));
        deliveries.sendTo(hook, "Push Hook", push(project, by, Project.DEFAULT_BRANCH, head, head));
    }
}
