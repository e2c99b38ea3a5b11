package dev.plumbline.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a token besides its secret, of which only a hash is kept.
 *
 * @param name what history prints; no two live tokens have the same one
 * @param state at the time it was looked up
 * @param createdBy the name of who made it
 * @param expiresAt from then on it opens nothing; null for never
 * @param revokedAt null while nobody took it back
 * @param lastUsedAt to within an hour; null while it was never used
 */
public record Token(
        String name,
        Role role,
        State state,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    /** Whether a token still opens anything. */
    public enum State {
        LIVE,
        EXPIRED,
        REVOKED;

        /** A token that was revoked after it had expired, expired. */
        static State at(Instant now, @Nullable Instant expires, @Nullable Instant revoked) {
            Instant end = revoked == null ? now : revoked;
            if (expires != null && !expires.isAfter(end)) {
                return EXPIRED;
            }
            return revoked == null ? LIVE : REVOKED;
        }

        /** In lower case, as the API has it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    TokenVerdict verdict() {
        return switch (state) {
            case LIVE -> new TokenVerdict.Held(new Principal(name, role));
            case EXPIRED -> new TokenVerdict.Expired(name, role, Objects.requireNonNull(expiresAt));
            case REVOKED -> new TokenVerdict.Revoked(name, role, Objects.requireNonNull(revokedAt));
        };
    }
}
