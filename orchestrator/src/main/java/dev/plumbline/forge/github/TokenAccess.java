package dev.plumbline.forge.github;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.GitLogin;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.Authorization;
import dev.plumbline.forge.http.Budgets;
import dev.plumbline.forge.http.Endpoint;
import dev.plumbline.forge.http.ForgeApi;
import java.time.Clock;

/** A person's token, or that of a person who stands for the server. */
final class TokenAccess implements Access {
    private final String token;
    private final ForgeApi api;

    TokenAccess(ForgeConfig forge, Endpoint endpoint, Clock clock, Budgets budgets) {
        this.token = forge.token().orElseThrow();
        this.api = api(forge, endpoint, clock, budgets);
    }

    /** The API, with the token that stands in server.yaml. */
    static ForgeApi api(ForgeConfig forge, Endpoint endpoint, Clock clock, Budgets budgets) {
        String token = forge.token().orElseThrow();
        return new ForgeApi(
                endpoint,
                Authorization.fixed("Bearer " + token, token),
                clock,
                budgets.of(new Budgets.Whose(forge.name(), "")));
    }

    @Override
    public ForgeApi api(Remote remote) {
        return api;
    }

    @Override
    public Answer<String> self() {
        return api.self().then(user -> new Answer.Given<>(GitHubJson.login(user)));
    }

    @Override
    public Answer<GitLogin> git(Remote remote) {
        return new Answer.Given<>(new GitLogin(remote.forge().username().orElse("git"), token));
    }
}
