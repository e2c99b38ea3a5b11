package dev.plumbline.forge.github;

import dev.plumbline.config.ForgeConfig;
import dev.plumbline.forge.Answer;
import dev.plumbline.forge.http.Authorization;
import java.time.Clock;

/** The App itself: it may ask where it is installed, and for tokens of its installations. */
final class AppSignature implements Authorization {
    private final long app;
    private final Answer<AppKey> key;
    private final Clock clock;

    AppSignature(ForgeConfig forge, Clock clock) {
        this.app = forge.app().id().orElseThrow();
        this.key = AppKey.read(forge.name(), forge.app().privateKey().orElseThrow());
        this.clock = clock;
    }

    @Override
    public Answer<Key> key() {
        return key.then(own -> {
            String token = own.signed(app, clock.instant());
            return new Answer.Given<>(new Key("Bearer " + token, token));
        });
    }

    @Override
    public boolean renews(Key refused) {
        return false;
    }

    @Override
    public String setting() {
        return "app";
    }
}
