package dev.plumbline.forge;

import java.util.Optional;
import java.util.function.Function;

/** What came of asking a forge for something. */
public sealed interface Answer<T> {

    /** What was asked for. */
    record Given<T>(T value) implements Answer<T> {}

    /** It was not to be had. */
    record Failed<T>(Trouble trouble) implements Answer<T> {}

    /** Why it was not to be had; empty where it was. */
    default Optional<Trouble> failure() {
        return this instanceof Failed<T> failed ? Optional.of(failed.trouble()) : Optional.empty();
    }

    /** What another call gives that builds on this one's answer; the first trouble ends it, and so does what can't be read. */
    default <U> Answer<U> then(Function<T, Answer<U>> next) {
        if (this instanceof Given<T> given) {
            try {
                return next.apply(given.value());
            } catch (UnreadableException strange) {
                return new Failed<>(new Trouble(Trouble.Kind.UNREACHABLE, String.valueOf(strange.getMessage())));
            }
        }
        return new Failed<>(((Failed<T>) this).trouble());
    }
}
