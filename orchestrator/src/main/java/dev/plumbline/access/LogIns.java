package dev.plumbline.access;

import java.security.SecureRandom;
import java.time.Clock;

/** The ways in: by token, and with a browser by a link or a token once and a session from then on. */
public record LogIns(TokenCheck tokens, LoginLinks links, Sessions sessions) {

    public static LogIns of(TokenCheck tokens, Clock clock, SecureRandom random) {
        return new LogIns(tokens, new LoginLinks(clock, random), new Sessions(clock, random, tokens));
    }
}
