package dev.plumbline.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Codes that log somebody in once, in the name of whoever holds a token. In memory: a restart ends them. */
public final class LoginLinks {
    /** How long a code is good for. */
    public static final Duration GOOD_FOR = Duration.ofMinutes(10);

    private static final int MOST = 1000;

    private final Clock clock;
    private final Keyring<String> codes;

    public LoginLinks(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.codes = new Keyring<>(clock, random, MOST);
    }

    /**
     * @param code letters, digits, {@code -} and {@code _}
     * @param until from then on it is refused
     */
    public record Link(String code, Instant until) {
        /** Where the code is redeemed, from the server's root on. */
        public String path() {
            return "/login/" + code;
        }

        @Override
        public String toString() {
            return "Link[hidden, until=" + until + "]";
        }
    }

    /** @param token whose holder will be logged in; whether it is valid is asked when the code is used */
    public Link issue(String token) {
        Link link = new Link(codes.secret(), clock.instant().plus(GOOD_FOR));
        codes.put(link.code(), token, link.until());
        return link;
    }

    /** The token a code stands for, which stays good. */
    public Optional<String> find(String code) {
        return codes.find(code);
    }

    /** The token a code stands for, which is used up by that; empty where it was used, is too old, or never was. */
    public Optional<String> redeem(String code) {
        return codes.take(code);
    }
}
