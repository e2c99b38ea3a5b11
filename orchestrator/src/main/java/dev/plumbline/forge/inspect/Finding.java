package dev.plumbline.forge.inspect;

import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Trouble;

/**
 * One thing that Plumbline needs of a forge.
 *
 * @param about what was tried, in a few words
 * @param found what is so, and what stops working where it is not as it must be
 * @param mend what to do about it, and where; empty where it is fine, or where {@code found} says it
 */
public record Finding(String about, State state, String found, String mend) {

    /** How it stands; named as it is printed. */
    public enum State {
        ok,
        /** It works without; not everything does, or nobody can tell from here. */
        warning,
        /** A person must act. */
        missing
    }

    public static Finding ok(String about, String found) {
        return new Finding(about, State.ok, found, "");
    }

    public static Finding warning(String about, String found, String mend) {
        return new Finding(about, State.warning, found, mend);
    }

    public static Finding missing(String about, String found, String mend) {
        return new Finding(about, State.missing, found, mend);
    }

    /** Where the repository itself can't be read: no forge tells one that isn't there from one that may not be seen. */
    public static Finding unseen(String about, Remote remote, Trouble trouble) {
        return trouble.kind() == Trouble.Kind.GONE
                ? new Finding(
                        about,
                        State.missing,
                        trouble.sentence(),
                        "correct " + remote.path() + " in 'repositories' of server.yaml, or give whom "
                                + "the credentials belong to access to it")
                : missing(about, trouble);
    }

    /** What a forge itself says, with its remedy. */
    public static Finding missing(String about, Trouble trouble) {
        return new Finding(about, State.missing, trouble.sentence(), "");
    }
}
