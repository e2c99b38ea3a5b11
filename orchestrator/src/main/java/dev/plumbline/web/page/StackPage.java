package dev.plumbline.web.page;

import dev.plumbline.stack.StackId;
import dev.plumbline.web.Views;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param runId the plan that awaits approval, {@code r12}; null where none does
 * @param versions the newest of its state; empty where this server keeps none
 * @param applies the newest
 * @param history the newest of what was done with it
 * @param readers the stacks that depend on it
 */
public record StackPage(
        Shell shell,
        Views.Stack stack,
        Views.Why why,
        List<Views.Run> runs,
        List<String> readers,
        @Nullable String runId,
        @Nullable PlanText plan,
        List<Views.StateVersion> versions,
        List<Views.Apply> applies,
        List<Views.HistoryEntry> history,
        List<ActionLink> actions) {

    /** The version before the current one; null where there is none. */
    public Views.@Nullable StateVersion former() {
        return versions.size() > 1 ? versions.get(1) : null;
    }

    /** What an entry is about, where that is not the stack itself. */
    public String about(Views.HistoryEntry entry) {
        boolean itself = entry.subject().equals(stack.repository() + ":" + stack.folder());
        return itself ? "" : entry.subject();
    }

    /** The command that makes a former version current again, to be pasted into a shell. */
    public String rollback(Views.StateVersion version) {
        return "plumbline state rollback " + new StackId(stack.repository(), stack.folder()).typed() + " "
                + version.version();
    }
}
