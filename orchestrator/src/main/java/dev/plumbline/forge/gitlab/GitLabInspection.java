package dev.plumbline.forge.gitlab;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.forge.inspect.Inspection;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** What a GitLab lets the user do whose token stands in server.yaml. */
public final class GitLabInspection implements Inspection {
    private final ForgeApi api;
    private final GitLabWebhooks webhooks;

    public GitLabInspection(ForgeConfig forge, Clock clock) {
        this.api = GitLabForge.api(forge, clock, new Budgets());
        this.webhooks = new GitLabWebhooks(api, forge.webhookSecret().orElse(""));
    }

    @Override
    public Rights rights(Remote remote) {
        return new GitLabRights(api, remote).all();
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
        return webhooks.repair(remote, hook, target);
    }

    @Override
    public Answer<Sent> test(Remote remote, Hook hook, Runnable pause) {
        return webhooks.test(remote, hook);
    }

    @Override
    public String obstacle(URI target) {
        return "GitLab sends to addresses inside a network only where an administrator allows it: Admin → Settings →"
                + " Network → Outbound requests → Allow requests to the local network from webhooks and integrations, or"
                + " " + target.getHost() + " in the list below it. What became of deliveries stands under the project's"
                + " Settings → Webhooks → Edit → Recent events";
    }
}
