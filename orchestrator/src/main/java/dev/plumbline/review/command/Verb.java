package dev.plumbline.review.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a comment can ask for. */
enum Verb {
    PLAN("plans again: all of it, or the stacks named"),
    APPLY("applies it, where the repository applies before the merge; after a merge, lets go on what nobody"
            + " must approve, and tries again what failed"),
    APPROVE("approves the plans as they stand in the comment"),
    CANCEL("stops what runs for it"),
    RETRY("tries again what failed"),
    UNLOCK("lets a stack go on that is held back because its state needed a person"),
    REVERT("opens a pull request that takes it back, once it is merged; with #12 behind it, pull request 12"),
    HELP("shows this");

    private final String what;

    Verb(String what) {
        this.what = what;
    }

    /** As it is typed. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it does, a sentence without its subject. */
    String what() {
        return what;
    }

    static Optional<Verb> of(String word) {
        return Arrays.stream(values())
                .filter(verb -> verb.word().equalsIgnoreCase(word))
                .findFirst();
    }
}
