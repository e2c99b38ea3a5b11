package dev.plumbline.store;

/**
 * Moves one subject as far as it can go now: reads one snapshot, decides the next step and its reason, does it, records
 * both. Called again whenever the subject is marked, and after a crash; so deciding twice must be harmless.
 */
@FunctionalInterface
public interface Advancer {
    void advance(long number) throws InterruptedException;
}
