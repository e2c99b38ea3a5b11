package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change: its stacks, and each one's plan. */
public record ChangePage(Shell shell, Views.Change change, List<Planned> plans, List<ActionLink> actions) {

    /** @param plan null where there is none (yet) */
    public record Planned(Views.ChangeStack stack, @Nullable PlanText plan) {
        /** Whether something is destroyed or replaced. */
        public boolean risky() {
            Views.Counts counts = stack.counts();
            return counts != null && counts.destroy() + counts.replace() > 0;
        }
    }
}
