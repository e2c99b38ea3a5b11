package dev.plumbline.forge;

import java.util.Map;
import java.util.Optional;

/** With what Git is let in where; what a forge gives out by itself changes from hour to hour. */
record GitLogins(Map<String, PullForge> forges) {
    GitLogins {
        forges = Map.copyOf(forges);
    }

    Answer<Optional<GitLogin>> of(Remote remote) {
        return Optional.ofNullable(forges.get(remote.forge().name()))
                .map(forge -> forge.login(remote))
                .orElseGet(() -> new Answer.Given<>(GitLogin.configured(remote.forge())));
    }
}
