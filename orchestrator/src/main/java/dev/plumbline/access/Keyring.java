package dev.plumbline.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Things that are found by a random secret, in memory only. The secrets themselves are not kept, only their digests; what is
 * over its time is gone, and the oldest gives way where there are too many.
 */
final class Keyring<T> {
    private static final int RANDOM_BYTES = 32;

    private final Clock clock;
    private final SecureRandom random;
    private final int most;
    private final Map<String, Kept<T>> kept = new LinkedHashMap<>();

    private record Kept<T>(T value, Instant until) {}

    Keyring(Clock clock, SecureRandom random, int most) {
        this.clock = clock;
        this.random = random;
        this.most = most;
    }

    /** A new secret of 256 bits: letters, digits, {@code -} and {@code _}. */
    String secret() {
        byte[] bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** Keeps a value under a secret. */
    synchronized void put(String secret, T value, Instant until) {
        Instant now = clock.instant();
        kept.values().removeIf(old -> !old.until().isAfter(now));
        kept.put(digest(secret), new Kept<>(value, until));
        while (kept.size() > most) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    /** Lets a value that is still there last until then. */
    synchronized void extend(String secret, Instant until) {
        kept.computeIfPresent(digest(secret), (key, found) -> new Kept<>(found.value(), until));
    }

    synchronized Optional<T> find(String secret) {
        return Optional.ofNullable(kept.get(digest(secret)))
                .filter(found -> found.until().isAfter(clock.instant()))
                .map(Kept::value);
    }

    /** Finds a value and forgets it: of two who ask at the same time one gets it. */
    synchronized Optional<T> take(String secret) {
        Optional<T> found = find(secret);
        kept.remove(digest(secret));
        return found;
    }

    private static String digest(String secret) {
        try {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
