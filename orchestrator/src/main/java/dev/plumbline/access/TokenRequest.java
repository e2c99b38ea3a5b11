package dev.plumbline.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token that somebody asks for.
 *
 * @param name as typed
 * @param role as typed
 * @param expires as typed, see {@link Expiry}; null for never
 */
public record TokenRequest(
        String name, String role, @Nullable String expires) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}");
    /** Names that history prints for others. */
    private static final Set<String> TAKEN = Set.of("owner", "plumbline");

    /** What is wrong with it; empty where it can be had. */
    Optional<TokenCreation.Refused> fault(Instant now) {
        if (!NAME.matcher(name).matches()) {
            return refused(
                    "'" + name + "' can't be a token's name.",
                    "Take up to 64 letters, digits and . _ @ + -, for example the person's or program's name.");
        }
        if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
            return refused(
                    "'" + name + "' stands for the server's " + (name.equalsIgnoreCase("owner") ? "owner" : "own work")
                            + " in the history.",
                    "Take another name.");
        }
        if (Role.of(role).isEmpty()) {
            return refused("'" + role + "' is not a role.", "Take read, push, approve or admin.");
        }
        if (expires == null) {
            return Optional.empty();
        }
        Optional<Instant> end = Expiry.parse(expires, now);
        if (end.isEmpty()) {
            return refused(
                    "'" + expires + "' is no time to expire.",
                    "Write days as 30d, or the last day on which it works as " + Expiry.example(now) + ".");
        }
        return end.get().isAfter(now)
                ? Optional.empty()
                : refused("'" + expires + "' is over already.", "Take a later day.");
    }

    private static Optional<TokenCreation.Refused> refused(String error, String next) {
        return Optional.of(new TokenCreation.Refused(error, next));
    }
}
