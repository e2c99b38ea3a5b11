package dev.plumbline.localgithub;

import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Refusal;
import dev.plumbline.localforge.Reply;
import dev.plumbline.localgithub.Grants.Need;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Statuses, checks and deployments of commits. */
final class CommitRoutes {
    private static final String REPOSITORY = "/repos/{owner}/{repo}";
    private static final String CHECKS = REPOSITORY + "/check-runs";
    private static final String DEPLOYMENTS = REPOSITORY + "/deployments";
    private static final int LONGEST_DESCRIPTION = 140;

    private final World world;
    private final Rights rights;
    private final Rendering rendering;
    private final Queue queue;

    CommitRoutes(World world, Rights rights, Rendering rendering, Queue queue) {
        this.world = world;
        this.rights = rights;
        this.rendering = rendering;
        this.queue = queue;
    }

    List<Route> all() {
        return List.of(
                Route.of("POST", REPOSITORY + "/statuses/{sha}", Need.write("statuses"), this::setStatus),
                Route.forPeople("GET", REPOSITORY + "/commits/{ref}/statuses", this::statuses),
                Route.of("POST", CHECKS, Need.write("checks"), this::beginCheck),
                Route.of("PATCH", CHECKS + "/{check_run_id}", Need.write("checks"), this::changeCheck),
                Route.forPeople("GET", CHECKS + "/{check_run_id}/annotations", this::annotations),
                Route.forPeople("GET", REPOSITORY + "/commits/{ref}/check-runs", this::checks),
                Route.of("GET", DEPLOYMENTS, Need.read("deployments"), this::deployments),
                Route.of("POST", DEPLOYMENTS, Need.write("deployments"), this::deploy),
                Route.of("POST", DEPLOYMENTS + "/{deployment_id}/statuses", Need.write("deployments"), this::deployed),
                Route.forPeople("GET", DEPLOYMENTS + "/{deployment_id}/statuses", this::outcomes));
    }

    private static String commit(Repository repository, String ref) {
        return repository.git().commit(ref).orElseThrow(() -> new Refusal(422, "No commit found for SHA: " + ref));
    }

    private Reply setStatus(Call call) {
        Repository repository = rights.repository(call);
        rights.atLeast(call, repository, Role.WRITE);
        String description = call.text("description");
        if (description.length() > LONGEST_DESCRIPTION) {
            throw new Refusal(422, "Validation Failed: description is too long (maximum is 140 characters)");
        }
        CommitNote.Status status = new CommitNote.Status(
                world.nextId(),
                commit(repository, call.at("sha")),
                call.caller().account(),
                call.text("state"),
                call.body().path("context").asString("default"),
                description,
                call.text("target_url"),
                world.now());
        repository.statuses().add(status);
        queue.told(repository);
        return Reply.made(rendering.status(status));
    }

    private Reply statuses(Call call) {
        Repository repository = rights.repository(call);
        String commit = commit(repository, call.at("ref"));
        List<CommitNote.Status> all = new ArrayList<>(repository.statuses());
        all.removeIf(status -> !status.commit().equals(commit));
        all.sort(Comparator.comparingLong(CommitNote.Status::id).reversed());
        return Reply.ok(Json.list(all, rendering::status));
    }

    private Reply beginCheck(Call call) {
        Repository repository = rights.repository(call);
        App app = call.caller().app().orElseThrow(() -> new Refusal(403, "You must authenticate via a GitHub App."));
        CommitNote.CheckRun check = new CommitNote.CheckRun(
                world.nextId(),
                commit(repository, call.text("head_sha")),
                app,
                Json.object(),
                new ArrayList<>(),
                world.now());
        repository.checks().add(check);
        return Reply.made(said(check, call));
    }

    private Reply changeCheck(Call call) {
        Repository repository = rights.repository(call);
        CommitNote.CheckRun check = check(repository, call);
        if (call.caller().app().filter(app -> app.id() == check.app().id()).isEmpty()) {
            throw new Refusal(
                    403, "Invalid app_id - check run can only be modified by the GitHub App that created it.");
        }
        return Reply.ok(said(check, call));
    }

    /** Annotations add up, everything else takes the place of what was said before. */
    private ObjectNode said(CommitNote.CheckRun check, Call call) {
        call.body().properties().forEach(entry -> check.said().set(entry.getKey(), entry.getValue()));
        if (call.body().has("conclusion")) {
            check.said().put("status", "completed");
        }
        call.body().path("output").path("annotations").forEach(check.annotations()::add);
        return rendering.check(check);
    }

    private static CommitNote.CheckRun check(Repository repository, Call call) {
        return repository.checks().stream()
                .filter(check -> check.id() == call.number("check_run_id"))
                .findFirst()
                .orElseThrow(Refusal::notFound);
    }

    private Reply annotations(Call call) {
        return Reply.ok(Json.list(check(rights.repository(call), call).annotations(), one -> one));
    }

    private Reply checks(Call call) {
        Repository repository = rights.repository(call);
        String commit = commit(repository, call.at("ref"));
        ArrayNode runs = Json.list(
                repository.checks().stream()
                        .filter(check -> check.commit().equals(commit))
                        .toList(),
                rendering::check);
        return Reply.ok(Json.object().put("total_count", runs.size()).set("check_runs", runs));
    }

    private Reply deployments(Call call) {
        Repository repository = rights.repository(call);
        List<CommitNote.Deployment> all = new ArrayList<>(repository.deployments());
        all.removeIf(deployment -> !wanted(call, deployment));
        all.sort(Comparator.comparingLong(CommitNote.Deployment::id).reversed());
        return Reply.ok(Json.list(all, rendering::deployment));
    }

    private static boolean wanted(Call call, CommitNote.Deployment deployment) {
        Map<String, String> own = Map.of(
                "sha", deployment.commit(),
                "ref", deployment.said().path("ref").asString(""),
                "task", deployment.said().path("task").asString("deploy"),
                "environment", deployment.said().path("environment").asString("production"));
        return own.entrySet().stream()
                .allMatch(entry -> call.query()
                        .getOrDefault(entry.getKey(), entry.getValue())
                        .equals(entry.getValue()));
    }

    private Reply deploy(Call call) {
        Repository repository = rights.repository(call);
        rights.atLeast(call, repository, Role.WRITE);
        String commit = commit(repository, call.text("ref"));
        if (!call.body().has("required_contexts") && !allWell(repository, commit)) {
            throw new Refusal(409, "Conflict: Commit status checks failed for " + commit + ".");
        }
        CommitNote.Deployment deployment = new CommitNote.Deployment(
                world.nextId(), commit, call.caller().account(), (ObjectNode) call.body(), world.now());
        repository.deployments().add(deployment);
        return Reply.made(rendering.deployment(deployment));
    }

    private static boolean allWell(Repository repository, String commit) {
        return repository.statuses().stream()
                .filter(status -> status.commit().equals(commit))
                .allMatch(status -> status.state().equals("success"));
    }

    private static CommitNote.Deployment deployment(Repository repository, Call call) {
        return repository.deployments().stream()
                .filter(deployment -> deployment.id() == call.number("deployment_id"))
                .findFirst()
                .orElseThrow(Refusal::notFound);
    }

    private Reply deployed(Call call) {
        CommitNote.Deployment deployment = deployment(rights.repository(call), call);
        CommitNote.DeploymentStatus status = new CommitNote.DeploymentStatus(
                world.nextId(), call.caller().account(), (ObjectNode) call.body(), world.now());
        deployment.statuses().add(0, status);
        return Reply.made(rendering.deploymentStatus(status));
    }

    private Reply outcomes(Call call) {
        return Reply.ok(Json.list(deployment(rights.repository(call), call).statuses(), rendering::deploymentStatus));
    }
}
