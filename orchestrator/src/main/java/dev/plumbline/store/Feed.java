package dev.plumbline.store;

import dev.plumbline.secret.TerminalText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lines about a subject, for whoever watches it while it happens; they are masked before they come here. */
public final class Feed {

    /** @param seq only grows; ask for what came after it */
    public record Line(long seq, String text) {}

    private final Database database;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public Feed(Database database) {
        this.database = database;
    }

    /** Adds lines once the transaction is durable; control characters, which may come from names in Git, are removed. */
    public void say(Transaction transaction, Subject subject, String lines) {
        for (String line : TerminalText.safe(lines).split("\n", -1)) {
            transaction
                    .handle()
                    .createUpdate("INSERT INTO feed (seq, subject, at, line) VALUES (:seq, :subject, :at, :line)")
                    .bind("seq", transaction.next("feed"))
                    .bind("subject", subject.toString())
                    .bind("at", transaction.now().toEpochMilli())
                    .bind("line", line)
                    .execute();
        }
        transaction.afterCommit(this::wake);
    }

    /** Adds lines in a transaction of their own. */
    public void say(Subject subject, String lines) {
        database.change(transaction -> say(transaction, subject, lines));
    }

    /** What was said of a subject after a line; zero for all of it. */
    public List<Line> after(Subject subject, long seq) {
        return database.read(handle -> handle.createQuery(
                        "SELECT seq, line FROM feed WHERE subject = :subject AND seq > :seq ORDER BY seq")
                .bind("subject", subject.toString())
                .bind("seq", seq)
                .map((row, context) -> new Line(row.getLong("seq"), row.getString("line")))
                .list());
    }

    /** The latest line of all; zero where nothing was said yet. */
    public long last() {
        return database.read(handle -> handle.createQuery("SELECT COALESCE(MAX(seq), 0) FROM feed")
                .mapTo(Long.class)
                .one());
    }

    /** Waits until anything was said or the time is over, whichever comes first. */
    public void await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            if (!grown.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes whoever waits: something was said, or moved. */
    public void wake() {
        lock.lock();
        try {
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    /** Calls that whenever somebody is woken; it must return at once. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }
}
