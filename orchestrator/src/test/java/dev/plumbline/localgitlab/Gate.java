package dev.plumbline.localgitlab;

import com.sun.net.httpserver.Headers;
import dev.plumbline.localforge.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Lets callers in, or not: who they are, and what their token is for. */
final class Gate {
    private final Tokens tokens;

    Gate(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Whose token stands in the headers: one of GitLab's own, OAuth's, or Git's, whose user's name may be any. */
    Tokens.Held holder(Headers headers) {
        Tokens.Held held = tokens.of(token(headers)).orElseThrow(Refusals::unauthorized);
        if (tokens.expired(held)) {
            throw new Refusal(401, "Token is expired. You can either do re-authorization or token refresh.");
        }
        return held;
    }

    private static String token(Headers headers) {
        String own = headers.getFirst("PRIVATE-TOKEN");
        if (own != null) {
            return own;
        }
        String[] words = Optional.ofNullable(headers.getFirst("Authorization"))
                .orElse("")
                .split(" ", 2);
        if (words.length < 2) {
            return "";
        }
        if (!words[0].equalsIgnoreCase("Basic")) {
            return words[1];
        }
        try {
            String pair = new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    /** @param method GET is reading, all else is more */
    void permitted(Tokens.Held held, String method) {
        boolean reads = method.equals("GET") && held.covers("read_api");
        if (!reads && !held.covers("api")) {
            throw new Refusal(403, "The request requires higher privileges than provided by the access token.");
        }
    }
}
