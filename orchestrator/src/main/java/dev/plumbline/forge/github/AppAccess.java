package dev.plumbline.forge.github;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.GitLogin;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.forge.http.Endpoint;
import dev.plumbline.forge.http.ForgeApi;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A GitHub App: one installation, with its own tokens and its own budget, for each account that owns repositories. */
final class AppAccess implements Access {
    private final ForgeConfig forge;
    private final Endpoint endpoint;
    private final Clock clock;
    private final Budgets budgets;
    private final ForgeApi app;
    private final Map<String, Installation> installations = new ConcurrentHashMap<>();

    private record Installation(InstallationTokens tokens, ForgeApi api) {}

    AppAccess(ForgeConfig forge, Endpoint endpoint, Clock clock, Budgets budgets) {
        this.forge = forge;
        this.endpoint = endpoint;
        this.clock = clock;
        this.budgets = budgets;
        // What it asks for itself is not counted with what its installations ask for.
        this.app = new ForgeApi(endpoint, new AppSignature(forge, clock), clock, left -> {});
    }

    private Installation of(Remote remote) {
        String owner = remote.path().replaceFirst("/.*", "").toLowerCase(Locale.ROOT);
        Installation installation = installations.computeIfAbsent(owner, account -> {
            InstallationTokens tokens = new InstallationTokens(forge.name(), app, clock);
            return new Installation(
                    tokens,
                    new ForgeApi(endpoint, tokens, clock, budgets.of(new Budgets.Whose(forge.name(), account))));
        });
        installation.tokens().asks(remote.path());
        return installation;
    }

    /** The API as the App itself, for no installation. */
    ForgeApi app() {
        return app;
    }

    @Override
    public ForgeApi api(Remote remote) {
        return of(remote).api();
    }

    @Override
    public Answer<String> self() {
        return app.get("/app").then(own -> new Answer.Given<>(own.path("slug").asString("") + "[bot]"));
    }

    @Override
    public Answer<GitLogin> git(Remote remote) {
        return of(remote).tokens().key().then(key -> new Answer.Given<>(new GitLogin("x-access-token", key.secret())));
    }
}
