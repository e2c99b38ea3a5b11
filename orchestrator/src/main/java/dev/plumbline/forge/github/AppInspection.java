package dev.plumbline.forge.github;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.forge.inspect.Inspection;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** What a GitHub lets an App do, and the one webhook that an App has for all that it is installed on. */
public final class AppInspection implements Inspection {
    private final AppAccess access;
    private final AppHook hook;

    public AppInspection(ForgeConfig forge, Clock clock) {
        this.access = new AppAccess(forge, GitHubForge.endpoint(forge), clock, new Budgets());
        this.hook = new AppHook(access.app(), forge.webhookSecret().orElse(""));
    }

    @Override
    public Rights rights(Remote remote) {
        return new AppRights(access, remote).all();
    }

    @Override
    public Answer<Optional<Hook>> hook(Remote remote, URI target) {
        return hook.find(target);
    }

    @Override
    public Answer<Hook> create(Remote remote, URI target) {
        return hook.set(target);
    }

    @Override
    public Answer<Hook> repair(Remote remote, Hook wrong, URI target) {
        return hook.set(target);
    }

    @Override
    public Answer<Sent> test(Remote remote, Hook right, Runnable pause) {
        return hook.test(pause);
    }

    @Override
    public String obstacle(URI target) {
        return TokenInspection.obstacleOf("the App's Advanced page", target);
    }
}
