package dev.plumbline.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a token that somebody offered is worth. */
public sealed interface TokenVerdict {

    /** It is valid. */
    record Held(Principal holder) implements TokenVerdict {}

    /** It opens nothing; says why, and what to do. */
    sealed interface TurnedAway extends TokenVerdict {
        /** What is wrong with it; a whole sentence. */
        String error();

        /** What to do about it; a whole sentence. */
        String next();
    }

    /** It ran out. */
    record Expired(String name, Role role, Instant at) implements TurnedAway {
        @Override
        public String error() {
            return "The token " + name + " expired at " + shown(at) + ".";
        }

        @Override
        public String next() {
            return renewal(name, role);
        }
    }

    /** Somebody took it back. */
    record Revoked(String name, Role role, Instant at) implements TurnedAway {
        @Override
        public String error() {
            return "The token " + name + " was revoked at " + shown(at) + ".";
        }

        @Override
        public String next() {
            return renewal(name, role);
        }
    }

    /** This server never gave it out. */
    record Unknown() implements TurnedAway {
        @Override
        public String error() {
            return "This server does not know that token.";
        }

        @Override
        public String next() {
            return "Look whether it is whole and meant for this server; an admin makes one with"
                    + " 'plumbline token create NAME --role ROLE'.";
        }
    }

    private static String shown(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String renewal(String name, Role role) {
        return "Ask an admin of this server for a new one: plumbline token create " + name + " --role " + role.word()
                + ".";
    }
}
