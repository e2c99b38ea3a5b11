package dev.plumbline.forge.gitea;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.forge.inspect.Inspection;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** What a Gitea or Forgejo lets us do. */
public final class GiteaInspection implements Inspection {
    private final ForgeApi api;
    private final GiteaWebhooks webhooks;

    public GiteaInspection(ForgeConfig forge, Clock clock) {
        this.api = GiteaForge.api(forge, clock);
        this.webhooks = new GiteaWebhooks(api, forge.webhookSecret().orElse(""));
    }

    @Override
    public Rights rights(Remote remote) {
        return new GiteaRights(api, remote).all();
    }

    @Override
    public Answer<Optional<Hook>> hook(Remote remote, URI target) {
        return webhooks.find(remote, target);
    }

    @Override
    public Answer<Hook> create(Remote remote, URI target) {
        return webhooks.create(remote, target);
    }

    @Override
    public Answer<Hook> repair(Remote remote, Hook hook, URI target) {
        return webhooks.replace(remote, hook, target);
    }

    @Override
    public Answer<Sent> test(Remote remote, Hook hook, Runnable pause) {
        return webhooks.test(remote, hook);
    }

    @Override
    public String obstacle(URI target) {
        return "Gitea sends to addresses inside a network only where its app.ini allows it: [webhook] ALLOWED_HOST_LIST ="
                + " external," + target.getHost() + " (restart Gitea then). What it says of its deliveries stands below"
                + " the webhook, in the repository's Settings → Webhooks → Recent Deliveries";
    }
}
