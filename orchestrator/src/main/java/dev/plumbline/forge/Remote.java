package dev.plumbline.forge;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.config.MirroredRepository;
import java.util.Optional;

/**
 * A repository that lives on a forge and is mirrored here.
 *
 * @param repository its name on this server
 * @param path where it is on its forge, for example {@code team/infra}
 * @param address what Git is given; holds no credentials
 * @param branch what is applied, where server.yaml says so
 */
public record Remote(String repository, ForgeConfig forge, String path, String address, Optional<String> branch) {
    static Remote of(MirroredRepository repository, ForgeConfig forge) {
        return new Remote(
                repository.name(),
                forge,
                repository.path().orElse(repository.name()).replaceFirst("\\.git$", ""),
                repository.address(forge),
                repository.branch());
    }

    /** As people read it: {@code https://git.example.com/team/infra.git (work)}. */
    public String shown() {
        return address + " (" + forge.name() + ")";
    }
}
