package dev.plumbline.forge.hook;

import java.util.Locale;

/** What a delivery is answered with, and counted as. */
public enum HookAnswer {
    /** It is written down that its repository has to be looked at. */
    TAKEN(202),
    /** The same delivery came before. */
    REPEATED(202),
    /** No repository of ours; refused with 4xx, some forges would switch the hook off for all the others. */
    UNKNOWN_REPOSITORY(202),
    /** Nothing that changes what is planned, or our own words. */
    NOT_OF_INTEREST(204),
    /** It is not what it claims to be: JSON of a forge. */
    MALFORMED(400),
    /** Signed wrongly or not at all. */
    NOT_GENUINE(401),
    /** There is no forge of that name, or it takes no deliveries. */
    NO_SUCH_FORGE(404),
    TOO_LARGE(413);

    private final int status;

    HookAnswer(int status) {
        this.status = status;
    }

    /** As metrics have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether whoever gets it has proven who they are, and spoke of a repository that is known, or may have. */
    boolean ofKnownRepository() {
        return this == TAKEN || this == REPEATED || this == NOT_OF_INTEREST;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
