package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that a newer version of the program has written. */
class NewerDatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void an_older_program_leaves_it_alone_and_says_so() {
        Path file = folder.resolve("plumbline.db");
        try (Database database = Database.open(file, Clock.systemUTC())) {
            database.change(transaction -> transaction.handle().execute("""
                    INSERT INTO flyway_schema_history
                        (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                    VALUES (900, '900', 'later', 'SQL', 'V900__later.sql', 1, 'x', 1, 1)
                    """));
        }

        assertThatThrownBy(() -> Database.open(file, Clock.systemUTC()).close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer Plumbline")
                .satisfies(thrown -> assertThat(thrown.getMessage()).contains(file.toString()));
    }
}
