package dev.plumbline.app;

import dev.plumbline.drift.DriftCount;
import dev.plumbline.drift.DriftWatch;
import dev.plumbline.review.IntentState;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.Standing;
import dev.plumbline.run.AppliedStacks.LastApply;
import dev.plumbline.run.RunEngine;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackId;
import dev.plumbline.stack.StackNames;
import dev.plumbline.web.Views;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All stacks with what is known of them, each kind asked for once: there may be ten thousand.
 *
 * @param stacks as {@link StackDirectory#all()} gives them
 * @param standings by the newest intent of each
 * @param unmanaged as {@link StackDirectory#unmanaged} gives them
 */
record KnownStacks(
        Map<StackId, Optional<Stack>> stacks,
        Map<StackId, LastApply> applied,
        Map<StackId, Standing> standings,
        Map<StackId, String> unmanaged,
        Map<StackId, DriftCount> drift) {
    /** The state of a stack that main leaves alone. */
    static final String UNMANAGED = "unmanaged";

    static KnownStacks of(StackDirectory directory, RunEngine engine, Reviews reviews, DriftWatch drift) {
        Map<StackId, LastApply> applied = engine.applied().lastApplies();
        Map<StackId, Standing> standings = new LinkedHashMap<>();
        reviews.standings().forEach(standing -> standings.put(standing.stack(), standing));
        return new KnownStacks(
                directory.all(standings.values(), applied.keySet()),
                applied,
                standings,
                directory.unmanaged(standings.values()),
                drift.counts());
    }

    /** What goes no further without a person; not what only waits for another stack, since that one is named itself. */
    List<Standing> needingAPerson() {
        return standings.values().stream()
                .filter(Standing::needsAPerson)
                .filter(standing -> standing.state() != IntentState.BLOCKED || !waitsForAnother(standing.stack()))
                .toList();
    }

    private boolean waitsForAnother(StackId id) {
        Optional<Stack> stack = stacks.getOrDefault(id, Optional.empty());
        return stack.stream()
                .flatMap(found -> found.dependsOn().stream())
                .flatMap(upstream -> Optional.ofNullable(standings.get(upstream)).stream())
                .anyMatch(Standing::needsAPerson);
    }

    StackNames names() {
        return StackDirectory.names(stacks);
    }

    List<Views.Stack> views(StackNames names) {
        return stacks.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(stack -> view(stack.getKey(), stack.getValue(), names))
                .toList();
    }

    private Views.Stack view(StackId id, Optional<Stack> stack, StackNames names) {
        @Nullable LastApply last = applied.get(id);
        @Nullable Standing standing = standings.get(id);
        @Nullable String left = unmanaged.get(id);
        // What was found once is watched no longer.
        @Nullable DriftCount drifted = left == null ? drift.get(id) : null;
        return new Views.Stack(
                names.printed(id),
                id.repository(),
                id.folder(),
                left != null
                        ? UNMANAGED
                        : standing == null ? "unknown" : standing.state().word(),
                left != null ? left : standing == null ? "nothing was asked of it yet" : standing.reason(),
                last == null ? null : last.commit(),
                last == null ? null : last.at(),
                drifted == null ? null : drifted.open(),
                drifted == null ? null : drifted.checkedAt(),
                stack.map(found ->
                                found.dependsOn().stream().map(names::printed).toList())
                        .orElse(List.of()));
    }
}
