package dev.plumbline.forge.github;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.forge.inspect.Inspection.Hook;
import dev.plumbline.forge.inspect.Inspection.Sent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The webhook of an App. What it tells of is chosen on the App's page alone. */
final class AppHook {
    private static final String CONFIG = "/app/hook/config";
    private static final String DELIVERIES = "/app/hook/deliveries";
    /** It has no number of its own. */
    private static final long ONLY = 0;

    private final ForgeApi app;
    private final String secret;

    /** @param app spoken as the App itself */
    AppHook(ForgeApi app, String secret) {
        this.app = app;
        this.secret = secret;
    }

    Answer<Optional<Hook>> find(URI target) {
        return app.find(CONFIG)
                .then(found -> new Answer.Given<>(
                        found.filter(config -> !config.path("url").asString("").isEmpty())
                                .map(config -> read(config, target))));
    }

    private static Hook read(JsonNode config, URI target) {
        List<String> flaws = new ArrayList<>();
        String address = config.path("url").asString("");
        if (!address.equals(target.toString())) {
            flaws.add("sends to " + address + " instead of " + target);
        }
        if (!config.path("content_type").asString("").equals("json")) {
            flaws.add("sends forms in place of JSON");
        }
        return new Hook(ONLY, flaws);
    }

    Answer<Hook> set(URI target) {
        Map<String, String> config =
                Map.of("url", target.toString(), "content_type", "json", "secret", secret, "insecure_ssl", "0");
        return app.patch(CONFIG, config)
                .then(changed -> new Answer.Given<>(
                        changed.map(there -> read(there, target)).orElseGet(() -> new Hook(ONLY, List.of()))));
    }

    /** GitHub pings for no App, but sends once more what it sent before. */
    Answer<Sent> test(Runnable pause) {
        DeliveryLog log = new DeliveryLog(app, DELIVERIES);
        return log.newest().then(before -> {
            if (before.isEmpty()) {
                return new Answer.Given<>(new Sent.Impossible(
                        "GitHub sends again only what it sent before, and that is nothing so far; push something to a"
                                + " repository on which the App is installed, and check again"));
            }
            JsonNode last = before.get(0);
            String guid = last.path("guid").asString("");
            Set<Long> known = DeliveryLog.ids(before);
            return app.post(DELIVERIES + "/" + last.path("id").asLong() + "/attempts")
                    .then(promised -> log.awaited(
                            known,
                            delivery -> delivery.path("guid").asString("").equals(guid),
                            pause));
        });
    }
}
