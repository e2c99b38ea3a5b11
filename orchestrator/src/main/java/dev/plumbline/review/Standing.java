package dev.plumbline.review;

import dev.plumbline.stack.StackId;

/**
 * Where a stack stands by its newest intent, with what a listing shows of that and no more: there may be ten thousand.
 *
 * @param kind what becomes of the stack
 * @param reason why it stands there
 */
public record Standing(StackId stack, Intent.Kind kind, IntentState state, String reason) {

    /** Whether it goes no further without a person: it awaits approval, is blocked, failed or was cancelled. */
    public boolean needsAPerson() {
        return state.settled() && !state.fulfilled() && state != IntentState.SUPERSEDED;
    }
}
