package dev.plumbline.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who is logged in with a browser. Kept in memory, so a restart logs everybody out. A session remembers the token it was
 * opened with and asks anew at each request who holds it: once the token is revoked or expires, so does the session, and a
 * role that was lowered is lowered here too.
 */
public final class Sessions {
    /** How long a session lasts without use. */
    public static final Duration IDLE = Duration.ofHours(12);

    /** How long a session lasts at most. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final int MOST = 2000;

    private final Clock clock;
    private final TokenCheck tokens;
    private final Keyring<Session> sessions;

    private record Session(String token, String formKey, Instant end) {}

    /**
     * @param token what they logged in with
     * @param formKey what each form of this session repeats, so that no other site's form counts (against CSRF)
     */
    public record SignedIn(Principal principal, String token, String formKey) {
        @Override
        public String toString() {
            return "SignedIn[principal=" + principal + ", hidden]";
        }
    }

    public Sessions(Clock clock, SecureRandom random, TokenCheck tokens) {
        this.clock = clock;
        this.tokens = tokens;
        this.sessions = new Keyring<>(clock, random, MOST);
    }

    /**
     * Logs the holder of a token in.
     *
     * @return the secret that the browser's cookie holds from now on; empty where the token is not valid
     */
    public Optional<String> open(String token) {
        if (!(tokens.check(token) instanceof TokenVerdict.Held)) {
            return Optional.empty();
        }
        String secret = sessions.secret();
        Session session = new Session(token, sessions.secret(), clock.instant().plus(LONGEST));
        sessions.put(secret, session, idleEnd(session));
        return Optional.of(secret);
    }

    /** Who a cookie's secret belongs to; being used so makes the session last on. */
    public Optional<SignedIn> use(String secret) {
        Optional<SignedIn> found = find(secret);
        if (found.isPresent()) {
            sessions.find(secret).ifPresent(session -> sessions.extend(secret, idleEnd(session)));
        }
        return found;
    }

    /** The same for what a page asks by itself while nobody touches it: the session ends as if it had not been asked. */
    public Optional<SignedIn> find(String secret) {
        return sessions.find(secret).flatMap(session -> {
            if (!(tokens.check(session.token()) instanceof TokenVerdict.Held held)) {
                sessions.take(secret);
                return Optional.empty();
            }
            return Optional.of(new SignedIn(held.holder(), session.token(), session.formKey()));
        });
    }

    /** Logs out. */
    public void end(String secret) {
        sessions.take(secret);
    }

    private Instant idleEnd(Session session) {
        Instant idle = clock.instant().plus(IDLE);
        return idle.isBefore(session.end()) ? idle : session.end();
    }
}
