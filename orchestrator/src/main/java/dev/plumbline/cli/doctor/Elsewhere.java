package dev.plumbline.cli.doctor;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.config.ServerConfig;
import dev.plumbline.forge.Look;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.RemoteProbe;
import dev.plumbline.forge.Remotes;
import java.util.ArrayList;
import java.util.List;

/** The repositories that live elsewhere: whether each can be read, and whether its credentials are safe on the way. */
final class Elsewhere {
    private final ServerConfig config;
    private final RemoteProbe probe;

    Elsewhere(ServerConfig config, RemoteProbe probe) {
        this.config = config;
        this.probe = probe;
    }

    List<Finding> look() {
        List<Finding> all = new ArrayList<>();
        config.forges().stream().filter(Elsewhere::inTheClear).forEach(forge -> all.add(clear(forge)));
        // Each may take a minute to answer, or not to.
        all.addAll(Remotes.of(config).all().parallelStream().map(this::remote).toList());
        return all;
    }

    private static boolean inTheClear(ForgeConfig forge) {
        boolean secret = forge.token().isPresent()
                || forge.password().isPresent()
                || forge.app().given();
        return secret && forge.url().matches("(?i)http://(?!(127\\.|localhost|\\[::1])).*");
    }

    private static Finding clear(ForgeConfig forge) {
        return Finding.warning(
                "forge " + forge.name(), "its password travels in the clear to " + forge.url(), "Use https.");
    }

    private Finding remote(Remote remote) {
        String about = "remote " + remote.repository();
        Look look = probe.look(remote);
        if (look instanceof Look.Failed failed) {
            return Finding.warning(about, failed.trouble().sentence(), "");
        }
        Look.Seen seen = (Look.Seen) look;
        String found = remote.shown() + ": ";
        if (seen.heads().isEmpty()) {
            return Finding.ok(about, found + "it is empty");
        }
        String branch = remote.branch().or(seen::defaultBranch).orElse("main");
        int others = seen.heads().size() - 1;
        return seen.heads().containsKey(branch)
                ? Finding.ok(
                        about, found + branch + " and " + others + (others == 1 ? " branch" : " branches") + " more")
                : Finding.warning(
                        about,
                        found + "there is no branch " + branch + " to apply",
                        "Push it, or name another in server.yaml (branch: …).");
    }
}
