package dev.plumbline.process;

/** How far the runs of one server are kept apart from each other and from the server. */
public final class Isolation {
    /** What holds while all runs share the server's user: code in a plan can read files, and {@code file()} is plain HCL. */
    public static final String SHARED_USER = "Whoever can push can read what this user can read.";

    /** What to do about {@link #SHARED_USER}. */
    public static final String MEND =
            "Runs are not isolated from each other yet: let only those push whom you trust with"
                    + " this user's files, and run the server as a user of its own.";

    private Isolation() {}
}
