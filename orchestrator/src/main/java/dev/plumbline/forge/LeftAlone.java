package dev.plumbline.forge;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What went wrong with single things of a repository, so that they are left alone for a while and hold up nothing else. Not written
 * down: a server that starts tries all of it again.
 *
 * @param <K> what names such a thing within its repository
 */
final class LeftAlone<K> {
    static final Duration WHILE = Duration.ofMinutes(2);

    private final Clock clock;
    private final Map<String, Map<K, Held>> byRepository = new ConcurrentHashMap<>();

    private record Held(Trouble trouble, Instant until) {}

    LeftAlone(Clock clock) {
        this.clock = clock;
    }

    /** Whether it is not to be tried now. */
    boolean has(String repository, K thing) {
        return Optional.ofNullable(of(repository).get(thing))
                .filter(held -> held.until().isAfter(clock.instant()))
                .isPresent();
    }

    /**
     * It went wrong.
     *
     * @return whether it is news that it did
     */
    boolean add(String repository, K thing, Trouble trouble) {
        return of(repository).put(thing, new Held(trouble, clock.instant().plus(WHILE))) == null;
    }

    /** It went well, or is of no interest any more. */
    void forget(String repository, K thing) {
        of(repository).remove(thing);
    }

    /** Only these are still of interest. */
    void keep(String repository, Set<K> things) {
        of(repository).keySet().retainAll(things);
    }

    /** What is wrong with one of them; empty where nothing is. */
    Optional<Trouble> trouble(String repository) {
        return of(repository).values().stream().map(Held::trouble).findFirst();
    }

    private Map<K, Held> of(String repository) {
        return byRepository.computeIfAbsent(repository, name -> new ConcurrentHashMap<>());
    }
}
