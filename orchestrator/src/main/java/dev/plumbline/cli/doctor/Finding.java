package dev.plumbline.cli.doctor;

/**
 * One line of the doctor's.
 *
 * @param about what was looked at, in a few words
 * @param found what is so
 * @param mend what to do about it; empty where it is fine
 */
record Finding(String about, State state, String found, String mend) {
    /** How it stands; named as it is printed. */
    enum State {
        ok,
        /** It works, but not everything does, or not as well. */
        warning,
        /** Nothing works without it. */
        missing
    }

    static Finding ok(String about, String found) {
        return new Finding(about, State.ok, found, "");
    }

    static Finding warning(String about, String found, String mend) {
        return new Finding(about, State.warning, found, mend);
    }

    static Finding missing(String about, String found, String mend) {
        return new Finding(about, State.missing, found, mend);
    }
}
