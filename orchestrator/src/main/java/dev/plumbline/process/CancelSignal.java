package dev.plumbline.process;

import java.util.ArrayList;
import java.util.List;

/** Asks a running command to stop, from any thread; it can be given once and is never taken back. */
public final class CancelSignal {
    private final List<Runnable> listeners = new ArrayList<>();
    private boolean cancelled;

    /** Stops whatever listens, now or later. Asking again does nothing. */
    public void cancel() {
        List<Runnable> told;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Runs the action once, at the cancellation; at once where that has happened already. */
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                listeners.add(action);
                return;
            }
        }
        action.run();
    }

    /** Lets go of an action, so that a long-lived signal doesn't keep finished commands alive. */
    synchronized void forget(Runnable action) {
        listeners.remove(action);
    }
}
