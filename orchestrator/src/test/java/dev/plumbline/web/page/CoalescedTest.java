package dev.plumbline.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CoalescedTest {
    private final List<Runnable> handed = new ArrayList<>();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void what_is_asked_for_many_times_before_it_begins_is_done_once() {
        Coalesced work = new Coalesced(handed::add, done::incrementAndGet);
        work.ask();
        work.ask();
        work.ask();

        assertThat(handed).hasSize(1);
        handed.get(0).run();
        assertThat(done).hasValue(1);
        work.ask();
        assertThat(handed).hasSize(2);
    }

    @Test
    void what_is_asked_for_while_it_is_done_is_done_once_more_and_nobody_else_begins() {
        Coalesced[] work = new Coalesced[1];
        work[0] = new Coalesced(handed::add, () -> {
            if (done.incrementAndGet() == 1) {
                work[0].ask();
                work[0].ask();
            }
        });
        work[0].ask();
        handed.get(0).run();

        assertThat(done).hasValue(2);
        assertThat(handed).hasSize(1);
    }

    @Test
    void the_last_of_many_is_never_missed_however_the_moments_fall() throws InterruptedException {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        AtomicInteger newest = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        Coalesced work = new Coalesced(executor, () -> seen.set(newest.get()));
        for (int round = 1; round <= 200_000; round++) {
            newest.set(round);
            work.ask();
        }
        // Whoever asked is done: what is left of it was handed over before.
        executor.shutdown();

        assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasValue(newest.get());
    }
}
