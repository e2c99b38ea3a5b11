package dev.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.cli.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A home in which something was damaged or swapped while no server ran: each time it says what, and begins once it is back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnusableHomeIT {
    private ServerFixture plumbline;

    @BeforeAll
    void apply_something(@TempDir Path folder) {
        plumbline = ServerFixture.started(folder);
        plumbline
                .repo("main")
                .stack("stacks/net", "one")
                .commit("First")
                .pushing("main")
                .succeeds();
        assertThat(plumbline.cli("approve", "--all").exit()).isZero();
    }

    @AfterAll
    void stop() {
        plumbline.close();
    }

    @Test
    void a_damaged_key_is_not_replaced_but_asked_for() throws IOException {
        refusedWith("key", "c2hvcnQ=\n".getBytes(StandardCharsets.US_ASCII))
                .hasMessageContainingAll("home/key is damaged", "put back the one that this home was made with")
                .hasMessageNotContaining("urandom");
        refusedWith("key", new byte[] {(byte) 0xff, 0, 1}).hasMessageContaining("home/key is damaged");
    }

    @Test
    void another_key_than_that_of_the_states_is_refused_before_anything_is_written_with_it() throws IOException {
        refusedWith("key", Base64.getEncoder().encode(new byte[32]))
                .hasMessageContainingAll("home/key is not the key", "states")
                .satisfies(thrown -> assertThat(((CliException) thrown).next())
                        .contains("Put that one back", "Nothing was changed"));
    }

    @Test
    void a_damaged_database_asks_for_the_backup() throws IOException {
        refusedWith("plumbline.db", "garbage".getBytes(StandardCharsets.US_ASCII))
                .hasMessageContainingAll("the database ", "it is damaged", "restore it from a backup");
    }

    @Test
    void a_damaged_token_says_how_to_get_a_new_one() throws IOException {
        refusedWith("token", new byte[] {(byte) 0xff, 32, 10})
                .hasMessageContainingAll("home/token", "is damaged", "Delete the file");
    }

    /** Swaps a file of the stopped home, tries a start, and puts it back; then it serves as before. */
    private AbstractThrowableAssert<?, ? extends Throwable> refusedWith(String name, byte[] content)
            throws IOException {
        Path file = plumbline.home().resolve(name);
        plumbline.stop();
        byte[] good = Files.readAllBytes(file);
        Files.write(file, content);
        try {
            return assertThatThrownBy(plumbline::start).isInstanceOf(CliException.class);
        } finally {
            Files.write(file, good);
            plumbline.start();
            assertThat(plumbline.cli("why", "net").out()).contains("applied");
        }
    }
}
