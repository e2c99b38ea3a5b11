package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvancesTest {
    private static final Subject ONE = new Subject("change", 1);

    @TempDir
    Path folder;

    private Database database;
    private Advances advances;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("plumbline.db"), Clock.systemUTC());
        advances = new Advances(database, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        advances.close();
        database.close();
    }

    @Test
    void a_marked_subject_is_advanced() {
        List<Long> advanced = new CopyOnWriteArrayList<>();
        advances.start(Map.of("change", advanced::add), 2);

        advances.mark(new Subject("change", 7));

        await().until(() -> advanced.equals(List.of(7L)));
    }

    @Test
    void a_mark_made_while_it_is_advancing_advances_it_once_more() {
        AtomicInteger times = new AtomicInteger();
        CountDownLatch marked = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        advances.start(
                Map.of("change", number -> {
                    if (times.incrementAndGet() == 1) {
                        running.countDown();
                        marked.await();
                    }
                }),
                2);
        advances.mark(ONE);
        await().until(() -> running.getCount() == 0);

        advances.mark(ONE);
        advances.mark(ONE);
        marked.countDown();

        await().until(() -> times.get() == 2);
        await().until(() -> dueTasks() == 0);
        assertThat(times).hasValue(2);
    }

    @Test
    void an_advance_that_is_taken_for_dead_while_it_goes_on_is_not_made_twice_at_once() {
        AtomicInteger times = new AtomicInteger();
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch released = new CountDownLatch(1);
        advances.start(
                Map.of("change", number -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    times.incrementAndGet();
                    released.await();
                    atOnce.decrementAndGet();
                }),
                2);
        advances.mark(ONE);
        await().until(() -> times.get() == 1);

        database.change(transaction -> transaction
                .handle()
                .execute("UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, version = version + 1"));
        long revived = version();
        await().until(() -> version() >= revived + 2);
        released.countDown();

        await().until(() -> dueTasks() == 0);
        assertThat(most).hasValue(1);
    }

    @Test
    void marks_that_can_wait_are_taken_along_by_one_that_can_not() {
        AtomicInteger times = new AtomicInteger();
        // At its start it takes up all that is marked, whatever could wait.
        advances.start(Map.of("change", number -> times.incrementAndGet()), 2);
        for (int mark = 0; mark < 10; mark++) {
            database.change(transaction -> advances.mark(transaction, ONE, Duration.ofHours(1)));
        }

        advances.mark(ONE);

        await().until(() -> times.get() == 1);
        await().until(() -> dueTasks() == 0);
        assertThat(times).hasValue(1);
    }

    @Test
    void a_mark_that_can_wait_is_advanced_when_its_time_is_over() {
        AtomicInteger times = new AtomicInteger();
        advances.start(Map.of("change", number -> times.incrementAndGet()), 2);

        database.change(transaction -> advances.mark(transaction, ONE, Duration.ofMillis(50)));

        await().until(() -> times.get() == 1);
    }

    @Test
    void what_marks_itself_to_be_looked_at_later_is_not_looked_at_sooner() {
        AtomicInteger times = new AtomicInteger();
        advances.start(
                Map.of("change", number -> {
                    times.incrementAndGet();
                    database.change(transaction -> advances.mark(transaction, ONE, Duration.ofMinutes(1)));
                }),
                2);

        advances.mark(ONE);

        await().until(() -> times.get() == 1 && waiting() == 1);
        assertThat(due()).isAfter(Instant.now().plusSeconds(40));
        assertThat(times).hasValue(1);
    }

    @Test
    void of_the_marks_made_while_it_is_advancing_the_soonest_decides() {
        AtomicInteger times = new AtomicInteger();
        advances.start(
                Map.of("change", number -> {
                    if (times.incrementAndGet() == 1) {
                        database.change(transaction -> advances.mark(transaction, ONE, Duration.ofMinutes(1)));
                        advances.mark(ONE);
                        database.change(transaction -> advances.mark(transaction, ONE, Duration.ofHours(1)));
                    }
                }),
                2);

        advances.mark(ONE);

        await().until(() -> times.get() == 2);
        await().until(() -> dueTasks() == 0);
    }

    @Test
    void what_was_wanted_while_it_was_advancing_does_not_count_the_next_time() {
        AtomicInteger times = new AtomicInteger();
        advances.start(
                Map.of("change", number -> {
                    if (times.incrementAndGet() == 1) {
                        advances.mark(ONE);
                    } else {
                        database.change(transaction -> advances.mark(transaction, ONE, Duration.ofMinutes(1)));
                    }
                }),
                2);

        advances.mark(ONE);

        await().until(() -> times.get() == 2 && waiting() == 1);
        assertThat(due()).isAfter(Instant.now().plusSeconds(40));
    }

    /** A busy machine may take its time. */
    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private long waiting() {
        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM scheduled_tasks WHERE NOT picked")
                .mapTo(Long.class)
                .one());
    }

    private Instant due() {
        return database.read(handle -> handle.createQuery("SELECT execution_time FROM scheduled_tasks")
                .mapTo(Instant.class)
                .one());
    }

    private long version() {
        return database.read(handle -> handle.createQuery("SELECT MAX(version) FROM scheduled_tasks")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void a_mark_in_a_transaction_that_fails_leaves_nothing() {
        assertThatThrownBy(() -> database.change(transaction -> {
                    advances.mark(transaction, ONE);
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(dueTasks()).isZero();
    }

    @Test
    void what_fails_is_tried_again() {
        AtomicInteger times = new AtomicInteger();
        advances.start(
                Map.of("change", number -> {
                    if (times.incrementAndGet() < 3) {
                        throw new IllegalStateException("try " + times);
                    }
                }),
                2);

        advances.mark(ONE);

        await().until(() -> times.get() == 3);
        await().until(() -> dueTasks() == 0);
    }

    @Test
    void what_a_dead_process_was_advancing_is_taken_up_at_the_next_start() {
        advances.mark(ONE);
        database.change(transaction -> transaction
                .handle()
                .execute("UPDATE scheduled_tasks SET picked = TRUE, picked_by = 'dead', version = version + 1"));
        List<Long> advanced = new CopyOnWriteArrayList<>();

        advances.start(Map.of("change", advanced::add), 2);

        await().until(() -> advanced.equals(List.of(1L)));
    }

    @Test
    void what_fails_time_and_again_is_called_a_trouble_until_it_goes_on() {
        AtomicInteger times = new AtomicInteger();
        CountDownLatch seen = new CountDownLatch(1);
        advances.start(
                Map.of("change", number -> {
                    if (times.incrementAndGet() <= 3) {
                        throw new IllegalStateException("no room");
                    }
                    seen.await();
                }),
                2);

        advances.mark(ONE);

        await().until(() -> advances.trouble(ONE).equals(Optional.of("no room")));
        seen.countDown();
        await().until(() -> advances.trouble(ONE).isEmpty());
    }

    @Test
    void a_mark_without_a_task_is_found() {
        List<Long> advanced = new CopyOnWriteArrayList<>();
        advances.start(Map.of("change", advanced::add), 2);
        database.change(transaction ->
                transaction.handle().execute("INSERT INTO dirty (subject, marked, seen) VALUES ('change/9', 2, 1)"));

        advances.remember();

        await().until(() -> advanced.equals(List.of(9L)));
    }

    private long dueTasks() {
        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM scheduled_tasks")
                .mapTo(Long.class)
                .one());
    }
}
