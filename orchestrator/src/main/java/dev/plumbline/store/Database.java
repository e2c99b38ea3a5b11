package dev.plumbline.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The one database. Writes are whole transactions that begin as IMMEDIATE: on SQLite a read that turns into a write in a
 * deferred transaction fails at once when somebody else wrote in between.
 */
public final class Database implements AutoCloseable {
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Clock clock;
    /**
     * SQLite lets one write at a time and makes the others poll, in no order and for ten seconds at most: in a crowd some would
     * starve. Whoever writes queues up here first.
     */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final AtomicLong writes = new AtomicLong();

    private Database(HikariDataSource pool, Clock clock) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.clock = clock;
    }

    /**
     * Opens the SQLite file, creating and migrating it as needed.
     *
     * @throws StoreException where the file can't be opened or was written by a newer version
     */
    public static Database open(Path file, Clock clock) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:sqlite:" + file
                + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000&transaction_mode=IMMEDIATE");
        config.setPoolName("plumbline");
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(1);
        try {
            makePrivate(file);
            HikariDataSource pool = new HikariDataSource(config);
            try {
                migrate(pool, file);
                return new Database(pool, clock);
            } catch (RuntimeException unusable) {
                pool.close();
                throw unusable;
            }
        } catch (StoreException told) {
            throw told;
        } catch (IOException | RuntimeException cause) {
            throw new Unopened(file).by(cause);
        }
    }

    /** SQLite makes its further files with the rights of this one. */
    private static void makePrivate(Path file) throws IOException {
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
        if (Files.exists(file)) {
            Files.setPosixFilePermissions(file, owner);
        } else {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
        }
    }

    private static void migrate(HikariDataSource pool, Path file) {
        Flyway flyway = Flyway.configure(Database.class.getClassLoader())
                .dataSource(pool)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .load();
        Optional<StoreException> unfit = new Unopened(file).by(flyway);
        if (unfit.isPresent()) {
            throw unfit.get();
        }
        flyway.migrate();
    }

    /** Reads without a transaction. */
    public <T> T read(Function<Handle, T> query) {
        return jdbi.withHandle(query::apply);
    }

    /** Does all of it or nothing; what was asked for {@link Transaction#afterCommit} happens once it is durable. */
    public <T> T write(Function<Transaction, T> work) {
        Transaction[] opened = new Transaction[1];
        T result;
        turn.lock();
        try {
            result = jdbi.inTransaction(handle -> {
                opened[0] = new Transaction(handle, clock);
                return work.apply(opened[0]);
            });
            writes.incrementAndGet();
        } finally {
            turn.unlock();
        }
        opened[0].committed();
        return result;
    }

    /**
     * How many transactions this process has written. Whoever asks before reading knows later, by the same number, that what was
     * read still holds: nobody else writes to this database, except db-scheduler to its own table.
     */
    public long writes() {
        return writes.get();
    }

    /** {@link #write} for work without a result. */
    public void change(Consumer<Transaction> work) {
        write(transaction -> {
            work.accept(transaction);
            return Boolean.TRUE;
        });
    }

    DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}
