package dev.plumbline.cli.forge;

import dev.plumbline.cli.forge.ForgeCheckCommand.Line;
import dev.plumbline.config.ForgeConfig;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Remotes;
import dev.plumbline.forge.inspect.Arrivals;
import dev.plumbline.forge.inspect.Finding;
import dev.plumbline.forge.inspect.HookCheck;
import dev.plumbline.forge.inspect.Inspection;
import dev.plumbline.forge.kinds.Inspections;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is looked at on one forge after the other. */
final class ForgeCheck {
    private static final String WEBHOOK = "webhook";

    private final Remotes remotes;
    private final Clock clock;
    private final Arrivals arrivals;
    private final Optional<URI> base;
    private final boolean fix;

    /**
     * @param base where forges reach the server; empty where nobody said
     * @param fix whether webhooks are made and put right
     */
    ForgeCheck(ServerConfig config, Clock clock, Arrivals arrivals, Optional<URI> base, boolean fix) {
        this.remotes = Remotes.of(config);
        this.clock = clock;
        this.arrivals = arrivals;
        this.base = base;
        this.fix = fix;
    }

    List<Line> of(ForgeConfig forge) {
        List<Remote> repositories = remotes.all().stream()
                .filter(remote -> remote.forge().name().equals(forge.name()))
                .toList();
        if (repositories.isEmpty()) {
            return List.of(Line.of(
                    forge.name(),
                    "",
                    Finding.warning(
                            "repositories",
                            "none of this forge's is in server.yaml, so there is nothing to try",
                            "name one in 'repositories'")));
        }
        Inspection inspection = Inspections.of(forge, clock);
        List<Line> all = new ArrayList<>();
        for (Remote remote : repositories) {
            Inspection.Rights rights = inspection.rights(remote);
            rights.findings().forEach(finding -> all.add(Line.of(forge.name(), remote.repository(), finding)));
            if (rights.seen()) {
                webhook(inspection, remote)
                        .forEach(finding -> all.add(Line.of(forge.name(), remote.repository(), finding)));
            }
        }
        return all;
    }

    private List<Finding> webhook(Inspection inspection, Remote remote) {
        ForgeConfig forge = remote.forge();
        if (forge.webhookSecret().isEmpty()) {
            return List.of(Finding.warning(
                    WEBHOOK,
                    "no delivery is taken, so that plans begin when the forge is polled (every "
                            + forge.poll().toSeconds() + " s)",
                    "give the forge a webhook_secret in server.yaml, any long random text"));
        }
        return base.map(known -> new HookCheck(inspection, arrivals, remote, target(known, forge), fix).look())
                .orElseGet(() -> List.of(Finding.warning(
                        WEBHOOK,
                        "nobody said where the forge reaches the server",
                        "give public_url in server.yaml, or --url URL")));
    }

    private static URI target(URI base, ForgeConfig forge) {
        String name = URLEncoder.encode(forge.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return URI.create(base.toString().replaceFirst("/+$", "") + "/webhooks/" + name);
    }
}
