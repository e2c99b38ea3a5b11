package dev.plumbline.localgitlab;

import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Reply;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Deployments, and with them the environments that they go to. */
final class DeploymentRoutes {
    private static final String ALL = "/projects/:id/deployments";
    private static final Class<?> MODEL = org.gitlab4j.api.models.Deployment.class;
    private static final Set<String> STATES = Set.of("running", "success", "failed", "canceled");

    private final World world;
    private final Rights rights;
    private final Rendering rendering;

    DeploymentRoutes(World world, Rights rights, Rendering rendering) {
        this.world = world;
        this.rights = rights;
        this.rendering = rendering;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", ALL, "environment,order_by,sort,status,page,per_page", MODEL, this::list),
                Route.of("POST", ALL, "environment,sha,ref,tag,status", MODEL, this::add),
                Route.of("PUT", ALL + "/:deployment_id", "status", MODEL, this::change));
    }

    private Project project(Call call) {
        Project project = rights.project(call);
        rights.atLeast(call, project, Level.DEVELOPER);
        return project;
    }

    private Reply list(Call call) {
        Project project = rights.project(call);
        String environment = call.query().getOrDefault("environment", "");
        Comparator<Deployment> order = Comparator.comparingLong(Deployment::id);
        List<Deployment> wanted = project.deployments().stream()
                .filter(one -> environment.isEmpty() || one.environment().equals(environment))
                .sorted(call.query().getOrDefault("sort", "asc").equals("asc") ? order : order.reversed())
                .toList();
        return Reply.ok(Json.list(wanted, rendering::deployment));
    }

    private static String state(Call call) {
        if (!STATES.contains(call.required("status"))) {
            throw Refusals.bad("status does not have a valid value");
        }
        return call.text("status");
    }

    private Reply add(Call call) {
        Project project = project(call);
        String environment = call.required("environment");
        if (!environment.matches("[A-Za-z0-9_/${}. -]{1,255}") || !call.body().has("tag")) {
            throw Refusals.bad("environment is invalid, or tag is missing");
        }
        String commit = project.git().commit(call.required("sha")).orElseThrow(() -> Refusals.notFound("Commit"));
        Deployment made = new Deployment(
                world.nextId(), environment, commit, call.required("ref"), state(call), call.caller(), world.now());
        project.deployments().add(made);
        return Reply.made(rendering.deployment(made));
    }

    private Reply change(Call call) {
        Project project = project(call);
        Deployment before = project.deployments().stream()
                .filter(one -> one.id() == call.number("deployment_id"))
                .findFirst()
                .orElseThrow(Refusals::notFound);
        if (before.status().equals(state(call))) {
            throw Refusals.bad("Status cannot transition via \"" + state(call) + "\"");
        }
        Deployment after = before.becomes(state(call));
        project.deployments().set(project.deployments().indexOf(before), after);
        return Reply.ok(rendering.deployment(after));
    }
}
