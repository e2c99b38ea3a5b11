package dev.plumbline.config;

import java.nio.file.Path;
import java.util.Map;

/** Where everything is kept when nobody says where. */
public final class Home {
    private Home() {}

    /**
     * {@code $PLUMBLINE_HOME}, else {@code $XDG_DATA_HOME/plumbline}, else {@code $HOME/.local/share/plumbline}. Not
     * Java's {@code user.home}, which ignores the variable.
     */
    public static Path defaultFolder(Map<String, String> environment) {
        String own = environment.getOrDefault("PLUMBLINE_HOME", "");
        if (!own.isBlank()) {
            return Path.of(own).toAbsolutePath().normalize();
        }
        // The XDG specification has relative paths ignored.
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        if (data.startsWith("/")) {
            return Path.of(data, "plumbline").normalize();
        }
        String home = environment.getOrDefault("HOME", "");
        return (home.isBlank() ? Path.of("") : Path.of(home))
                .resolve(".local/share/plumbline")
                .toAbsolutePath()
                .normalize();
    }
}
