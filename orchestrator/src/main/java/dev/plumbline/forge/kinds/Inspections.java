package dev.plumbline.forge.kinds;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.gitea.GiteaInspection;
import dev.plumbline.forge.github.AppInspection;
import dev.plumbline.forge.github.TokenInspection;
import dev.plumbline.forge.gitlab.GitLabInspection;
import dev.plumbline.forge.inspect.Inspection;
import java.time.Clock;

/** What asks forges what they let us do. */
public final class Inspections {
    private Inspections() {}

    /** @param forge one with pull requests */
    public static Inspection of(ForgeConfig forge, Clock clock) {
        return switch (forge.kind()) {
            case GITEA -> new GiteaInspection(forge, clock);
            case GITHUB -> forge.app().given() ? new AppInspection(forge, clock) : new TokenInspection(forge, clock);
            case GITLAB -> new GitLabInspection(forge, clock);
            case GIT -> throw new IllegalArgumentException(forge.name() + " has no pull requests");
        };
    }
}
