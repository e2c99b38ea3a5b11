package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import dev.plumbline.policy.Finding;
import dev.plumbline.policy.Severity;
import dev.plumbline.policy.Verdict;
import dev.plumbline.review.ChangeSnapshot.Deferred;
import dev.plumbline.review.ChangeSnapshot.Ended;
import dev.plumbline.review.ChangeSnapshot.Running;
import dev.plumbline.review.ChangeSnapshot.Standing;
import dev.plumbline.review.ChangeSnapshot.Unplanned;
import dev.plumbline.review.ChangeSnapshot.Waiting;
import dev.plumbline.review.ChangeStep.PlanStacks;
import dev.plumbline.review.ChangeStep.PreviewMerge;
import dev.plumbline.review.ChangeStep.Report;
import dev.plumbline.review.ChangeStep.Rest;
import dev.plumbline.review.ChangeStep.Retire;
import dev.plumbline.review.ChangeStep.Supersede;
import dev.plumbline.run.GivenOutputs;
import dev.plumbline.run.Phase;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunState;
import dev.plumbline.stack.Released;
import dev.plumbline.stack.StackId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeDeciderTest {
    private static final CommitSha HEAD = new CommitSha("a".repeat(40));
    private static final CommitSha OLD_HEAD = new CommitSha("b".repeat(40));
    private static final CommitSha BASE = new CommitSha("c".repeat(40));
    private static final Change.Preview CLEAN = new Change.Preview(HEAD, BASE, "tree");

    private final ChangeDecider decider = new ChangeDecider();

    @Test
    void a_new_head_is_previewed_before_anything_is_planned() {
        assertThat(next(change(null, null))).isEqualTo(new PreviewMerge(HEAD, BASE));
        assertThat(next(change(new Change.Preview(OLD_HEAD, BASE, "tree"), null)))
                .isEqualTo(new PreviewMerge(HEAD, BASE));
        assertThat(next(change(new Change.Preview(HEAD, OLD_HEAD, "tree"), null)))
                .isEqualTo(new PreviewMerge(HEAD, BASE));
    }

    @Test
    void without_a_main_branch_it_says_what_to_do() {
        ChangeSnapshot now = new ChangeSnapshot(
                change(null, null),
                Optional.empty(),
                List.of(),
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                Released.NONE,
                Optional.empty());

        assertThat(decider.next(now))
                .isInstanceOfSatisfying(
                        Rest.class, rest -> assertThat(rest.reason()).contains("push main first"));
    }

    @Test
    void of_many_errors_in_its_configuration_the_first_is_told_and_the_others_are_counted() {
        assertThat(troubled("one")).isEqualTo("one");
        assertThat(troubled("one", "two")).isEqualTo("one, and 1 more error in its configuration");
        assertThat(troubled("one", "two", "three")).isEqualTo("one, and 2 more errors in its configuration");
    }

    private String troubled(String... problems) {
        ChangeSnapshot now = new ChangeSnapshot(
                change(CLEAN, null),
                Optional.of(BASE),
                List.of(problems),
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                Released.NONE,
                Optional.empty());
        return ((Report) decider.next(now)).reason();
    }

    @Test
    void runs_that_plan_the_old_head_are_superseded_first() {
        Run old = run(1, RunState.PLANNING);

        ChangeStep step = decider.next(snapshot(change(CLEAN, null), List.of(unplanned("a")), List.of(old)));

        assertThat(step).isEqualTo(new Supersede(List.of(old)));
    }

    @Test
    void every_stack_that_can_be_planned_is_planned_at_once() {
        Unplanned one = unplanned("a");
        Unplanned other = unplanned("b");

        ChangeStep step = next(change(CLEAN, null), one, waiting("c"), other);

        assertThat(step).isEqualTo(new PlanStacks(List.of(one, other)));
    }

    @Test
    void it_rests_while_plans_run_and_then_while_they_wait_for_each_other() {
        assertThat(next(change(CLEAN, null), running("a"), waiting("b")))
                .isEqualTo(new Rest(ChangeState.PLANNING, "planning a"));
        assertThat(next(change(CLEAN, null), ended("a", RunState.PLANNED), waiting("b")))
                .isEqualTo(new Rest(ChangeState.PLANNING, "b waits"));
    }

    @Test
    void what_a_policy_refuses_fails_the_change_and_what_one_warns_of_does_not() {
        Ended fine = ended("a", RunState.PLANNED);

        assertThat(next(change(CLEAN, null), fine, judged("b", Severity.REFUSES)))
                .isEqualTo(new Report(ChangeState.FAILED, "policy p refuses b: it would destroy x.y (ask first)"));
        assertThat(((Report) next(change(CLEAN, null), judged("a", Severity.REFUSES), judged("b", Severity.REFUSES)))
                        .reason())
                .isEqualTo("policy p refuses a: it would destroy x.y (ask first); 1 stack is refused, too");
        assertThat(next(change(CLEAN, null), fine, judged("b", Severity.WARNS)))
                .isInstanceOfSatisfying(
                        Report.class, report -> assertThat(report.state()).isEqualTo(ChangeState.PLANNED));
    }

    private static Ended judged(String folder, Severity severity) {
        Ended planned = ended(folder, RunState.PLANNED);
        Finding finding =
                new Finding("p", Optional.empty(), severity, "it would destroy x.y", Optional.of("ask first"));
        return new Ended(
                planned.stack(),
                planned.run(),
                planned.reason(),
                new Verdict(new TreeSet<>(List.of("p")), List.of(finding)));
    }

    @Test
    void the_author_is_told_once_everything_is_planned_and_only_once() {
        Ended planned = ended("a", RunState.PLANNED);

        assertThat(next(change(CLEAN, null), planned))
                .isInstanceOfSatisfying(
                        Report.class, report -> assertThat(report.state()).isEqualTo(ChangeState.PLANNED));
        assertThat(next(change(CLEAN, "1 a"), planned)).isInstanceOf(Rest.class);
    }

    @Test
    void one_plan_that_fails_fails_the_change() {
        assertThat(next(change(CLEAN, null), ended("a", RunState.PLANNED), ended("b", RunState.FAILED)))
                .isEqualTo(new Report(ChangeState.FAILED, "b could not be planned"));
    }

    @Test
    void plans_that_change_nothing_and_changes_that_touch_no_stack_say_so() {
        assertThat(next(change(CLEAN, null), ended("a", RunState.NO_CHANGES)))
                .isEqualTo(new Report(ChangeState.NO_CHANGES, "no affected stack would change"));
        assertThat(next(change(CLEAN, null))).isEqualTo(new Report(ChangeState.NO_CHANGES, "no stack is affected"));
    }

    @Test
    void
            where_stacks_are_none_any_more_its_outcome_says_so_and_where_none_is_left_it_fails_before_anything_is_planned() {
        StackId a = new StackId("main", "a");
        StackId b = new StackId("main", "b");
        assertThat(released(new Released(List.of(a), List.of(), List.of(), false)))
                .isEqualTo(new Report(ChangeState.NO_CHANGES, "no stack is affected; a is no stack any more"));
        assertThat(released(new Released(List.of(a), List.of(b), List.of(), false), ended("c", RunState.NO_CHANGES)))
                .isEqualTo(
                        new Report(ChangeState.NO_CHANGES, "no affected stack would change; 2 are no stacks any more"));
        assertThat(released(new Released(List.of(a), List.of(), List.of(), true), unplanned("c")))
                .isEqualTo(new Report(
                        ChangeState.FAILED, "no stack is left: a is none any more, though its code is still there"));
    }

    private ChangeStep released(Released released, Standing... stacks) {
        return decider.next(new ChangeSnapshot(
                change(CLEAN, null),
                Optional.of(BASE),
                List.of(),
                false,
                List.of(stacks),
                List.of(),
                Optional.empty(),
                false,
                released,
                Optional.empty()));
    }

    @Test
    void a_stack_that_is_planned_after_the_merge_does_not_hold_the_change_up() {
        assertThat(next(
                        change(CLEAN, null),
                        ended("a", RunState.PLANNED),
                        new Deferred(stack("b", null), "planned after a is applied")))
                .isInstanceOfSatisfying(
                        Report.class, report -> assertThat(report.state()).isEqualTo(ChangeState.PLANNED));
    }

    @Test
    void a_conflict_is_left_to_its_author() {
        assertThat(next(change(new Change.Preview(HEAD, BASE, null), null)))
                .isInstanceOfSatisfying(
                        Rest.class, rest -> assertThat(rest.state()).isEqualTo(ChangeState.CONFLICT));
    }

    @Test
    void a_merged_change_stops_what_still_runs_for_it() {
        Run left = run(1, RunState.QUEUED);
        Change merged = change(CLEAN, null, ChangeState.MERGED);

        assertThat(decider.next(snapshot(merged, List.of(), List.of(left)))).isEqualTo(new Retire(List.of(left)));
    }

    private ChangeStep next(Change change, Standing... stacks) {
        return decider.next(snapshot(change, List.of(stacks), List.of()));
    }

    private static ChangeSnapshot snapshot(Change change, List<Standing> stacks, List<Run> unfinished) {
        return new ChangeSnapshot(
                change,
                Optional.of(BASE),
                List.of(),
                false,
                stacks,
                unfinished,
                Optional.empty(),
                false,
                Released.NONE,
                Optional.empty());
    }

    private static Change change(Change.@Nullable Preview preview, @Nullable String reported) {
        return change(preview, reported, ChangeState.PLANNING);
    }

    private static Change change(Change.@Nullable Preview preview, @Nullable String reported, ChangeState state) {
        return new Change(
                1,
                "main",
                "topic",
                "Title",
                "ann",
                HEAD,
                preview,
                state,
                "",
                reported,
                reported == null,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
    }

    private static ChangeStack stack(String folder, @Nullable RunId run) {
        return new ChangeStack(folder, Intent.Kind.APPLY, null, "changed", "code", 0, false, run);
    }

    private static Unplanned unplanned(String folder) {
        return new Unplanned(stack(folder, null), "changed", GivenOutputs.NONE);
    }

    private static Waiting waiting(String folder) {
        return new Waiting(stack(folder, null), folder + " waits");
    }

    private static Running running(String folder) {
        Run run = run(folder.charAt(0), RunState.PLANNING);
        return new Running(stack(folder, run.id()), run, "planning");
    }

    private static Ended ended(String folder, RunState state) {
        Run run = run(folder.charAt(0), state);
        return new Ended(stack(folder, run.id()), run, state.word());
    }

    private static Run run(long number, RunState state) {
        Run.Order order = new Run.Order(
                new StackId("main", "a"),
                Phase.PLAN,
                false,
                null,
                HEAD,
                "tree",
                Change.subject(1),
                null,
                GivenOutputs.NONE);
        return new Run(new RunId(number), order, state, "", null, null, null, false, Instant.EPOCH, null, null);
    }
}
