package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final int CROWD = 40;

    @TempDir
    private Path folder;

    @Test
    void in_a_crowd_of_writers_each_gets_its_turn_in_the_order_in_which_they_came() throws InterruptedException {
        List<Integer> written = new CopyOnWriteArrayList<>();
        try (Database database = Database.open(folder.resolve("plumbline.db"), Clock.systemUTC())) {
            CountDownLatch others = new CountDownLatch(1);
            CountDownLatch began = new CountDownLatch(1);
            List<Thread> writers = new ArrayList<>();
            writers.add(writing(database, () -> {
                began.countDown();
                others.await();
                return -1;
            }));
            began.await();
            for (int i = 0; i < CROWD; i++) {
                int number = i;
                Thread writer = writing(database, () -> {
                    written.add(number);
                    return number;
                });
                writers.add(writer);
                await("it waits without asking again and again").until(() -> writer.getState() == Thread.State.WAITING);
            }
            others.countDown();
            for (Thread writer : writers) {
                writer.join();
            }
        }
        assertThat(written).isEqualTo(IntStream.range(0, CROWD).boxed().toList());
    }

    private interface Work {
        int done() throws InterruptedException;
    }

    private static Thread writing(Database database, Work work) {
        Thread thread = new Thread(() -> database.change(transaction -> {
            try {
                int number = work.done();
                transaction
                        .handle()
                        .execute("INSERT INTO dirty (subject, marked, seen) VALUES (?, 0, 0)", "x:" + number);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        thread.start();
        return thread;
    }
}
