package dev.plumbline.store;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** One open write transaction: what is written through it becomes durable together, or not at all. */
public final class Transaction {
    private final Handle handle;
    private final Clock clock;
    private final Set<Runnable> afterCommit = new LinkedHashSet<>();

    Transaction(Handle handle, Clock clock) {
        this.handle = handle;
        this.clock = clock;
    }

    /** The connection to write on. */
    public Handle handle() {
        return handle;
    }

    /** The time to record for what happens in it. */
    public Instant now() {
        return clock.instant();
    }

    /** The next number of a kind, starting at one; numbers of transactions that fail are given again. */
    public long next(String counter) {
        return handle.createQuery("""
                        INSERT INTO counter (name, value) VALUES (:name, 1)
                        ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
                        RETURNING value
                        """).bind("name", counter).mapTo(Long.class).one();
    }

    /** Adds a line to what was done, by whom; never changed afterwards. */
    public void record(String actor, String kind, String subject, String text) {
        handle.createUpdate("""
                        INSERT INTO history (seq, at, actor, kind, subject, text)
                        VALUES (:seq, :at, :actor, :kind, :subject, :text)
                        """)
                .bind("seq", next("history"))
                .bind("at", now().toEpochMilli())
                .bind("actor", actor)
                .bind("kind", kind)
                .bind("subject", subject)
                .bind("text", text)
                .execute();
    }

    /** Runs once this transaction is durable; equal actions run once. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }
}
