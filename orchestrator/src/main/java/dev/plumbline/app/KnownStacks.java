package dev.plumbline.app;

import dev.plumbline.drift.DriftCount;
import dev.plumbline.review.Intent;
import dev.plumbline.run.AppliedStacks.Applied;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackNames;
import dev.plumbline.web.Views;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All stacks with what is known of them, each kind asked for once: there may be ten thousand.
 *
 * @param stacks as {@link StackDirectory#all()} gives them
 * @param latest the newest intent of each
 */
record KnownStacks(
        Map<StackId, Optional<Stack>> stacks,
        Map<StackId, Applied> applied,
        Map<StackId, Intent> latest,
        Map<StackId, DriftCount> drift) {

    StackNames names() {
        return StackDirectory.names(stacks);
    }

    List<Views.Stack> views() {
        StackNames names = names();
        return stacks.entrySet().stream()
                .map(stack -> view(stack.getKey(), stack.getValue(), names))
                .toList();
    }

    private Views.Stack view(StackId id, Optional<Stack> stack, StackNames names) {
        @Nullable Applied last = applied.get(id);
        @Nullable Intent intent = latest.get(id);
        @Nullable DriftCount drifted = drift.get(id);
        return new Views.Stack(
                names.printed(id),
                id.repository(),
                id.folder(),
                intent == null ? "unknown" : intent.state().word(),
                intent == null ? "nothing was asked of it yet" : intent.reason(),
                last == null ? null : last.commit(),
                last == null ? null : last.at(),
                drifted == null ? null : drifted.open(),
                drifted == null ? null : drifted.checkedAt(),
                stack.map(found ->
                                found.dependsOn().stream().map(names::printed).toList())
                        .orElse(List.of()));
    }
}
