package dev.plumbline.run;

import dev.plumbline.stack.StackId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants done with a stack's state.
 *
 * @param words what it is done with: addresses for {@link Kind#MV} and {@link Kind#RM}, a version for {@link Kind#ROLLBACK}
 * @param forced whether another lineage or a lower serial is taken, too
 * @param artifact the content for {@link Kind#PUSH}; else null
 */
public record StateOrder(
        StackId stack,
        Kind kind,
        List<String> words,
        boolean forced,
        String actor,
        @Nullable String artifact) {
    /** The kind of the subjects that orders are. */
    public static final String SUBJECT = "state";

    public StateOrder {
        words = List.copyOf(words);
    }

    /** What is done. */
    public enum Kind {
        /** Reads the state out of a backend of the stack's own. */
        READ,
        PUSH,
        MV,
        RM,
        ROLLBACK,
        /** Moves it to the backend that a commit asks for. */
        MIGRATE;

        /** As people type it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
