package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.git.CommitSha;
import dev.plumbline.review.ChangeSnapshot.Deferred;
import dev.plumbline.review.ChangeSnapshot.Ended;
import dev.plumbline.review.ChangeSnapshot.Running;
import dev.plumbline.review.ChangeSnapshot.Standing;
import dev.plumbline.run.Basis;
import dev.plumbline.run.Counts;
import dev.plumbline.run.GivenOutputs;
import dev.plumbline.run.Phase;
import dev.plumbline.run.PlanFacts;
import dev.plumbline.run.Run;
import dev.plumbline.run.RunId;
import dev.plumbline.run.RunState;
import dev.plumbline.stack.Released;
import dev.plumbline.stack.StackId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlansDigestTest {
    private static final CommitSha HEAD = new CommitSha("a".repeat(40));
    private static final CommitSha BASE = new CommitSha("b".repeat(40));
    private static final String NETWORK = "1".repeat(64);
    private static final String APP = "2".repeat(64);

    @Test
    void the_same_plans_have_the_same_digest_in_any_order_and_by_any_run() {
        Optional<PlansDigest> digest = digest(planned("network", 1, NETWORK), planned("app", 2, APP));

        assertThat(digest).isEqualTo(digest(planned("app", 8, APP), planned("network", 9, NETWORK)));
        assertThat(digest.orElseThrow().hex()).matches("[0-9a-f]{64}");
        assertThat(digest.orElseThrow().abbreviated())
                .hasSize(12)
                .isEqualTo(digest.orElseThrow().hex().substring(0, 12));
    }

    @Test
    void another_plan_or_another_stack_gives_another_digest() {
        Optional<PlansDigest> digest = digest(planned("network", 1, NETWORK));

        assertThat(digest)
                .isNotEqualTo(digest(planned("network", 1, APP)))
                .isNotEqualTo(digest(planned("app", 1, NETWORK)))
                .isNotEqualTo(digest(planned("network", 1, NETWORK), planned("app", 2, APP)));
    }

    @Test
    void there_is_none_while_a_plan_is_missing_or_failed() {
        Standing done = planned("network", 1, NETWORK);

        assertThat(digest(done, new Running(stack("app", 2), run(2, RunState.PLANNING, null), "planning")))
                .isEmpty();
        assertThat(digest(done, new Ended(stack("app", 2), run(2, RunState.FAILED, null), "failed")))
                .isEmpty();
        assertThat(digest()).isEmpty();
    }

    @Test
    void a_stack_that_is_planned_after_the_merge_does_not_hold_it_up() {
        Standing done = planned("network", 1, NETWORK);

        assertThat(digest(done, new Deferred(stack("app", 2), "planned after network is applied")))
                .isEqualTo(digest(done))
                .isPresent();
    }

    @Test
    void plans_of_another_head_than_the_present_one_have_none() {
        assertThat(digest(new Change.Preview(BASE, BASE, "tree"), planned("network", 1, NETWORK)))
                .isEmpty();
    }

    private static Optional<PlansDigest> digest(Standing... stacks) {
        return digest(new Change.Preview(HEAD, BASE, "tree"), stacks);
    }

    private static Optional<PlansDigest> digest(Change.Preview preview, Standing... stacks) {
        Change change = new Change(
                1,
                "main",
                "topic",
                "Title",
                "ann",
                HEAD,
                preview,
                ChangeState.PLANNED,
                "",
                null,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
        return PlansDigest.of(new ChangeSnapshot(
                change,
                Optional.of(BASE),
                List.of(),
                false,
                List.of(stacks),
                List.of(),
                Optional.empty(),
                false,
                Released.NONE,
                Optional.empty()));
    }

    private static Standing planned(String folder, long run, String digest) {
        PlanFacts facts =
                new PlanFacts(new Basis("code", 1, "inputs", "terraform"), digest, "file", new Counts(1, 0, 0, 0));
        return new Ended(stack(folder, run), run(run, RunState.PLANNED, facts), "planned");
    }

    private static ChangeStack stack(String folder, long run) {
        return new ChangeStack(folder, Intent.Kind.APPLY, null, "changed", "code", 0, false, new RunId(run));
    }

    private static Run run(long number, RunState state, @Nullable PlanFacts facts) {
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
        return new Run(new RunId(number), order, state, "", null, null, facts, false, Instant.EPOCH, null, null);
    }
}
