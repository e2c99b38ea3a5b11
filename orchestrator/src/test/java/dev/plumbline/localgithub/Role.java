package dev.plumbline.localgithub;

import java.util.Locale;

/** What somebody is on a repository, in rising order. */
public enum Role {
    NONE,
    READ,
    TRIAGE,
    WRITE,
    MAINTAIN,
    ADMIN;

    boolean atLeast(Role least) {
        return compareTo(least) >= 0;
    }

    /** Its own name. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The older word that stands for it, of four. */
    String permission() {
        return switch (this) {
            case TRIAGE -> "read";
            case MAINTAIN -> "write";
            default -> word();
        };
    }
}
