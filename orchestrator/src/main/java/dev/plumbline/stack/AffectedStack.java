package dev.plumbline.stack;

import java.util.List;
import java.util.Optional;

/**
 * A stack that a change touches.
 *
 * @param movedFrom the stack whose state it takes on, where it moved
 * @param reasons at least one sentence, the weightiest first
 */
public record AffectedStack(StackId stack, Kind kind, Optional<StackId> movedFrom, List<String> reasons) {
    public AffectedStack {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("no reason for " + stack.qualified());
        }
        if ((kind == Kind.MOVED) != movedFrom.isPresent()) {
            throw new IllegalArgumentException("a moved stack, and no other, has a place it moved from: " + stack);
        }
    }

    /** What happened to it. */
    public enum Kind {
        /** New; nothing is known of a state. */
        ADDED,
        /** Something that it reads is different. */
        CHANGED,
        /** Its folder has another name; the state goes with it. */
        MOVED,
        /** Its folder has no Terraform files any more: everything in its state is to be destroyed. */
        REMOVED,
        /** Its code is still there, but it is no stack any more: its state is left alone, and nothing is destroyed. */
        RELEASED
    }
}
