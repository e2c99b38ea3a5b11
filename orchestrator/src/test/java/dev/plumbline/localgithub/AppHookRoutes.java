package dev.plumbline.localgithub;

import dev.plumbline.localforge.Json;
import dev.plumbline.localforge.Refusal;
import dev.plumbline.localforge.Reply;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The webhook of an App, which the App itself may look after. */
final class AppHookRoutes {
    private static final String CONFIG = "/app/hook/config";
    private static final String DELIVERIES = "/app/hook/deliveries";

    private final World world;
    private final Rendering rendering;
    private final Deliveries deliveries;

    AppHookRoutes(World world, Rendering rendering, Deliveries deliveries) {
        this.world = world;
        this.rendering = rendering;
        this.deliveries = deliveries;
    }

    List<Route> all() {
        return List.of(
                Route.forKeyHolders("GET", CONFIG, this::config),
                Route.forKeyHolders("PATCH", CONFIG, this::change),
                Route.forKeyHolders("GET", DELIVERIES, this::list),
                Route.forKeyHolders("POST", DELIVERIES + "/{delivery_id}/attempts", this::again));
    }

    private static App app(Call call) {
        return call.caller().app().orElseThrow();
    }

    private Hook hook(Call call) {
        return world.appHook(app(call)).orElseThrow(Refusal::notFound);
    }

    private Reply config(Call call) {
        return answer(world.appHook(app(call)));
    }

    private static Reply answer(Optional<Hook> hook) {
        ObjectNode config = Json.object().put("content_type", "json").put("insecure_ssl", "0");
        hook.ifPresent(there -> config.put("url", there.url()).put("secret", "********"));
        return Reply.ok(config);
    }

    private Reply change(Call call) {
        Optional<Hook> before = world.appHook(app(call));
        JsonNode wanted = call.body();
        Hook after = new Hook(
                before.map(Hook::id).orElseGet(world::nextId),
                wanted.path("url").asString(before.map(Hook::url).orElse("")),
                wanted.path("secret").asString(before.map(Hook::secret).orElse("")),
                Rendering.APP_EVENTS,
                true);
        world.appHook(app(call).slug(), after);
        return answer(Optional.of(after));
    }

    private Reply list(Call call) {
        return Reply.ok(Json.list(
                world.appHook(app(call)).map(hook -> world.delivered(hook.id())).orElse(List.of()),
                rendering::delivered));
    }

    private Reply again(Call call) {
        Hook hook = hook(call);
        Delivered first = world.delivered(hook.id()).stream()
                .filter(one -> one.id() == call.number("delivery_id"))
                .findFirst()
                .orElseThrow(Refusal::notFound);
        deliveries.again(hook, first);
        return new Reply(202, Optional.of(Json.object()));
    }
}
