package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param who who caused it, as far as that is known; empty else
 * @param log the end of what it said so far
 * @param cut whether something of it stands before that end
 */
public record RunPage(
        Shell shell,
        Views.Run run,
        String who,
        @Nullable PlanText plan,
        ResourceProgress progress,
        Views.LogChunk log,
        boolean cut,
        List<ActionLink> actions) {

    /** The run's number alone. */
    public String number() {
        return run.id().substring(1);
    }
}
