package dev.plumbline.web.page;

import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Tells open pages that something changed, by server-sent events; what it was they fetch themselves. However much happens, a
 * page hears of it a few times a second at most, and one that doesn't listen holds up no other.
 */
public final class Live implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** Shorter than the time after which the server or a proxy takes a silent connection for dead. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    private static final int MOST = 500;

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean due = new AtomicBoolean();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(threads("live"));
    private final ExecutorService writers = Executors.newCachedThreadPool(threads("live-writer"));

    public Live() {
        clock.scheduleWithFixedDelay(
                () -> listeners.forEach(listener -> listener.tell(SseMessage.ALIVE)),
                SIGN_OF_LIFE.toMillis(),
                SIGN_OF_LIFE.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private enum SseMessage {
        ALIVE,
        CHANGED
    }

    /** Something changed; returns at once. */
    public void changed() {
        if (!listeners.isEmpty() && due.compareAndSet(false, true) && !clock.isShutdown()) {
            clock.schedule(this::tellAll, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tellAll() {
        due.set(false);
        listeners.forEach(listener -> listener.tell(SseMessage.CHANGED));
    }

    /** @param welcome whether whoever opened it is still logged in; asked before each message */
    void open(SseClient client, BooleanSupplier welcome) {
        if (listeners.size() >= MOST || clock.isShutdown()) {
            client.close();
            return;
        }
        client.keepAlive();
        Listener listener = new Listener(client, welcome);
        listeners.add(listener);
        client.onClose(() -> listeners.remove(listener));
        listener.tell(SseMessage.ALIVE);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        listeners.forEach(Listener::end);
        writers.shutdownNow();
    }

    /** One open page. While a message is being written further ones are only remembered. */
    private final class Listener {
        private final SseClient client;
        private final BooleanSupplier welcome;
        private final AtomicBoolean changed = new AtomicBoolean();
        private final Coalesced writing = new Coalesced(writers, this::write);

        Listener(SseClient client, BooleanSupplier welcome) {
            this.client = client;
            this.welcome = welcome;
        }

        void tell(SseMessage message) {
            if (message == SseMessage.CHANGED) {
                changed.set(true);
            }
            writing.ask();
        }

        private void write() {
            try {
                if (!welcome.getAsBoolean()) {
                    end();
                } else if (changed.getAndSet(false)) {
                    // Browsers drop an event without data.
                    client.sendEvent("changed", "1");
                } else {
                    client.sendComment("alive");
                }
            } catch (RuntimeException gone) {
                end();
            }
        }

        private void end() {
            listeners.remove(this);
            client.close();
        }
    }

    private static ThreadFactory threads(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
