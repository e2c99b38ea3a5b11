package dev.plumbline.localgithub;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who holds which token. An installation's ends after an hour, an App's signature after ten minutes. */
final class Credentials {
    private static final Duration INSTALLATION = Duration.ofHours(1);
    private static final Duration LONGEST_SIGNED = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<String, Held> tokens = new HashMap<>();
    private final Map<String, App> apps = new HashMap<>();
    private int issued;

    /** @param ends {@link Instant#MAX} for never */
    private record Held(Caller caller, Instant ends) {}

    Credentials(Clock clock) {
        this.clock = clock;
    }

    void add(App app) {
        apps.put(String.valueOf(app.id()), app);
    }

    /** A person's own. */
    String personal(Account account, Grants grants) {
        return keep(
                "github_pat_" + next(),
                new Caller(account, grants, Optional.empty(), Optional.empty(), account.login()),
                Instant.MAX);
    }

    /** @param ends when it no longer counts */
    record Issued(String token, Instant ends) {}

    Issued installation(App app, String owner) {
        Instant ends = clock.instant().plus(INSTALLATION);
        String token = keep(
                "ghs_" + next(),
                new Caller(app.bot(), app.grants(), Optional.of(app), Optional.of(owner), app.slug() + "@" + owner),
                ends);
        return new Issued(token, ends);
    }

    private String next() {
        return "ofTests" + ++issued + "0123456789abcdef".repeat(2);
    }

    private String keep(String token, Caller caller, Instant ends) {
        tokens.put(token, new Held(caller, ends));
        return token;
    }

    /** From now on no token of an installation counts that was given before. */
    void revokeInstallations() {
        tokens.values().removeIf(held -> held.caller().owner().isPresent());
    }

    /** Who holds a token or a signature; empty for nobody. */
    Optional<Caller> of(String token) {
        return token.contains(".")
                ? signed(token)
                : Optional.ofNullable(tokens.get(token))
                        .filter(held -> clock.instant().isBefore(held.ends()))
                        .map(Held::caller);
    }

    private Optional<Caller> signed(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode header = JsonMapper.shared().readTree(decoded(parts[0]));
            JsonNode claims = JsonMapper.shared().readTree(decoded(parts[1]));
            Optional<App> app = Optional.ofNullable(apps.get(claims.path("iss").asString("")));
            boolean genuine = app.isPresent()
                    && header.path("alg").asString("").equals("RS256")
                    && timely(claims)
                    && verified(app.get(), parts);
            return app.filter(known -> genuine)
                    .map(known -> new Caller(
                            known.bot(), new Grants(Map.of()), app, Optional.empty(), known.slug() + " itself"));
        } catch (JacksonException | IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private boolean timely(JsonNode claims) {
        Instant begins = Instant.ofEpochSecond(claims.path("iat").asLong());
        Instant ends = Instant.ofEpochSecond(claims.path("exp").asLong());
        Instant now = clock.instant();
        return !begins.isAfter(now) && ends.isAfter(now) && !ends.isAfter(now.plus(LONGEST_SIGNED));
    }

    private static boolean verified(App app, String[] parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(app.key());
            signature.update(String.join(".", List.of(parts[0], parts[1])).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(decoded(parts[2]));
        } catch (GeneralSecurityException broken) {
            return false;
        }
    }
}
