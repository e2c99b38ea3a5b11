package dev.plumbline.forge;

import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks that a remote be looked at now: something happened there. */
public final class LookRequests {
    /** So long a remote is let alone after a look began, however much is heard of it meanwhile. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** The same while more is heard in each such time than people do. */
    private static final Duration FLOOD = Duration.ofSeconds(5);

    private static final int MORE_THAN_PEOPLE_DO = 50;

    private final RemoteBook book;
    private final Advances advances;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    /**
     * How often something was heard lately.
     *
     * @param times since then
     * @param before in as long a time before that
     */
    private record Heard(Instant since, int times, int before) {

        Heard and(Heard more) {
            if (more.since().isBefore(since.plus(FLOOD))) {
                return new Heard(since, times + more.times(), before);
            }
            boolean followed = more.since().isBefore(since.plus(FLOOD.multipliedBy(2)));
            return new Heard(more.since(), more.times(), followed ? times : 0);
        }

        Duration pause() {
            return Math.max(times, before) > MORE_THAN_PEOPLE_DO ? FLOOD : PAUSE;
        }
    }

    public LookRequests(Database database, Advances advances) {
        this.book = new RemoteBook(database);
        this.advances = advances;
    }

    /** A remote that can't be reached is tried again in its own time. Does nothing where the repository lives here. */
    public void hurry(Transaction transaction, String repository) {
        book.find(transaction.handle(), repository).ifPresent(row -> {
            book.hurry(transaction, row);
            advances.mark(transaction, row.subject());
        });
    }

    /**
     * {@link #hurry} where that is only heard, perhaps many times a second: what is heard within a moment is one look.
     *
     * @param times how often it was heard just now
     */
    public void hint(Transaction transaction, String repository, int times) {
        book.find(transaction.handle(), repository).ifPresent(row -> {
            Instant now = transaction.now();
            Heard known = heard.merge(repository, new Heard(now, times, 0), (before, more) -> before.and(more));
            Instant noted = row.seenAt() == null ? Instant.EPOCH : row.seenAt();
            // After now only where the clock was set back meanwhile.
            Instant seen = noted.isAfter(now) ? now : noted;
            Duration pause = Duration.between(now, seen.plus(known.pause()));
            Duration within = pause.isNegative() ? Duration.ZERO : pause;
            book.hurry(transaction, row, now.plus(within));
            advances.mark(transaction, row.subject(), within);
        });
    }
}
