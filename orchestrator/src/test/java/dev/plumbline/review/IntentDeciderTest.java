package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import dev.plumbline.review.IntentSnapshot.Upstream;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntentDeciderTest {
    private static final StackId NETWORK = new StackId("main", "stacks/network");
    private static final CommitSha COMMIT = new CommitSha("a".repeat(40));
    private static final Basis NOW = new Basis("code", 7, "inputs", "1.11.4");

    private final IntentDecider decider = new IntentDecider();

    @Test
    void the_reviewed_plan_is_applied_while_nothing_it_rests_on_moved() {
        Run reviewed = planned(1, "seen", NOW);

        IntentStep step = decider.next(new Situation().reviewed(reviewed).read());

        assertThat(step).isEqualTo(new IntentStep.Apply(reviewed, "the plan of r1 is what was reviewed"));
    }

    @Test
    void each_thing_that_moved_since_the_review_makes_it_plan_again_and_is_named() {
        assertThat(afterMoving(new Basis("other", 7, "inputs", "1.11.4"))).contains("its code moved");
        assertThat(afterMoving(new Basis("code", 6, "inputs", "1.11.4"))).contains("its state moved");
        assertThat(afterMoving(new Basis("code", 7, "others", "1.11.4"))).contains("its inputs moved");
        assertThat(afterMoving(new Basis("code", 7, "inputs", "1.10.5")))
                .contains("Terraform moved from 1.10.5 to 1.11.4");
    }

    private String afterMoving(Basis basisOfTheReview) {
        IntentStep step = decider.next(
                new Situation().reviewed(planned(1, "seen", basisOfTheReview)).read());
        assertThat(step).isInstanceOf(IntentStep.Plan.class);
        return step.reason();
    }

    @Test
    void a_new_plan_that_does_what_was_reviewed_is_applied() {
        Run reviewed = planned(1, "same", new Basis("code", 6, "inputs", "1.11.4"));
        Run plan = planned(2, "same", NOW);

        IntentStep step =
                decider.next(new Situation().reviewed(reviewed).plan(plan).read());

        assertThat(step).isInstanceOf(IntentStep.Apply.class);
    }

    @Test
    void a_new_plan_that_does_something_else_awaits_approval_and_names_the_difference() {
        Run reviewed = planned(1, "seen", new Basis("code", 6, "inputs", "1.11.4"));
        Run plan = planned(2, "other", NOW);

        IntentStep step = decider.next(new Situation()
                .reviewed(reviewed)
                .plan(plan)
                .difference("terraform_data.a: input differs")
                .read());

        assertThat(step).isInstanceOfSatisfying(IntentStep.Wait.class, wait -> {
            assertThat(wait.state()).isEqualTo(IntentState.AWAITING_APPROVAL);
            assertThat(wait.reason())
                    .contains("terraform_data.a: input differs", "plumbline approve main:stacks/network");
        });
    }

    @Test
    void a_plan_file_is_never_handed_over_twice() {
        Run used = handedOver(planned(1, "seen", NOW));

        assertThat(decider.next(new Situation().reviewed(used).read())).isInstanceOf(IntentStep.Plan.class);
    }

    @Test
    void what_nobody_saw_awaits_approval_and_is_applied_once_approved() {
        Run plan = planned(2, "unseen", NOW);

        assertThat(stateOf(new Situation().plan(plan))).isEqualTo(IntentState.AWAITING_APPROVAL);
        assertThat(decider.next(new Situation().plan(plan).approvals(1).read())).isInstanceOf(IntentStep.Apply.class);
    }

    @Test
    void a_direct_push_is_applied_at_once_only_where_the_rules_of_main_say_so() {
        Run plan = planned(2, "unseen", NOW);

        assertThat(decider.next(
                        new Situation().rule(Intent.Rule.APPLY).plan(plan).read()))
                .isInstanceOf(IntentStep.Apply.class);
    }

    @Test
    void downstream_auto_applies_what_destroys_and_replaces_nothing() {
        Situation situation = new Situation().rule(Intent.Rule.APPLY_UNLESS_DESTROYS);

        assertThat(decider.next(situation.plan(planned(2, "d", NOW)).read())).isInstanceOf(IntentStep.Apply.class);
        assertThat(stateOf(situation.plan(planned(2, "d", NOW, new Counts(1, 0, 0, 1)))))
                .isEqualTo(IntentState.AWAITING_APPROVAL);
        assertThat(stateOf(situation.plan(planned(2, "d", NOW, new Counts(1, 0, 1, 0)))))
                .isEqualTo(IntentState.AWAITING_APPROVAL);
    }

    @Test
    void destroying_a_stack_always_awaits_approval_even_where_its_plan_was_reviewed() {
        Situation situation = new Situation()
                .kind(Intent.Kind.DESTROY)
                .rule(Intent.Rule.APPLY)
                .reviewed(planned(1, "seen", NOW));

        assertThat(stateOf(situation)).isEqualTo(IntentState.AWAITING_APPROVAL);
        assertThat(decider.next(situation.approvals(1).read())).isInstanceOf(IntentStep.Apply.class);
    }

    @Test
    void what_a_policy_refuses_awaits_approval_whatever_was_reviewed_approved_or_allowed() {
        Situation situation = new Situation()
                .rule(Intent.Rule.APPLY)
                .reviewed(planned(1, "seen", NOW))
                .approvals(1)
                .refusal("policy p refuses stacks/network: it would destroy a.b");

        IntentStep step = decider.next(situation.read());

        assertThat(step).isInstanceOfSatisfying(IntentStep.Wait.class, wait -> {
            assertThat(wait.state()).isEqualTo(IntentState.AWAITING_APPROVAL);
            assertThat(wait.reason())
                    .startsWith("policy p refuses stacks/network: it would destroy a.b; r1 awaits approval: ");
        });
    }

    @Test
    void where_a_policy_is_not_all_that_stands_against_it_all_of_it_is_named() {
        Situation situation = new Situation().plan(planned(2, "unseen", NOW)).refusal("policy p refuses it");

        assertThat(decider.next(situation.read()).reason())
                .startsWith("policy p refuses it; nobody saw its plan before main asked for it; r2 awaits approval");
    }

    @Test
    void approvals_that_are_still_counted_or_do_not_suffice_hold_it_whatever_their_number() {
        Situation situation = new Situation()
                .approvalsWanted(1)
                .reviewed(planned(1, "seen", NOW))
                .approvals(1);

        assertThat(stateOf(situation.held(""))).isEqualTo(IntentState.WAITING);
        assertThat(decider.next(situation.held("an owner must approve").read()))
                .isInstanceOfSatisfying(IntentStep.Wait.class, wait -> {
                    assertThat(wait.state()).isEqualTo(IntentState.AWAITING_APPROVAL);
                    assertThat(wait.reason()).startsWith("an owner must approve; r1 awaits approval");
                });
    }

    @Test
    void approvals_are_counted_anew_for_another_plan_than_they_were_counted_for_even_where_it_may_be_applied_unseen() {
        Situation situation = new Situation()
                .rule(Intent.Rule.APPLY)
                .reviewed(planned(1, "seen", NOW))
                .plan(planned(2, "another", NOW));

        assertThat(decider.next(situation.read())).isInstanceOf(IntentStep.Apply.class);
        assertThat(decider.next(situation.countedForAnother().read()))
                .isEqualTo(new IntentStep.Count(
                        "the approvals of its pull request were counted for another plan than r2"));
        // While they are, it waits, rather than to ask for it again and again.
        assertThat(stateOf(situation.held(""))).isEqualTo(IntentState.WAITING);
    }

    @Test
    void a_reviewed_plan_waits_for_the_approvals_that_the_rules_ask_for() {
        Situation situation = new Situation().approvalsWanted(2).reviewed(planned(1, "seen", NOW));

        assertThat(stateOf(situation.approvals(1))).isEqualTo(IntentState.AWAITING_APPROVAL);
        assertThat(decider.next(situation.approvals(2).read())).isInstanceOf(IntentStep.Apply.class);
    }

    @Test
    void an_apply_whose_end_nobody_saw_is_inspected_and_then_a_person_must_approve() {
        Run lost = ended(3, RunState.LOST, "its process is gone");

        assertThat(decider.next(new Situation().apply(lost).read())).isInstanceOf(IntentStep.Inspect.class);

        Situation inspected = new Situation().lost(3).rule(Intent.Rule.APPLY).reviewed(planned(1, "same", NOW));
        assertThat(decider.next(inspected.read())).isInstanceOf(IntentStep.Plan.class);
        assertThat(stateOf(inspected.plan(planned(4, "same", NOW)))).isEqualTo(IntentState.AWAITING_APPROVAL);
    }

    @Test
    void a_stale_plan_is_planned_again_and_any_other_failure_ends_the_intent() {
        Run stale = ended(3, RunState.FAILED, "the saved plan is stale: someone was quicker");
        Run broken = ended(3, RunState.FAILED, "Error: no");

        assertThat(decider.next(new Situation().apply(stale).read())).isInstanceOf(IntentStep.Discard.class);
        assertThat(decider.next(new Situation().apply(broken).read()))
                .isEqualTo(new IntentStep.End(IntentState.FAILED, "r3 failed: Error: no; plumbline logs r3"));
    }

    @Test
    void a_newer_commit_supersedes_it_but_never_while_it_is_being_applied() {
        assertThat(decider.next(new Situation().newer("bbbbbbbb").read()))
                .isEqualTo(new IntentStep.End(IntentState.SUPERSEDED, "commit bbbbbbbb came after it"));
        assertThat(decider.next(new Situation()
                        .newer("bbbbbbbb")
                        .apply(ended(3, RunState.APPLYING, "applying"))
                        .read()))
                .isInstanceOf(IntentStep.Wait.class);
    }

    @Test
    void it_waits_for_an_upstream_that_moves_and_is_blocked_by_one_that_does_not() {
        assertThat(stateOf(new Situation().upstream(IntentState.APPLYING))).isEqualTo(IntentState.WAITING);
        assertThat(stateOf(new Situation().upstream(IntentState.FAILED))).isEqualTo(IntentState.BLOCKED);
        assertThat(stateOf(new Situation().upstream(IntentState.AWAITING_APPROVAL)))
                .isEqualTo(IntentState.BLOCKED);
    }

    @Test
    void a_reader_whose_inputs_stayed_ends_without_a_plan() {
        assertThat(decider.next(new Situation().unaffected().read()))
                .isInstanceOfSatisfying(
                        IntentStep.End.class, end -> assertThat(end.state()).isEqualTo(IntentState.NO_CHANGES));
    }

    @Test
    void a_stack_whose_state_needs_a_person_is_blocked() {
        assertThat(stateOf(new Situation().blocked("r3 could not save its state")))
                .isEqualTo(IntentState.BLOCKED);
    }

    @Test
    void deciding_twice_gives_the_same_step() {
        IntentSnapshot now = new Situation().reviewed(planned(1, "seen", NOW)).read();

        assertThat(decider.next(now)).isEqualTo(decider.next(now));
    }

    private IntentState stateOf(Situation situation) {
        IntentStep step = decider.next(situation.read());
        assertThat(step).isInstanceOf(IntentStep.Wait.class);
        return ((IntentStep.Wait) step).state();
    }

    private static Run planned(long number, String digest, Basis basis) {
        return planned(number, digest, basis, new Counts(1, 0, 0, 0));
    }

    private static Run planned(long number, String digest, Basis basis, Counts counts) {
        return run(number, RunState.PLANNED, "", new PlanFacts(basis, digest, "file", counts), false);
    }

    private static Run handedOver(Run plan) {
        return run(plan.id().number(), plan.state(), "", plan.facts(), true);
    }

    private static Run ended(long number, RunState state, String reason) {
        return run(number, state, reason, null, false);
    }

    private static Run run(long number, RunState state, String reason, @Nullable PlanFacts facts, boolean handedOver) {
        Run.Order order = new Run.Order(
                NETWORK, Phase.PLAN, false, null, COMMIT, "tree", Intent.subject(1), null, GivenOutputs.NONE);
        return new Run(
                new RunId(number), order, state, reason, null, null, facts, handedOver, Instant.EPOCH, null, null);
    }

    /** A snapshot in the making: an intent that was just promised, with nothing in its way. */
    private static final class Situation {
        private Intent.Kind kind = Intent.Kind.APPLY;
        private Intent.Rule rule = Intent.Rule.APPROVE;
        private int approvalsWanted;
        private @Nullable RunId lost;
        private Optional<String> newer = Optional.empty();
        private Optional<Upstream> upstream = Optional.empty();
        private Optional<Run> reviewed = Optional.empty();
        private Optional<Run> plan = Optional.empty();
        private Optional<Run> apply = Optional.empty();
        private Optional<String> difference = Optional.empty();
        private Optional<String> blocked = Optional.empty();
        private boolean unaffected;
        private int approvals;
        private Optional<String> held = Optional.empty();
        private boolean countedForAnother;
        private Optional<String> refusal = Optional.empty();

        Situation kind(Intent.Kind value) {
            kind = value;
            return this;
        }

        Situation rule(Intent.Rule value) {
            rule = value;
            return this;
        }

        Situation approvalsWanted(int value) {
            approvalsWanted = value;
            return this;
        }

        Situation lost(long run) {
            lost = new RunId(run);
            return this;
        }

        Situation newer(String commit) {
            newer = Optional.of(commit);
            return this;
        }

        Situation upstream(IntentState state) {
            upstream = Optional.of(new Upstream("stacks/base", state));
            return this;
        }

        Situation reviewed(Run run) {
            reviewed = Optional.of(run);
            return this;
        }

        Situation plan(Run run) {
            plan = Optional.of(run);
            return this;
        }

        Situation apply(Run run) {
            apply = Optional.of(run);
            return this;
        }

        Situation difference(String sentence) {
            difference = Optional.of(sentence);
            return this;
        }

        Situation blocked(String why) {
            blocked = Optional.of(why);
            return this;
        }

        Situation unaffected() {
            unaffected = true;
            return this;
        }

        Situation approvals(int count) {
            approvals = count;
            return this;
        }

        Situation refusal(String why) {
            refusal = Optional.of(why);
            return this;
        }

        Situation countedForAnother() {
            countedForAnother = true;
            return this;
        }

        Situation held(String why) {
            held = Optional.of(why);
            return this;
        }

        IntentSnapshot read() {
            Intent.Promise promise = new Intent.Promise(
                    NETWORK, 1, COMMIT, "tree", kind, null, "changed", "code", false, rule, approvalsWanted);
            Intent intent = new Intent(
                    1,
                    promise,
                    IntentState.WAITING,
                    "just promised",
                    null,
                    reviewed.map(Run::id).orElse(null),
                    plan.map(Run::id).orElse(null),
                    apply.map(Run::id).orElse(null),
                    lost,
                    Instant.EPOCH,
                    null);
            return new IntentSnapshot(
                    intent,
                    newer,
                    upstream,
                    Optional.empty(),
                    blocked,
                    unaffected,
                    Optional.of(NOW),
                    reviewed,
                    plan,
                    apply,
                    difference,
                    approvals,
                    refusal,
                    held,
                    countedForAnother);
        }
    }
}
