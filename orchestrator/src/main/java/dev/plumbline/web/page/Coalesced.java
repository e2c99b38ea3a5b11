package dev.plumbline.web.page;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Work that begins once more after the last time it was asked for, however often that was, and is done once at a time. */
final class Coalesced {
    private final Executor executor;
    private final Runnable work;
    /** How often it was asked for since it was last known to be done; while this is not zero, somebody does it. */
    private final AtomicInteger asked = new AtomicInteger();

    Coalesced(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    /** Asks for it; returns at once. */
    void ask() {
        if (asked.getAndIncrement() == 0) {
            executor.execute(this::run);
        }
    }

    private void run() {
        int answered;
        do {
            answered = asked.get();
            work.run();
        } while (asked.addAndGet(-answered) != 0);
    }
}
