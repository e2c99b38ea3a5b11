package dev.plumbline.app;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clock of things that recur; what one beat throws is logged, and the next one comes all the same. */
final class Ticker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "ticker");
        thread.setDaemon(true);
        return thread;
    });

    private Ticker() {}

    static Ticker every(Duration pause, Runnable work) {
        Ticker ticker = new Ticker();
        ticker.beats.scheduleWithFixedDelay(
                () -> safely(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return ticker;
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException broken) {
            log.error("a look at what is due failed; the next one comes all the same", broken);
        }
    }

    @Override
    public void close() throws InterruptedException {
        beats.shutdown();
        if (!beats.awaitTermination(10, TimeUnit.SECONDS)) {
            log.warn("a look at what is due did not end");
        }
    }
}
