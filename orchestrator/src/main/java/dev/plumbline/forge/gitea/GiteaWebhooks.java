package dev.plumbline.forge.gitea;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.forge.inspect.Inspection.Hook;
import dev.plumbline.forge.inspect.Inspection.Sent;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The webhooks of a repository on a Gitea. Its API shows neither their secrets nor what became of their deliveries. */
final class GiteaWebhooks {
    /** Each has a box of its own on the page for webhooks. */
    private static final List<String> EVENTS = List.of(
            "push",
            "create",
            "delete",
            "issue_comment",
            "pull_request",
            "pull_request_comment",
            "pull_request_label",
            "pull_request_review",
            "pull_request_sync");

    private final ForgeApi api;
    private final String secret;

    GiteaWebhooks(ForgeApi api, String secret) {
        this.api = api;
        this.secret = secret;
    }

    private static String at(Remote remote) {
        return GiteaForge.at(remote) + "/hooks";
    }

    /** Of several that send there, one that is right. */
    Answer<Optional<Hook>> find(Remote remote, URI target) {
        return api.list(at(remote), GiteaForge.PAGE).then(all -> {
            List<Hook> ours = all.stream()
                    .filter(hook -> address(hook).equals(target.toString()))
                    .map(GiteaWebhooks::read)
                    .toList();
            return new Answer.Given<>(ours.stream()
                    .filter(hook -> hook.flaws().isEmpty())
                    .findFirst()
                    .or(() -> ours.stream().findFirst()));
        });
    }

    private static String address(JsonNode hook) {
        return hook.path("config").path("url").asString("");
    }

    private static Hook read(JsonNode hook) {
        List<String> flaws = new ArrayList<>();
        if (!hook.path("active").asBoolean(false)) {
            flaws.add("is switched off");
        }
        if (!hook.path("config").path("content_type").asString("").equals("json")) {
            flaws.add("sends forms in place of JSON");
        }
        if (!Set.of("gitea", "forgejo").contains(hook.path("type").asString(""))) {
            flaws.add("speaks as " + hook.path("type").asString("another kind") + " does");
        }
        Set<String> missing = new TreeSet<>(EVENTS);
        hook.path("events").forEach(event -> missing.remove(event.asString("")));
        if (!missing.isEmpty()) {
            flaws.add("doesn't tell of " + String.join(", ", missing));
        }
        return new Hook(hook.path("id").asLong(), flaws);
    }

    Answer<Hook> create(Remote remote, URI target) {
        return create(remote, target, EVENTS, "", "");
    }

    /**
     * Makes one.
     *
     * @param authorization a further header for what stands before Plumbline; empty for none
     * @param branches a glob over the branches whose pushes are told; empty for all
     */
    private Answer<Hook> create(
            Remote remote, URI target, Collection<String> events, String authorization, String branches) {
        Map<String, Object> hook = new HashMap<>(Map.of("type", "gitea", "active", true, "events", events));
        hook.put("authorization_header", authorization);
        hook.put("branch_filter", branches);
        hook.put("config", Map.of("url", target.toString(), "content_type", "json", "secret", secret));
        return api.post(at(remote), hook).then(made -> new Answer.Given<>(read(made)));
    }

    /**
     * A secret can't be changed by the API, so another one takes its place, with all else that somebody chose for it; the old one
     * goes once that is there.
     */
    Answer<Hook> replace(Remote remote, Hook hook, URI target) {
        String old = at(remote) + "/" + hook.id();
        return api.get(old)
                .then(known -> {
                    Set<String> events = new TreeSet<>(EVENTS);
                    known.path("events").forEach(event -> events.add(event.asString("")));
                    return create(
                            remote,
                            target,
                            events,
                            known.path("authorization_header").asString(""),
                            known.path("branch_filter").asString(""));
                })
                .then(made -> api.delete(old).then(gone -> new Answer.Given<>(made)));
    }

    /** Gitea sends a push of the newest commit, so there must be one. */
    Answer<Sent> test(Remote remote, Hook hook) {
        return api.get(GiteaForge.at(remote))
                .then(repository -> repository.path("empty").asBoolean(false)
                        ? new Answer.Given<>(new Sent.Impossible(
                                "Gitea sends none from a repository without commits; push one, and check again"))
                        : api.post(at(remote) + "/" + hook.id() + "/tests")
                                .then(promised -> new Answer.Given<>(new Sent.Promised())));
    }
}
