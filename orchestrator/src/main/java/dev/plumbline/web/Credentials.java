package dev.plumbline.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads an {@code Authorization} header (RFC 6750 and RFC 7617). */
final class Credentials {
    private Credentials() {}

    /** The token or password in the header; null where it is of another kind or malformed. */
    static @Nullable String tokenIn(String authorization) {
        int space = authorization.indexOf(' ');
        if (space < 0) {
            return null;
        }
        String rest = authorization.substring(space + 1).strip();
        return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> rest;
            case "basic" -> passwordIn(rest);
            default -> null;
        };
    }

    private static @Nullable String passwordIn(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? null : pair.substring(colon + 1);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
