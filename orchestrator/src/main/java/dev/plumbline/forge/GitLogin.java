package dev.plumbline.forge;

import dev.plumbline.config.ForgeConfig;
import java.util.Optional;

/**
 * With what Git is let in over http and https.
 *
 * @param password a password or a token
 */
public record GitLogin(String username, String password) {

    /** The one that stands in server.yaml; empty where there is none. */
    static Optional<GitLogin> configured(ForgeConfig forge) {
        return forge.token()
                .or(forge::password)
                .map(password -> new GitLogin(forge.username().orElse("git"), password));
    }

    @Override
    public String toString() {
        return "GitLogin[" + username + "]";
    }
}
