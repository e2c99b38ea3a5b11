package dev.plumbline.drift;

import dev.plumbline.run.RunId;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One look at a stack for drift.
 *
 * @param actor who asked; {@code schedule} where it was due
 * @param run null until one was ordered
 * @param reason one sentence: why it stands where it stands
 */
public record DriftCheck(
        long id,
        StackId stack,
        String actor,
        @Nullable RunId run,
        DriftState state,
        String reason,
        Instant at,
        @Nullable Instant endedAt) {
    /** The kind of subject that a check is. */
    public static final String KIND = "drift";

    /** The subject that advances it and that its lines are said of. */
    public Subject subject() {
        return subject(id);
    }

    static Subject subject(long id) {
        return new Subject(KIND, id);
    }

    /** Whether its result is there. */
    public boolean settled() {
        return state.ended();
    }

    /** Whether it found something that diverged. */
    public boolean changesPresent() {
        return state == DriftState.DIVERGED;
    }

    /** What to tell whoever asked, naming the stack. */
    public String message() {
        return stack + ": " + state.word() + ": " + reason;
    }
}
