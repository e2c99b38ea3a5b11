package dev.plumbline.web.page;

/** How a state looks: its colour and sign. The word itself always stands beside it. */
public enum Mark {
    /** As it should be. */
    GOOD,
    /** Something works on it. */
    BUSY,
    /** It waits for a person. */
    ASKS,
    /** It went wrong. */
    BAD,
    /** Nothing to do, nothing to see. */
    QUIET;

    /** The mark of a state's word, of whatever subject. */
    public static Mark of(String state) {
        return switch (state) {
            case "applied", "no-changes", "planned", "merged", "clean", "fine" -> GOOD;
            case "queued", "preparing", "planning", "applying", "waiting", "asked", "checking", "new", "looking" ->
                BUSY;
            case "awaiting-approval", "blocked", "diverged", "drifted", "needs-person", "unmanaged" -> ASKS;
            case "failed", "lost", "conflict", "credentials", "unreachable", "limited", "gone", "refused", "here" ->
                BAD;
            default -> QUIET;
        };
    }

    /** The style sheet's name of it. */
    public String style() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
