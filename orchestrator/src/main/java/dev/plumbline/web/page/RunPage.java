package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param who who caused it, as far as that is known; empty else
 * @param approvers of what an apply applies; empty where nobody had to
 * @param log the end of what it said so far
 * @param cut whether something of it stands before that end
 */
public record RunPage(
        Shell shell,
        Views.Run run,
        String who,
        List<String> approvers,
        @Nullable PlanText plan,
        ResourceProgress progress,
        Views.LogChunk log,
        boolean cut,
        List<ActionLink> actions) {

    /** Whether it does what somebody allowed. */
    public boolean applies() {
        return run.phase().contains("apply");
    }

    /** The run's number alone. */
    public String number() {
        return run.id().substring(1);
    }
}
