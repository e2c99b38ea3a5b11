package dev.plumbline.app.metrics;

import dev.plumbline.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a server can do its work: its disk takes a file and its database a transaction. Both are really tried, but not more often
 * than every few seconds, since anybody may ask.
 */
public final class Readiness {
    private static final Logger log = LoggerFactory.getLogger(Readiness.class);
    private static final Duration FRESH = Duration.ofSeconds(5);
    /** More than a file system keeps for itself in a block that is in use already. */
    private static final byte[] PROBE = new byte[64 << 10];

    private final Database database;
    private final Path probe;
    private final Clock clock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Instant lookedAt = Instant.MIN;
    private volatile Optional<String> found = Optional.empty();

    /** @param home where a small file is written and removed again */
    public Readiness(Database database, Path home, Clock clock) {
        this.database = database;
        this.probe = home.resolve("ready.probe");
        this.clock = clock;
    }

    /** Why it can't work now, in a sentence; empty where it can. */
    public Optional<String> trouble() {
        Instant now = clock.instant();
        // Whoever asks while somebody looks gets what was found last: a slow disk must not hold up every thread.
        if (now.isAfter(lookedAt.plus(FRESH)) && looking.tryLock()) {
            try {
                Optional<String> before = found;
                found = look();
                lookedAt = now;
                if (!before.equals(found)) {
                    found.ifPresentOrElse(reason -> log.error("not ready: {}", reason), () -> log.info("ready again"));
                }
            } finally {
                looking.unlock();
            }
        }
        return found;
    }

    private Optional<String> look() {
        try {
            Files.write(
                    probe,
                    PROBE,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DSYNC);
        } catch (IOException full) {
            return Optional.of("The home " + probe.getParent() + " can't be written to: " + full.getMessage()
                    + ". Free some space, or see whether the disk is mounted.");
        } finally {
            forget();
        }
        try {
            database.change(transaction -> transaction
                    .handle()
                    .createQuery("SELECT 1")
                    .mapTo(Long.class)
                    .one());
            return Optional.empty();
        } catch (RuntimeException broken) {
            return Optional.of("The database can't be used: " + broken.getMessage());
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(probe);
        } catch (IOException stays) {
            log.debug("{} stays", probe, stays);
        }
    }
}
