package dev.plumbline.run;

import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;

/** What tells that a stack's state was changed since it was planned, as {@link Basis#stateVersion} holds it. */
public final class StateMarks {
    private final StateVault states;
    private final StateOrders orders;

    StateMarks(StateVault states, StateOrders orders) {
        this.states = states;
        this.orders = orders;
    }

    /**
     * The mark of a stack as it is now; zero where there is none yet.
     *
     * @param stateOf under whose name the state stands: the former folder's, where it was moved
     */
    public long of(Stack stack, StackId stateOf) {
        return stack.managedState() ? states.currentNumber(stateOf) : orders.lastChange(stateOf);
    }
}
