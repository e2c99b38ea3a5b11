package dev.plumbline.forge.github;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Trouble;
import dev.plumbline.forge.http.Authorization;
import dev.plumbline.forge.http.ForgeApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tokens of one installation of the App, one after the other: each lasts an hour, and is replaced before it ends. */
final class InstallationTokens implements Authorization {
    /** A long fetch begins with a token that lasts till it is over. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final String forge;
    private final Set<String> repositories = new LinkedHashSet<>();
    private final ForgeApi app;
    private final Clock clock;
    private @Nullable Token token;

    private record Token(String value, Instant ends) {}

    /** @param app spoken as the App itself */
    InstallationTokens(String forge, ForgeApi app, Clock clock) {
        this.forge = forge;
        this.app = app;
        this.clock = clock;
    }

    /**
     * One of the account's repositories asks. The installation is found by any of them: one may have been renamed, or be none that
     * the App may see.
     *
     * @param repository as {@code owner/name}
     */
    synchronized void asks(String repository) {
        // The last is who asks.
        repositories.remove(repository);
        repositories.add(repository);
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
        return installation()
                .then(id -> app.post("/app/installations/" + id + "/access_tokens", Map.of()))
                .then(made -> new Answer.Given<>(
                        new Token(made.path("token").asString(""), GitHubJson.time(made.path("expires_at")))));
    }

    private Answer<Long> installation() {
        List<String> lastFirst = new ArrayList<>(repositories);
        Collections.reverse(lastFirst);
        for (String repository : lastFirst) {
            Answer<Optional<JsonNode>> found = app.find("/repos/" + repository + "/installation");
            if (!(found instanceof Answer.Given<Optional<JsonNode>> given)) {
                return new Answer.Failed<>(found.failure().orElseThrow());
            }
            if (given.value().isPresent()) {
                return new Answer.Given<>(given.value().get().path("id").asLong());
            }
        }
        return notInstalled(lastFirst.get(0));
    }

    private Answer<Long> notInstalled(String repository) {
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
