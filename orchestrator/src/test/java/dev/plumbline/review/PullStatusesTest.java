package dev.plumbline.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.forge.CommitStatus;
import dev.plumbline.forge.CommitStatus.State;
import dev.plumbline.git.CommitSha;
import dev.plumbline.stack.StackId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stands beside the commit that main moved to. */
class PullStatusesTest {
    private static final CommitSha COMMIT = new CommitSha("a".repeat(40));

    private static List<CommitStatus> told(IntentState... states) {
        List<Intent> intents = Arrays.stream(states)
                .map(state -> intent("stacks/" + state.word(), state))
                .toList();
        return new PullStatuses(new PageLinks(Optional.empty())).of(COMMIT, Optional.empty(), intents);
    }

    private static Intent intent(String folder, IntentState state) {
        Intent.Promise promise = new Intent.Promise(
                new StackId("main", folder),
                1,
                COMMIT,
                "tree",
                Intent.Kind.APPLY,
                null,
                "its code changed",
                "code",
                false,
                Intent.Rule.APPROVE,
                0);
        return new Intent(1, promise, state, "since", null, null, null, null, null, Instant.EPOCH, null);
    }

    @Test
    void what_waits_for_approval_is_pending_and_named_before_what_is_done() {
        List<CommitStatus> told = told(IntentState.APPLIED, IntentState.AWAITING_APPROVAL);

        assertThat(told.get(0).state()).isEqualTo(State.PENDING);
        assertThat(told.get(0).description())
                .isEqualTo("stacks/awaiting-approval waits for approval, stacks/applied applied");
        assertThat(told.get(2).state()).isEqualTo(State.PENDING);
        assertThat(told.get(2).description()).isEqualTo("waits for approval: since");
    }

    @Test
    void what_is_blocked_is_pending_only_while_something_waits_for_approval() {
        assertThat(told(IntentState.BLOCKED, IntentState.AWAITING_APPROVAL))
                .extracting(CommitStatus::state)
                .containsOnly(State.PENDING);
        assertThat(told(IntentState.BLOCKED, IntentState.APPLIED).get(0).state())
                .isEqualTo(State.FAILURE);
    }

    @Test
    void what_failed_is_a_failure_whatever_waits_beside_it() {
        List<CommitStatus> told = told(IntentState.FAILED, IntentState.AWAITING_APPROVAL, IntentState.APPLIED);

        assertThat(told)
                .extracting(CommitStatus::state)
                .containsExactly(State.FAILURE, State.FAILURE, State.PENDING, State.SUCCESS);
    }

    @Test
    void nothing_has_failed_while_something_is_still_applied() {
        assertThat(told(IntentState.APPLYING, IntentState.AWAITING_APPROVAL)
                        .get(0)
                        .description())
                .isEqualTo("applying 2 stacks");
    }
}
