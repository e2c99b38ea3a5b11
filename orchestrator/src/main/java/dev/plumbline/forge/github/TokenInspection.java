package dev.plumbline.forge.github;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.forge.http.ForgeApi;
import dev.plumbline.forge.inspect.Inspection;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** What a GitHub lets the user do whose token stands in server.yaml. */
public final class TokenInspection implements Inspection {
    private final ForgeApi api;
    private final RepositoryHooks hooks;

    public TokenInspection(ForgeConfig forge, Clock clock) {
        this.api = TokenAccess.api(forge, GitHubForge.endpoint(forge), clock, new Budgets());
        this.hooks = new RepositoryHooks(api, forge.webhookSecret().orElse(""));
    }

    @Override
    public Rights rights(Remote remote) {
        return new TokenRights(api, remote).all();
    }

    @Override
    public Answer<Optional<Hook>> hook(Remote remote, URI target) {
        return hooks.find(remote, target);
    }

    @Override
    public Answer<Hook> create(Remote remote, URI target) {
        return hooks.create(remote, target);
    }

    @Override
    public Answer<Hook> repair(Remote remote, Hook hook, URI target) {
        return hooks.repair(remote, hook, target);
    }

    @Override
    public Answer<Sent> test(Remote remote, Hook hook, Runnable pause) {
        return hooks.test(remote, hook, pause);
    }

    @Override
    public String obstacle(URI target) {
        return obstacleOf("the repository's Settings → Webhooks", target);
    }

    /** @param page on which GitHub shows what became of its deliveries */
    static String obstacleOf(String page, URI target) {
        return "see that " + target.getHost()
                + " can be reached from GitHub, through firewalls too, and has a certificate"
                + " that GitHub trusts; each delivery and its answer stand under " + page + " → Recent Deliveries";
    }
}
