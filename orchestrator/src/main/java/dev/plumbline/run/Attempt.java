package dev.plumbline.run;

import java.util.function.Function;

/** What came of something that was tried with a state: a value, or why it can't be done. A refusal changed nothing. */
sealed interface Attempt<T> {

    /** It worked. */
    record Worked<T>(T value) implements Attempt<T> {}

    /** @param sentence for whoever asked, without an end: it ends the run that tried */
    record Refused<T>(String sentence) implements Attempt<T> {}

    static <T> Attempt<T> worked(T value) {
        return new Worked<>(value);
    }

    static <T> Attempt<T> refused(String sentence) {
        return new Refused<>(sentence);
    }

    /** Goes on with the value; a refusal stays what it is. */
    default <U> Attempt<U> then(Function<? super T, Attempt<U>> next) {
        if (this instanceof Refused<T> refused) {
            return new Refused<>(refused.sentence());
        }
        return next.apply(((Worked<T>) this).value());
    }
}
