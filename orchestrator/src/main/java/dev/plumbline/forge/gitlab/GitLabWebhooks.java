package dev.plumbline.forge.gitlab;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.hook.GitLabHooks;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.forge.inspect.Inspection.Hook;
import dev.plumbline.forge.inspect.Inspection.Sent;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The webhooks of projects on a GitLab, which maintainers see and change. */
final class GitLabWebhooks {
    private static final List<String> EVENTS = List.of("push_events", "merge_requests_events", "note_events");

    private final ForgeApi api;
    private final String secret;

    GitLabWebhooks(ForgeApi api, String secret) {
        this.api = api;
        this.secret = secret;
    }

    private static String at(Remote remote) {
        return GitLabForge.at(remote) + "/hooks";
    }

    Answer<Optional<Hook>> find(Remote remote, URI target) {
        return api.linked(at(remote), GitLabForge.PAGE)
                .then(all -> new Answer.Given<>(all.stream()
                        .filter(hook -> hook.path("url").asString("").equals(target.toString()))
                        .map(this::read)
                        .findFirst()));
    }

    private Hook read(JsonNode hook) {
        List<String> flaws = new ArrayList<>();
        if (!hook.path("alert_status").asString("executable").equals("executable")) {
            flaws.add("was switched off by GitLab, after deliveries that failed");
        }
        List<String> missing = EVENTS.stream()
                .filter(event -> !hook.path(event).asBoolean(false))
                .toList();
        if (!missing.isEmpty()) {
            flaws.add("doesn't tell of " + String.join(", ", missing));
        }
        // Older ones don't say whether there is one.
        if (!hook.path(secretName() + "_present").asBoolean(true)) {
            flaws.add("has no " + secretName());
        }
        return new Hook(hook.path("id").asLong(), flaws);
    }

    private String secretName() {
        return GitLabHooks.signs(secret) ? "signing_token" : "token";
    }

    private Map<String, Object> wanted(URI target) {
        Map<String, Object> wanted = new HashMap<>(Map.of("url", target.toString(), secretName(), secret));
        EVENTS.forEach(event -> wanted.put(event, true));
        return wanted;
    }

    Answer<Hook> create(Remote remote, URI target) {
        return api.post(at(remote), wanted(target)).then(made -> new Answer.Given<>(read(made)));
    }

    /** One that GitLab switched off is on again as soon as a test of it gets through. */
    Answer<Hook> repair(Remote remote, Hook hook, URI target) {
        return api.put(at(remote) + "/" + hook.id(), wanted(target)).then(changed -> new Answer.Given<>(read(changed)));
    }

    /** GitLab sends a push of the newest commit, so there must be one, and says at once where nobody took it. */
    Answer<Sent> test(Remote remote, Hook hook) {
        return api.get(GitLabForge.at(remote))
                .then(project -> project.path("empty_repo").asBoolean(false)
                        ? new Answer.Given<>(new Sent.Impossible(
                                "GitLab sends none from a project without commits; push one, and check again"))
                        : sent(api.post(at(remote) + "/" + hook.id() + "/test/push_events")));
    }

    private static Answer<Sent> sent(Answer<JsonNode> answer) {
        return answer.failure()
                .filter(trouble -> trouble.kind() == Trouble.Kind.REFUSED)
                .<Answer<Sent>>map(trouble -> new Answer.Given<>(new Sent.Undelivered(trouble.sentence())))
                .orElseGet(() -> answer.then(made -> new Answer.Given<>(new Sent.Promised())));
    }
}
