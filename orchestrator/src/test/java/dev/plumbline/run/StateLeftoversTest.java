package dev.plumbline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import dev.plumbline.secret.Encryption;
import dev.plumbline.secret.ServerKey;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States that are on their way in or out don't stay on the disk for longer than somebody needs them. */
class StateLeftoversTest {
    private static final StackId A = new StackId("main", "a");

    @TempDir
    Path folder;

    private Database database;
    private RunLedger ledger;
    private StateOrders orders;
    private Artifacts artifacts;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("plumbline.db"), Clock.systemUTC());
        ledger = new RunLedger(database, new Advances(database, Clock.systemUTC()), new Lanes(2, 3));
        orders = new StateOrders(database);
        SecureRandom random = new SecureRandom();
        artifacts = new Artifacts(folder.resolve("artifacts"), new Encryption(ServerKey.random(random), random));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_is_brought_in_stays_until_its_run_has_ended() {
        Run push = asked(StateOrder.Kind.PUSH, brought("one"));
        StateLeftovers leftovers = leftovers(Duration.ZERO);

        leftovers.tidyAtStart();
        leftovers.tidy();
        assertThat(artifacts.names("incoming")).containsExactly("incoming/one");

        end(push);
        leftovers.tidy();
        assertThat(artifacts.names("incoming")).isEmpty();
    }

    @Test
    void what_is_brought_in_before_it_is_ordered_stays_while_the_server_runs() {
        brought("one");

        leftovers(Duration.ofDays(1)).tidy();
        assertThat(artifacts.names("incoming")).containsExactly("incoming/one");

        leftovers(Duration.ZERO).tidyAtStart();
        assertThat(artifacts.names("incoming")).isEmpty();
    }

    @Test
    void what_was_read_waits_for_whoever_asked_but_not_forever_nor_over_a_restart() {
        Run read = asked(StateOrder.Kind.READ, null);
        end(read);
        artifacts.put(StateLeftovers.pulled(read.id()), new byte[] {1});

        leftovers(Duration.ofMinutes(1)).tidy();
        assertThat(artifacts.names("pulled")).containsExactly("pulled/" + read.id());
        leftovers(Duration.ofMinutes(10)).tidy();
        assertThat(artifacts.names("pulled")).isEmpty();

        artifacts.put(StateLeftovers.pulled(read.id()), new byte[] {1});
        leftovers(Duration.ZERO).tidyAtStart();
        assertThat(artifacts.names("pulled")).isEmpty();
    }

    private StateLeftovers leftovers(Duration later) {
        return new StateLeftovers(ledger, orders, artifacts, Clock.offset(Clock.systemUTC(), later));
    }

    private String brought(String name) {
        artifacts.put(StateLeftovers.incoming(name), new byte[] {1});
        return StateLeftovers.incoming(name);
    }

    private Run asked(StateOrder.Kind kind, @Nullable String artifact) {
        RunId run = database.write(transaction -> ledger.enqueue(
                transaction,
                new Run.Order(
                        A,
                        Phase.STATE,
                        false,
                        null,
                        new CommitSha("a".repeat(40)),
                        "b".repeat(40),
                        orders.add(transaction, new StateOrder(A, kind, List.of(), false, "ann", artifact)),
                        null,
                        GivenOutputs.NONE)));
        return ledger.find(run).orElseThrow();
    }

    private void end(Run run) {
        database.change(transaction -> ledger.move(transaction, run, RunState.APPLIED, "done"));
    }
}
