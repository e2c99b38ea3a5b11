package dev.plumbline.forge.kinds;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.gitea.GiteaInspection;
import dev.plumbline.forge.github.AppInspection;
import dev.plumbline.forge.github.TokenInspection;
import dev.plumbline.forge.gitlab.GitLabInspection;
import dev.plumbline.forge.inspect.Inspection;
import java.time.Clock;
import java.util.Optional;

/** What asks forges what they let us do. */
public final class Inspections {
    private Inspections() {}

    /** Empty for a kind that nothing can be asked of. */
    public static Optional<Inspection> of(ForgeConfig forge, Clock clock) {
        return switch (forge.kind()) {
            case GITEA -> Optional.of(new GiteaInspection(forge, clock));
            case GITHUB ->
                Optional.of(forge.app().given() ? new AppInspection(forge, clock) : new TokenInspection(forge, clock));
            case GITLAB -> Optional.of(new GitLabInspection(forge, clock));
            case GIT -> Optional.empty();
        };
    }
}
