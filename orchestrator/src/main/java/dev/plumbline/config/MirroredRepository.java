package dev.plumbline.config;

import java.util.Optional;

/**
 * A repository that lives on a forge, one entry of {@code repositories}.
 *
 * @param forge the name of an entry of {@code forges}
 * @param name its name there and on this server
 * @param branch what is applied; without it, the branch that the forge calls its default
 * @param path where it is below the forge's url, where that can't be told from its name
 */
public record MirroredRepository(String forge, String name, Optional<String> branch, Optional<String> path) {
    static final MirroredRepository DEFAULT = new MirroredRepository("", "", Optional.empty(), Optional.empty());

    /** The address that Git is given; holds no credentials. */
    public String address(ForgeConfig on) {
        boolean http = on.transport() == ForgeConfig.Transport.HTTP;
        // Over ssh and on disk Git itself looks for NAME and NAME.git; over http most servers want the whole name.
        String below = path.orElse(http ? name + ".git" : name);
        String base = on.url();
        return base.endsWith("/") || base.endsWith(":") ? base + below : base + "/" + below;
    }
}
