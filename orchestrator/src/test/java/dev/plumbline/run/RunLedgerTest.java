package dev.plumbline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.git.CommitSha;
import dev.plumbline.secret.Encryption;
import dev.plumbline.secret.ServerKey;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Artifacts;
import dev.plumbline.store.Database;
import dev.plumbline.store.Subject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLedgerTest {
    private static final StackId NETWORK = new StackId("main", "stacks/network");
    private static final StackId APP = new StackId("main", "stacks/app");
    private static final StackId DNS = new StackId("main", "stacks/dns");

    @TempDir
    Path folder;

    private Database database;
    private RunLedger ledger;
    private StateVault vault;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("plumbline.db"), Clock.systemUTC());
        ledger = new RunLedger(database, new Advances(database, Clock.systemUTC()), new Lanes(2, 3));
        SecureRandom random = new SecureRandom();
        vault = new StateVault(
                database, new Artifacts(folder.resolve("artifacts"), new Encryption(ServerKey.random(random), random)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_stack_has_one_live_run_and_the_others_wait_in_its_lane() {
        Run first = enqueue(NETWORK, Phase.PLAN);
        Run second = enqueue(NETWORK, Phase.PLAN);

        assertThat(states(first, second)).containsExactly(RunState.PREPARING, RunState.QUEUED);
    }

    @Test
    void a_lane_that_is_taken_does_not_hold_up_another_stack() {
        enqueue(NETWORK, Phase.PLAN);
        enqueue(NETWORK, Phase.APPLY);
        Run other = enqueue(APP, Phase.DRIFT);

        assertThat(states(other)).containsExactly(RunState.PREPARING);
    }

    @Test
    void the_machine_takes_no_more_runs_than_it_has_places() {
        enqueue(NETWORK, Phase.PLAN);
        enqueue(APP, Phase.PLAN);
        Run third = enqueue(DNS, Phase.PLAN);

        assertThat(states(third)).containsExactly(RunState.QUEUED);
    }

    @Test
    void an_apply_never_takes_the_place_of_a_plan_nor_waits_for_one() {
        enqueue(NETWORK, Phase.PLAN);
        enqueue(APP, Phase.PLAN);
        Run apply = enqueue(DNS, Phase.APPLY);
        Run beyondAll = enqueue(new StackId("main", "stacks/more"), Phase.APPLY);

        assertThat(states(apply, beyondAll)).containsExactly(RunState.PREPARING, RunState.QUEUED);
    }

    @Test
    void applies_go_before_plans_and_plans_before_drift_checks() {
        Run live = enqueue(NETWORK, Phase.PLAN);
        enqueue(APP, Phase.PLAN);
        Run drift = enqueue(NETWORK, Phase.DRIFT);
        Run plan = enqueue(NETWORK, Phase.PLAN);
        Run apply = enqueue(NETWORK, Phase.APPLY);

        end(live);
        assertThat(states(drift, plan, apply)).containsExactly(RunState.QUEUED, RunState.QUEUED, RunState.PREPARING);
        end(apply);
        assertThat(states(drift, plan)).containsExactly(RunState.QUEUED, RunState.PREPARING);
    }

    @Test
    void the_fencing_token_of_a_lane_only_grows() {
        Run first = enqueue(NETWORK, Phase.PLAN);
        end(first);
        Run second = enqueue(NETWORK, Phase.PLAN);

        assertThat(token(second)).isGreaterThan(token(first));
    }

    @Test
    void whoever_lost_the_lane_can_record_nothing() {
        Run stale = read(enqueue(NETWORK, Phase.PLAN));
        database.change(transaction -> ledger.requeue(transaction, stale, "its process died"));

        assertThatThrownBy(() ->
                        database.change(transaction -> ledger.move(transaction, stale, RunState.FAILED, "too late")))
                .isInstanceOf(LaneLostException.class);
        assertThat(states(stale)).containsExactly(RunState.PREPARING);
    }

    @Test
    void a_plan_file_is_handed_over_once() {
        Run plan = enqueue(NETWORK, Phase.PLAN);

        assertThat(Stream.of(1, 2)
                        .map(time -> database.write(transaction -> ledger.handOver(transaction, plan.id())))
                        .toList())
                .containsExactly(true, false);
    }

    @Test
    void a_state_is_taken_back_with_the_latest_token_only() {
        Run stale = read(enqueue(NETWORK, Phase.APPLY));
        vault.takeBack(stale, NETWORK, NETWORK, state(1));
        database.change(transaction -> ledger.requeue(transaction, stale, "its process died"));

        assertThatThrownBy(() -> vault.takeBack(stale, NETWORK, NETWORK, state(2)))
                .isInstanceOf(LaneLostException.class);
        assertThat(vault.current(NETWORK))
                .hasValueSatisfying(version -> assertThat(version.serial()).isEqualTo(1));
    }

    @Test
    void a_state_that_did_not_change_makes_no_new_version_and_older_ones_are_kept() {
        Run run = read(enqueue(NETWORK, Phase.APPLY));
        StateVersion first = vault.takeBack(run, NETWORK, NETWORK, state(1)).orElseThrow();

        assertThat(vault.takeBack(run, NETWORK, NETWORK, state(1))).contains(first);
        assertThat(vault.takeBack(run, NETWORK, NETWORK, state(2)).orElseThrow().version())
                .isGreaterThan(first.version());
        assertThat(vault.read(first)).isEqualTo(state(1));
    }

    @Test
    void a_queued_run_ends_at_once_when_it_is_stopped_and_frees_nobody_elses_lane() {
        Run live = enqueue(NETWORK, Phase.PLAN);
        Run queued = enqueue(NETWORK, Phase.PLAN);

        database.change(
                transaction -> ledger.stop(transaction, queued.id(), RunState.SUPERSEDED, "newer commits came"));

        assertThat(states(live, queued)).containsExactly(RunState.PREPARING, RunState.SUPERSEDED);
        Run next = enqueue(NETWORK, Phase.PLAN);
        assertThat(states(next)).containsExactly(RunState.QUEUED);
    }

    private Run enqueue(StackId stack, Phase phase) {
        Run.Order order = new Run.Order(
                stack,
                phase,
                false,
                null,
                new CommitSha("a".repeat(40)),
                "tree",
                new Subject("change", 1),
                null,
                GivenOutputs.NONE);
        RunId id = database.write(transaction -> ledger.enqueue(transaction, order));
        return ledger.find(id).orElseThrow();
    }

    private void end(Run run) {
        Run now = read(run);
        database.change(transaction -> ledger.move(transaction, now, RunState.FAILED, "over"));
    }

    private Run read(Run run) {
        return ledger.find(run.id()).orElseThrow();
    }

    private long token(Run run) {
        FencingToken token = read(run).token();
        return token == null ? 0 : token.value();
    }

    private List<RunState> states(Run... runs) {
        return Stream.of(runs).map(this::read).map(Run::state).toList();
    }

    private static byte[] state(long serial) {
        return ("{\"version\":4,\"terraform_version\":\"1.11.4\",\"serial\":" + serial
                        + ",\"lineage\":\"one\",\"outputs\":{},\"resources\":[]}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
