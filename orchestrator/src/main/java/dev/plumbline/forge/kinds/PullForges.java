package dev.plumbline.forge.kinds;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.gitea.GiteaForge;
import dev.plumbline.forge.github.GitHubForge;
import dev.plumbline.forge.gitlab.GitLabForge;
import dev.plumbline.forge.http.Budgets;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;

/** What speaks with the forges of server.yaml that have pull requests. */
public final class PullForges {
    private PullForges() {}

    /**
     * By the forges' names.
     *
     * @param budgets is told how many calls are left
     */
    public static Map<String, PullForge> of(ServerConfig config, Clock clock, Budgets budgets) {
        return config.forges().stream()
                .filter(forge -> forge.kind().pulls())
                .collect(Collectors.toMap(ForgeConfig::name, forge -> of(forge, clock, budgets)));
    }

    private static PullForge of(ForgeConfig forge, Clock clock, Budgets budgets) {
        return switch (forge.kind()) {
            case GITEA -> new GiteaForge(forge, clock);
            case GITHUB -> new GitHubForge(forge, clock, budgets);
            case GITLAB -> new GitLabForge(forge, clock, budgets);
            case GIT -> throw new IllegalArgumentException(forge.name() + " has no pull requests");
        };
    }
}
