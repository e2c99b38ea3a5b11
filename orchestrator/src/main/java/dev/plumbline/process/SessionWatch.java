package dev.plumbline.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.exec.ExecuteWatchdog;
import org.jspecify.annotations.Nullable;

/**
 * Ends a running command at its time limit or at its cancellation: SIGTERM once to the program's own pid, then, after
 * the grace, SIGKILL to whatever is left of its session. Also clears the session after a program that ended by itself.
 */
final class SessionWatch extends ExecuteWatchdog {
    /** Why the command was stopped from outside. */
    enum Cause {
        TIME_LIMIT,
        CANCELLED,
        INTERRUPTED
    }

    private final Command command;
    private final AtomicReference<@Nullable Cause> cause = new AtomicReference<>();
    private final AtomicReference<@Nullable Process> process = new AtomicReference<>();
    private @Nullable Session session;

    SessionWatch(Command command) {
        super(INFINITE_TIMEOUT);
        this.command = command;
    }

    @Override
    public synchronized void start(Process started) {
        session = Session.begun(started.pid());
        process.set(started);
        var unused = started.onExit()
                .orTimeout(command.timeLimit().toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(late -> {
                    if (late instanceof TimeoutException) {
                        end(Cause.TIME_LIMIT);
                    }
                    return started;
                });
        if (cause.get() != null) {
            terminate(started);
        }
    }

    /** Called by the executor once the program has ended, or when the waiting thread was interrupted. */
    @Override
    public synchronized void stop() {
        Process ended = process.get();
        if (ended == null) {
            return;
        }
        if (ended.isAlive()) {
            cause.compareAndSet(null, Cause.INTERRUPTED);
            awaitEnd(ended, command.grace());
        }
        killSession();
        awaitEnd(ended, command.grace());
    }

    @Override
    public synchronized void checkException() {
        // The outcome is read from cause(), not thrown.
    }

    void end(Cause why) {
        if (cause.compareAndSet(null, why)) {
            Process running = process.get();
            if (running != null) {
                terminate(running);
            }
        }
    }

    @Nullable
    Cause cause() {
        return cause.get();
    }

    @Nullable
    Process process() {
        return process.get();
    }

    private void terminate(Process running) {
        running.destroy();
        var unused = running.onExit()
                .orTimeout(Math.max(1, command.grace().toNanos()), TimeUnit.NANOSECONDS)
                .exceptionallyAsync(late -> {
                    killSession();
                    return running;
                });
    }

    private void killSession() {
        Session mine = session;
        if (mine != null) {
            mine.kill();
        }
    }

    private static void awaitEnd(Process running, Duration limit) {
        try {
            running.onExit().get(Math.max(1, limit.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException stillThere) {
            running.destroyForcibly();
        }
    }
}
