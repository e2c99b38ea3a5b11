package dev.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plumbline.git.CommitSha;
import dev.plumbline.run.AppliedStacks;
import dev.plumbline.run.Basis;
import dev.plumbline.run.Counts;
import dev.plumbline.run.GivenOutputs;
import dev.plumbline.run.Phase;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunState;
import dev.plumbline.stack.StackId;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DriftDeciderTest {
    private static final StackId MOTD = new StackId("main", "stacks/motd");
    private static final CommitSha COMMIT = new CommitSha("1".repeat(40));
    private static final Optional<DriftSnapshot.OnMain> ON_MAIN = onMain("values-environment");
    private static final Optional<Run> NONE = Optional.empty();

    static Stream<Arguments> obstacles() {
        return Stream.of(
                arguments("never applied", ON_MAIN, Optional.empty(), NONE),
                arguments("never applied", ON_MAIN, applied(null, "it got lost"), NONE),
                arguments("main has no such stack", Optional.empty(), applied("code", null), NONE),
                arguments("code for it that is not applied yet", ON_MAIN, applied("older", null), NONE),
                arguments("what it reads of other stacks", onMain("moved-environment"), applied("code", null), NONE),
                arguments("what it reads of other stacks", onMain(null), applied("code", null), NONE),
                arguments("a person must look at it first: it got lost", ON_MAIN, applied("code", "it got lost"), NONE),
                arguments("r7 of it is queued", ON_MAIN, applied("code", null), Optional.of(run(RunState.QUEUED))),
                arguments("r7 of it is applying", ON_MAIN, applied("code", null), Optional.of(run(RunState.APPLYING))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("obstacles")
    void skips_with_a_reason(
            String reason,
            Optional<DriftSnapshot.OnMain> onMain,
            Optional<AppliedStacks.Applied> applied,
            Optional<Run> busy) {
        DriftStep step = decide(new DriftSnapshot(check(DriftState.ASKED), NONE, onMain, applied, busy));

        assertThat(step).isInstanceOf(DriftStep.End.class);
        assertThat(((DriftStep.End) step).state()).isEqualTo(DriftState.SKIPPED);
        assertThat(step.reason()).contains(reason);
    }

    @Test
    void compares_main_with_a_run_where_the_stack_is_as_main_wants_it_and_idle() {
        DriftStep step = decide(new DriftSnapshot(check(DriftState.ASKED), NONE, ON_MAIN, applied("code", null), NONE));

        assertThat(step).isInstanceOf(DriftStep.StartRun.class);
        assertThat(((DriftStep.StartRun) step).onMain()).isEqualTo(ON_MAIN.orElseThrow());
    }

    @Test
    void compares_a_stack_of_which_only_the_environment_moved() {
        DriftStep step = decide(new DriftSnapshot(
                check(DriftState.ASKED), NONE, onMain("values-renewed"), applied("code", null), NONE));

        assertThat(step).isInstanceOf(DriftStep.StartRun.class);
    }

    @Test
    void compares_nothing_where_what_the_stack_reads_moved_before_its_run_planned() {
        Run planned = run(
                RunState.PLANNED,
                new PlanFacts(new Basis("code", 1, "moved-environment", "1"), "", "", new Counts(0, 1, 0, 0)));

        DriftStep step = decide(new DriftSnapshot(
                check(DriftState.CHECKING), Optional.of(planned), Optional.empty(), applied("code", null), NONE));

        assertThat(step).isInstanceOf(DriftStep.End.class);
        assertThat(((DriftStep.End) step).state()).isEqualTo(DriftState.SKIPPED);
    }

    static Stream<Arguments> runs() {
        return Stream.of(
                arguments(RunState.QUEUED, DriftStep.Wait.class, null),
                arguments(RunState.PREPARING, DriftStep.Wait.class, null),
                arguments(RunState.PLANNING, DriftStep.Wait.class, null),
                arguments(RunState.PLANNED, DriftStep.Compare.class, null),
                arguments(RunState.NO_CHANGES, DriftStep.Compare.class, null),
                arguments(RunState.SUPERSEDED, DriftStep.End.class, DriftState.SKIPPED),
                arguments(RunState.CANCELLED, DriftStep.End.class, DriftState.SKIPPED),
                arguments(RunState.FAILED, DriftStep.End.class, DriftState.FAILED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void follows_its_run(RunState state, Class<? extends DriftStep> expected, @Nullable DriftState end) {
        DriftStep step = decide(new DriftSnapshot(
                check(DriftState.CHECKING), Optional.of(run(state)), Optional.empty(), Optional.empty(), NONE));

        assertThat(step).isInstanceOf(expected);
        if (step instanceof DriftStep.End ended) {
            assertThat(ended.state()).isEqualTo(end);
            assertThat(ended.reason()).contains("because");
        }
    }

    @ParameterizedTest
    @MethodSource("ends")
    void does_nothing_more_once_it_is_over(DriftState ended) {
        assertThat(decide(new DriftSnapshot(check(ended), NONE, ON_MAIN, applied("code", null), NONE)))
                .isInstanceOf(DriftStep.Wait.class);
    }

    static Stream<DriftState> ends() {
        return Stream.of(DriftState.values()).filter(DriftState::ended);
    }

    private static DriftStep decide(DriftSnapshot snapshot) {
        return new DriftDecider().next(snapshot);
    }

    private static Optional<DriftSnapshot.OnMain> onMain(@Nullable String inputs) {
        return Optional.of(new DriftSnapshot.OnMain(COMMIT, "2".repeat(40), "code", Optional.ofNullable(inputs)));
    }

    private static DriftCheck check(DriftState state) {
        return new DriftCheck(1, MOTD, "ada", null, state, "asked for by ada", Instant.EPOCH, null);
    }

    private static Optional<AppliedStacks.Applied> applied(@Nullable String code, @Nullable String quarantine) {
        return Optional.of(new AppliedStacks.Applied(
                MOTD, COMMIT.hex(), Instant.EPOCH, code, "values-environment", quarantine, null));
    }

    private static Run run(RunState state) {
        return run(state, null);
    }

    private static Run run(RunState state, @Nullable PlanFacts facts) {
        Run.Order order = new Run.Order(
                MOTD, Phase.DRIFT, false, null, COMMIT, "2".repeat(40), DriftCheck.subject(1), null, GivenOutputs.NONE);
        return new Run(new RunId(7), order, state, "because", null, null, facts, false, Instant.EPOCH, null, null);
    }
}
