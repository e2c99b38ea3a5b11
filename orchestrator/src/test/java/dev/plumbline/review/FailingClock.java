package dev.plumbline.review;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that fails at a moment that is set before. Every transaction asks it for the time, so a failure stands for a server that
 * dies inside of one: that one is rolled back, and those before it are durable.
 */
final class FailingClock extends Clock {

    /** The server is dead. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private long now = 1_700_000_000_000L;
    private int left;

    /** Fails when it is asked for the time that many times more. */
    void failAfter(int times) {
        left = times;
    }

    void work() {
        left = 0;
    }

    @Override
    public Instant instant() {
        if (left > 0 && --left == 0) {
            throw new Crash();
        }
        return Instant.ofEpochMilli(++now);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
