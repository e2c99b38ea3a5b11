package dev.plumbline.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do. Each role may do all that the ones before it may. */
public enum Role {
    /** Look at everything that is shown masked, and clone. */
    READ,
    /**
     * Push, also main, which applies what was reviewed unless main asks for approvals; work on what a push started: retry and
     * cancel plans; look for drift, and at repositories that live elsewhere.
     */
    PUSH,
    /** Approve, apply, and stop what applies. */
    APPROVE,
    /** Tokens, and states as they are. */
    ADMIN;

    /** Whether somebody with this role may do what asks for the other one. */
    public boolean covers(Role asked) {
        return compareTo(asked) >= 0;
    }

    /** The word that people type. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How somebody comes by this role; a whole sentence. */
    public String remedy() {
        return "Ask an admin of this server for a token with that role: plumbline token create NAME --role " + word()
                + ".";
    }

    /** The role of that word; empty where there is none. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
