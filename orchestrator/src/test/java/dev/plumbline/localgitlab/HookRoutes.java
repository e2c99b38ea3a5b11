package dev.plumbline.localgitlab;

import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Refusal;
import dev.plumbline.localforge.Reply;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gitlab4j.api.models.ProjectHook;
import tools.jackson.databind.JsonNode;

/** The webhooks of projects, for their maintainers. */
final class HookRoutes {
    private static final String HOOKS = "/projects/:id/hooks";
    private static final String HOOK = HOOKS + "/:hook_id";
    private static final String FIELDS = "url,token,signing_token,push_events,note_events,merge_requests_events,"
            + "enable_ssl_verification,name,description";
    private static final Set<String> EVENTS = Set.of("push_events", "note_events", "merge_requests_events");

    private final World world;
    private final Rights rights;
    private final Rendering rendering;
    private final Events events;
    private final Deliveries deliveries;
    private boolean local = true;

    HookRoutes(World world, Rights rights, Rendering rendering, Events events, Deliveries deliveries) {
        this.world = world;
        this.rights = rights;
        this.rendering = rendering;
        this.events = events;
        this.deliveries = deliveries;
    }

    /** Whether its administrators allow hooks to the local network. */
    void allowsLocal(boolean allowed) {
        local = allowed;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", HOOKS, "page,per_page", ProjectHook.class, this::list),
                Route.of("POST", HOOKS, FIELDS, ProjectHook.class, this::add),
                Route.of("PUT", HOOK, FIELDS, ProjectHook.class, this::change),
                Route.of("POST", HOOK + "/test/push_events", "", Object.class, this::test));
    }

    private Project project(Call call) {
        Project project = rights.project(call);
        rights.atLeast(call, project, Level.MAINTAINER);
        return project;
    }

    private Reply list(Call call) {
        Project project = project(call);
        return Reply.ok(Json.list(project.hooks(), hook -> shown(project, hook)));
    }

    private JsonNode shown(Project project, Hook hook) {
        return rendering.hook(project, hook, deliveries.silent(hook));
    }

    private Hook read(Call call, long id, Hook before) {
        String url = call.body().path("url").asString(before.url());
        if (!local && url.matches("https?://(127\\.|localhost|10\\.|192\\.168\\.).*")) {
            throw new Refusal(422, "Invalid url given");
        }
        String signing = call.body().path("signing_token").asString(before.signing());
        if (!signing.isEmpty() && !signing.startsWith("whsec_")) {
            throw Refusals.bad("signing_token is invalid");
        }
        Set<String> wanted = Stream.concat(
                        before.events().stream().filter(event -> !call.body().has(event)),
                        EVENTS.stream().filter(event -> call.body().path(event).asBoolean(false)))
                .collect(Collectors.toSet());
        return new Hook(id, url, call.body().path("token").asString(before.token()), signing, wanted);
    }

    private Reply add(Call call) {
        Project project = project(call);
        Hook hook = read(call, world.nextId(), new Hook(0, call.required("url"), "", "", Set.of("push_events")));
        project.hooks().add(hook);
        return Reply.made(shown(project, hook));
    }

    private Reply change(Call call) {
        Project project = project(call);
        Hook before = project.hook(call.number("hook_id"));
        Hook after = read(call, before.id(), before);
        project.hooks().set(project.hooks().indexOf(before), after);
        return Reply.ok(shown(project, after));
    }

    private Reply test(Call call) {
        Project project = project(call);
        events.test(project, project.hook(call.number("hook_id")), call.caller());
        return Reply.made(Json.object().put("message", "201 Created"));
    }
}
