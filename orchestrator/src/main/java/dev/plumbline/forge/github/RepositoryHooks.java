package dev.plumbline.forge.github;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.forge.inspect.Inspection.Hook;
import dev.plumbline.forge.inspect.Inspection.Sent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The webhooks of repositories on a GitHub, which their administrators see and change. */
final class RepositoryHooks {
    static final List<String> EVENTS = List.of("push", "pull_request", "pull_request_review", "issue_comment");
    private static final int PAGE = 100;

    private final ForgeApi api;
    private final String secret;

    RepositoryHooks(ForgeApi api, String secret) {
        this.api = api;
        this.secret = secret;
    }

    private static String at(Remote remote) {
        return GitHubForge.at(remote) + "/hooks";
    }

    Answer<Optional<Hook>> find(Remote remote, URI target) {
        return api.linked(at(remote), PAGE)
                .then(all -> new Answer.Given<>(all.stream()
                        .filter(hook ->
                                hook.path("config").path("url").asString("").equals(target.toString()))
                        .map(RepositoryHooks::read)
                        .findFirst()));
    }

    private static Hook read(JsonNode hook) {
        List<String> flaws = new ArrayList<>();
        if (!hook.path("active").asBoolean(false)) {
            flaws.add("is switched off");
        }
        if (!hook.path("config").path("content_type").asString("").equals("json")) {
            flaws.add("sends forms in place of JSON");
        }
        Set<String> missing = new TreeSet<>(EVENTS);
        hook.path("events").forEach(event -> missing.remove(event.asString("")));
        if (!missing.isEmpty()
                && hook.path("events")
                        .valueStream()
                        .noneMatch(event -> event.asString("").equals("*"))) {
            flaws.add("doesn't tell of " + String.join(", ", missing));
        }
        return new Hook(hook.path("id").asLong(), flaws);
    }

    /** @param events the name under which they are given: those of a new one, or more for one that is there */
    private Map<String, ?> wanted(URI target, String events) {
        return Map.of(
                "active",
                true,
                events,
                EVENTS,
                "config",
                Map.of("url", target.toString(), "content_type", "json", "secret", secret, "insecure_ssl", "0"));
    }

    Answer<Hook> create(Remote remote, URI target) {
        return api.post(at(remote), wanted(target, "events")).then(made -> new Answer.Given<>(read(made)));
    }

    /** What else it tells of, somebody chose, perhaps for a merge queue. */
    Answer<Hook> repair(Remote remote, Hook hook, URI target) {
        return api.patch(at(remote) + "/" + hook.id(), wanted(target, "add_events"))
                .then(changed -> changed.<Answer<Hook>>map(there -> new Answer.Given<>(read(there)))
                        .orElseGet(() -> create(remote, target)));
    }

    Answer<Sent> test(Remote remote, Hook hook, Runnable pause) {
        String at = at(remote) + "/" + hook.id();
        DeliveryLog log = new DeliveryLog(api, at + "/deliveries");
        return log.newest()
                .then(before -> api.post(at + "/pings")
                        .then(promised -> log.awaited(
                                DeliveryLog.ids(before),
                                delivery -> delivery.path("event").asString("").equals("ping"),
                                pause)));
    }
}
