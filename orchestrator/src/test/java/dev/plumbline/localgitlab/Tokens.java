package dev.plumbline.localgitlab;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who holds which token: people's, and those of projects and groups, which have a user of their own. */
final class Tokens {
    private final Clock clock;
    private final Map<String, Held> held = new HashMap<>();
    private int issued;

    /**
     * A token.
     *
     * @param scopes what it may be used for, {@code api} for everything
     * @param ends {@link Instant#MAX} for never
     */
    record Held(Account account, Set<String> scopes, Instant ends) {
        /** Whoever may use all of the API may read it, and Git as well. */
        boolean covers(String scope) {
            return scopes.contains("api") || scopes.contains(scope);
        }
    }

    Tokens(Clock clock) {
        this.clock = clock;
    }

    String issue(Account account, Set<String> scopes, Instant ends) {
        String token = "glpat-ofTests" + ++issued + "0123456789abcdef";
        held.put(token, new Held(account, scopes, ends));
        return token;
    }

    /** Empty for one that nobody gave, or that was revoked. */
    Optional<Held> of(String token) {
        return Optional.ofNullable(held.get(token));
    }

    boolean expired(Held token) {
        return !clock.instant().isBefore(token.ends());
    }

    void revokeAll() {
        held.clear();
    }
}
