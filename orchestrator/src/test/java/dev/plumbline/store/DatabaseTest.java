package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void a_damaged_file_is_called_so_and_left_as_it_is() throws Exception {
        Path garbage = Files.writeString(folder.resolve("garbage.db"), "not a database");
        assertThatThrownBy(() -> Database.open(garbage, Clock.systemUTC()))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(garbage.toString(), "it is damaged", "restore it from a backup")
                .hasMessageNotContainingAny("pool", "SQL State");
        assertThat(garbage).hasContent("not a database");

        Path holed = made();
        try (RandomAccessFile file = new RandomAccessFile(holed.toFile(), "rw")) {
            file.seek(4096);
            file.write(new byte[40 * 4096]);
        }
        assertThatThrownBy(() -> Database.open(holed, Clock.systemUTC()))
                .hasMessageContainingAll(holed.toString(), "it is damaged", "restore it from a backup")
                .hasMessageNotContainingAny("SQL State", "flyway");
    }

    @Test
    void what_is_no_file_is_called_so() throws Exception {
        Path file = Files.createDirectory(folder.resolve("folder.db"));

        assertThatThrownBy(() -> Database.open(file, Clock.systemUTC()))
                .hasMessageContainingAll(file.toString(), "or it is no file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE flyway_schema_history SET version = '9999' WHERE version = '2'  | written by a newer Plumbline
            DELETE FROM flyway_schema_history WHERE version = '2'                  | written by another build
            UPDATE flyway_schema_history SET checksum = 5 WHERE version = '2'      | written by another build
            UPDATE flyway_schema_history SET success = 0 WHERE version = '2'       | half-way by an upgrade that failed
            """)
    void tables_of_another_program_are_left_alone_and_say_what_to_do(String change, String expected) throws Exception {
        Path file = made();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(change);
        }

        assertThatThrownBy(() -> Database.open(file, Clock.systemUTC()))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(file.toString(), expected, "restore")
                .hasMessageNotContainingAny("http", "repair", "-ignore", "\n");
    }

    private Path made() {
        Path file = folder.resolve("plumbline.db");
        Database.open(file, Clock.systemUTC()).close();
        return file;
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
