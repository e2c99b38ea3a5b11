package dev.plumbline.localgithub;

import dev.plumbline.localforge.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Lets callers in, or not: who they are, whether they call too often, and what their token is for. */
final class Gate {
    private final Credentials credentials;
    private final Budgets budgets;

    Gate(Credentials credentials, Budgets budgets) {
        this.credentials = credentials;
        this.budgets = budgets;
    }

    /** @param authorization the header, empty where there is none */
    Caller caller(String authorization) {
        return credentials.of(token(authorization)).orElseThrow(() -> new Refusal(401, "Bad credentials"));
    }

    private static String token(String authorization) {
        String[] words = authorization.split(" ", 2);
        if (words.length < 2) {
            return "";
        }
        if (!words[0].equalsIgnoreCase("Basic")) {
            return words[1];
        }
        // Git's way: any name, and the token for a password.
        try {
            String pair = new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    void inTime(Caller caller) {
        Duration pause = budgets.pause(caller);
        if (!pause.isZero()) {
            throw new Refusal(
                    403,
                    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
                    Map.of("Retry-After", String.valueOf(pause.toSeconds() + 1)));
        }
        if (budgets.spent(caller)) {
            throw new Refusal(
                    403, "API rate limit exceeded for " + caller.account().login() + ".");
        }
    }

    void permitted(Caller caller, Route route) {
        if (route.forKeyHolders() != caller.keyHolder()) {
            throw caller.keyHolder()
                    ? new Refusal(401, "A JSON web token could not be used here")
                    : new Refusal(401, "A JSON web token could not be decoded");
        }
        if (!caller.grants().cover(route.need())) {
            throw new Refusal(
                    403,
                    caller.app().isPresent()
                            ? "Resource not accessible by integration"
                            : "Resource not accessible by personal access token",
                    Map.of("X-Accepted-GitHub-Permissions", route.need().header()));
        }
    }

    void count(Caller caller) {
        budgets.count(caller);
    }

    Map<String, String> headers(Optional<Caller> caller) {
        return caller.map(budgets::headers).orElse(Map.of());
    }
}
