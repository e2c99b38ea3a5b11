package dev.plumbline.forge;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.config.MirroredRepository;
import dev.plumbline.config.ServerConfig;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which repositories of this server live elsewhere, as server.yaml says. */
public final class Remotes {
    private final SortedMap<String, Remote> byRepository;

    private Remotes(SortedMap<String, Remote> byRepository) {
        this.byRepository = Collections.unmodifiableSortedMap(byRepository);
    }

    /** @param config without problems */
    public static Remotes of(ServerConfig config) {
        Map<String, ForgeConfig> forges =
                config.forges().stream().collect(Collectors.toMap(ForgeConfig::name, forge -> forge));
        SortedMap<String, Remote> remotes = new TreeMap<>();
        for (MirroredRepository repository : config.repositories()) {
            ForgeConfig forge = Optional.ofNullable(forges.get(repository.forge()))
                    .orElseThrow(() -> new IllegalArgumentException("there is no forge " + repository.forge()));
            remotes.put(repository.name(), Remote.of(repository, forge));
        }
        return new Remotes(remotes);
    }

    /** For a server with the built-in forge only. */
    public static Remotes none() {
        return new Remotes(new TreeMap<>());
    }

    /** By their repositories' names. */
    public Collection<Remote> all() {
        return byRepository.values();
    }

    /** A repository that lives at a place of a forge; forges take no notice of case in names. */
    public Optional<Remote> at(String forge, String path) {
        return byRepository.values().stream()
                .filter(remote ->
                        remote.forge().name().equals(forge) && remote.path().equalsIgnoreCase(path))
                .findFirst();
    }

    /** The word with which commands in comments on a repository's pull requests begin. */
    public String command(String repository) {
        return of(repository).map(remote -> remote.forge().command()).orElse(ForgeConfig.USUAL_COMMAND);
    }

    /** Where a repository lives; empty where it lives here. */
    public Optional<Remote> of(String repository) {
        return Optional.ofNullable(byRepository.get(repository));
    }
}
