package dev.plumbline.forge.github;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.http.Authorization;
import dev.plumbline.forge.http.ForgeApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens of one installation of the App, one after the other: each lasts an hour, and is replaced before it ends. */
final class InstallationTokens implements Authorization {
    /** A long fetch begins with a token that lasts till it is over. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final String forge;
    private final String repository;
    private final ForgeApi app;
    private final Clock clock;
    private @Nullable Token token;

    private record Token(String value, Instant ends) {}

    /**
     * @param repository one that the installation is for, as {@code owner/name}
     * @param app spoken as the App itself
     */
    InstallationTokens(String forge, String repository, ForgeApi app, Clock clock) {
        this.forge = forge;
        this.repository = repository;
        this.app = app;
        this.clock = clock;
    }

    @Override
    public synchronized Answer<Key> key() {
        Token current = token;
        if (current != null && clock.instant().isBefore(current.ends().minus(EARLY))) {
            return new Answer.Given<>(keyOf(current));
        }
        return issued().then(made -> {
            token = made;
            return new Answer.Given<>(keyOf(made));
        });
    }

    private static Key keyOf(Token token) {
        return new Key("Bearer " + token.value(), token.value());
    }

    private Answer<Token> issued() {
        return app.find("/repos/" + repository + "/installation")
                .then(found -> found.<Answer<Long>>map(installation ->
                                new Answer.Given<>(installation.path("id").asLong()))
                        .orElseGet(this::notInstalled))
                .then(id -> app.post("/app/installations/" + id + "/access_tokens", Map.of()))
                .then(made -> new Answer.Given<>(
                        new Token(made.path("token").asString(""), GitHubJson.time(made.path("expires_at")))));
    }

    private Answer<Long> notInstalled() {
        return new Answer.Failed<>(new Trouble(
                Trouble.Kind.CREDENTIALS,
                "the App of the forge " + forge + " is not installed on " + repository + ", or there is no such"
                        + " repository; install it on the account that owns the repository, and let it see that one"));
    }

    @Override
    public synchronized boolean renews(Key refused) {
        // Another thread may have got a new one in the meantime.
        if (Optional.ofNullable(token).filter(own -> keyOf(own).equals(refused)).isPresent()) {
            token = null;
        }
        return true;
    }

    @Override
    public String setting() {
        return "app";
    }
}
