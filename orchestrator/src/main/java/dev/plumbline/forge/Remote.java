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

    /** As the history names people of its forge: {@code ada on work}. */
    public String actor(String login) {
        return login + ofForge();
    }

    /** Who that is on its forge; empty for whoever came by another way. */
    public Optional<String> login(String actor) {
        return Optional.of(actor)
                .filter(name -> name.endsWith(ofForge()))
                .map(name -> name.substring(0, name.length() - ofForge().length()));
    }

    private String ofForge() {
        return " on " + forge.name();
    }

    /** As people read it: {@code https://git.example.com/team/infra.git (work)}. */
    public String shown() {
        return address + " (" + forge.name() + ")";
    }
}
