package dev.plumbline.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.plumbline.git.CommitSha;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Subject;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What whoever watches the server's log hears of a run that ended. */
class EndedRunLogTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(RunAdvance.class);
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        log.addAppender(heard);
        heard.start();
    }

    @AfterEach
    void stop() {
        log.detachAppender(heard);
        log.setAdditive(true);
        log.setLevel(null);
    }

    private ILoggingEvent told(Phase phase, RunState state, String reason) {
        Run.Order order = new Run.Order(
                new StackId("team/infra", "stacks/network"),
                phase,
                false,
                null,
                new CommitSha("a".repeat(40)),
                "tree",
                new Subject("intent", 1),
                null,
                GivenOutputs.NONE);
        RunAdvance.told(
                new Run(new RunId(5), order, state, reason, null, null, null, false, Instant.EPOCH, null, null));
        return heard.list.get(heard.list.size() - 1);
    }

    @Test
    void a_failed_apply_is_a_warning_with_its_stack_its_run_and_what_to_do() {
        ILoggingEvent failed = told(Phase.APPLY, RunState.FAILED, "local-exec provisioner error\n\non main.tf line 2");

        assertThat(failed.getLevel()).isEqualTo(Level.WARN);
        assertThat(failed.getFormattedMessage())
                .isEqualTo(
                        "r5 (apply) of team/infra:stacks/network: failed, local-exec provisioner error; plumbline logs"
                                + " r5 shows what it did, plumbline why team/infra:stacks/network how to go on");
    }

    @Test
    void a_lost_apply_is_a_warning_too() {
        assertThat(told(Phase.APPLY, RunState.LOST, "what it did is unknown").getLevel())
                .isEqualTo(Level.WARN);
    }

    @Test
    void what_is_planned_again_by_itself_what_was_stopped_and_what_changed_nothing_is_no_warning() {
        assertThat(told(Phase.APPLY, RunState.FAILED, Run.STALE).getLevel()).isEqualTo(Level.INFO);
        assertThat(told(Phase.APPLY, RunState.CANCELLED, "cancelled by ada").getLevel())
                .isEqualTo(Level.INFO);
        assertThat(told(Phase.PLAN, RunState.FAILED, "invalid code").getLevel()).isEqualTo(Level.INFO);
        assertThat(told(Phase.APPLY, RunState.APPLIED, "1 added").getFormattedMessage())
                .isEqualTo("r5 (apply) of team/infra:stacks/network: applied, 1 added");
    }
}
