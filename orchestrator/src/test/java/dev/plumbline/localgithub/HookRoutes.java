package dev.plumbline.localgithub;

import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Refusal;
import dev.plumbline.localforge.Reply;
import dev.plumbline.localgithub.Grants.Need;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The webhooks of repositories. */
final class HookRoutes {
    private static final String HOOKS = "/repos/{owner}/{repo}/hooks";
    private static final String HOOK = HOOKS + "/{hook_id}";

    private final World world;
    private final Rights rights;
    private final Rendering rendering;
    private final Events events;

    HookRoutes(World world, Rights rights, Rendering rendering, Events events) {
        this.world = world;
        this.rights = rights;
        this.rendering = rendering;
        this.events = events;
    }

    List<Route> all() {
        return List.of(
                Route.of("GET", HOOKS, Need.read("repository_hooks"), this::list),
                Route.of("POST", HOOKS, Need.write("repository_hooks"), this::add),
                Route.of("PATCH", HOOK, Need.write("repository_hooks"), this::change),
                Route.of("GET", HOOK + "/deliveries", Need.read("repository_hooks"), this::deliveries),
                Route.of("POST", HOOK + "/pings", Need.read("repository_hooks"), this::ping));
    }

    private Repository repository(Call call) {
        Repository repository = rights.repository(call);
        rights.atLeast(call, repository, Role.ADMIN);
        return repository;
    }

    private static Hook hook(Repository repository, Call call) {
        return repository.hooks().stream()
                .filter(hook -> hook.id() == call.number("hook_id"))
                .findFirst()
                .orElseThrow(Refusal::notFound);
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(word -> word.asString("")).toList();
    }

    private Reply list(Call call) {
        Repository repository = repository(call);
        return Reply.ok(Json.list(repository.hooks(), hook -> rendering.hook(repository, hook)));
    }

    private Reply add(Call call) {
        Repository repository = repository(call);
        String url = call.body().path("config").path("url").asString("");
        if (repository.hooks().stream().anyMatch(hook -> hook.url().equals(url))) {
            throw new Refusal(422, "Validation Failed: Hook already exists on this repository");
        }
        Hook hook = read(call, world.nextId(), List.of("push"));
        repository.hooks().add(hook);
        events.ping(repository, hook, call.caller().account());
        return Reply.made(rendering.hook(repository, hook));
    }

    private static Hook read(Call call, long id, List<String> otherwise) {
        JsonNode config = call.body().path("config");
        JsonNode wanted = call.body().path("events");
        List<String> events = Stream.concat(
                        (wanted.isMissingNode() ? otherwise : words(wanted)).stream(),
                        words(call.body().path("add_events")).stream())
                .distinct()
                .toList();
        return new Hook(
                id,
                config.path("url").asString(""),
                config.path("secret").asString(""),
                events,
                call.body().path("active").asBoolean(true));
    }

    private Reply change(Call call) {
        Repository repository = repository(call);
        Hook before = hook(repository, call);
        Hook read = read(call, before.id(), before.events());
        Hook after = call.body().has("config")
                ? read
                : new Hook(before.id(), before.url(), before.secret(), read.events(), read.active());
        repository.hooks().set(repository.hooks().indexOf(before), after);
        return Reply.ok(rendering.hook(repository, after));
    }

    private Reply deliveries(Call call) {
        Hook hook = hook(repository(call), call);
        return Reply.ok(Json.list(world.delivered(hook.id()), rendering::delivered));
    }

    private Reply ping(Call call) {
        Repository repository = repository(call);
        events.ping(repository, hook(repository, call), call.caller().account());
        return Reply.nothing();
    }
}
