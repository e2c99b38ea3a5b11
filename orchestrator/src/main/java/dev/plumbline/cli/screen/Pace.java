package dev.plumbline.cli.screen;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How polling passes the time between two looks. */
@FunctionalInterface
public interface Pace {
    /** Returns after about that long. */
    void await(Duration pause);

    /** Real time. */
    static Pace real() {
        return pause -> LockSupport.parkNanos(pause.toNanos());
    }
}
