package dev.plumbline.review;

import dev.plumbline.stack.AffectedStack;
import dev.plumbline.stack.ChangeImpact;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which stacks a change touches, in the order in which they go: upstream first, what is destroyed last, readers first. */
final class AffectedStacks {

    List<ChangeStack> between(StackCatalog before, StackCatalog after) {
        Map<StackId, AffectedStack> touched = new HashMap<>();
        ChangeImpact.between(before, after).forEach(stack -> touched.put(stack.stack(), stack));
        Map<StackId, AffectedStack> readers = new HashMap<>();
        ChangeImpact.downstreamOf(touched.keySet(), after).forEach(reader -> {
            if (!touched.containsKey(reader.stack())) {
                readers.put(reader.stack(), reader);
            }
        });
        List<ChangeStack> ordered = new ArrayList<>();
        for (StackId id : after.graph().order()) {
            AffectedStack own = touched.get(id);
            AffectedStack stack = own == null ? readers.get(id) : own;
            if (stack != null && stack.kind() != AffectedStack.Kind.REMOVED) {
                ordered.add(row(stack, after, ordered.size(), own == null));
            }
        }
        List<StackId> downstreamFirst = new ArrayList<>(before.graph().order());
        Collections.reverse(downstreamFirst);
        for (StackId id : downstreamFirst) {
            AffectedStack stack = touched.get(id);
            if (stack != null && stack.kind() == AffectedStack.Kind.REMOVED) {
                ordered.add(row(stack, before, ordered.size(), false));
            }
        }
        return ordered;
    }

    /**
     * {@link #between}, and all others besides.
     *
     * @param why those are among them
     */
    List<ChangeStack> all(StackCatalog before, StackCatalog after, String why) {
        Map<String, ChangeStack> affected = new LinkedHashMap<>();
        between(before, after).forEach(stack -> affected.put(stack.folder(), stack));
        List<ChangeStack> ordered = new ArrayList<>();
        for (StackId id : after.graph().order()) {
            ChangeStack known = affected.remove(id.folder());
            ordered.add(known != null ? known.at(ordered.size()) : unaffected(id, after, why, ordered.size()));
        }
        affected.values().forEach(gone -> ordered.add(gone.at(ordered.size())));
        return ordered;
    }

    private static ChangeStack unaffected(StackId id, StackCatalog code, String why, int place) {
        String hash = code.find(id).orElseThrow().closure().hash();
        return new ChangeStack(id.folder(), Intent.Kind.APPLY, null, why, hash, place, false, null);
    }

    /** A new stack that says where it was moved from, and is wrong: better told than created a second time. */
    private static String unknownOrigin(AffectedStack stack, StackCatalog code) {
        return code.find(stack.stack())
                .flatMap(found -> found.config().movedFrom())
                .filter(from -> stack.kind() == AffectedStack.Kind.ADDED)
                .map(from -> "; its moved_from: " + from + " is no stack of main, so no state comes with it")
                .orElse("");
    }

    private static ChangeStack row(AffectedStack stack, StackCatalog code, int place, boolean reader) {
        return new ChangeStack(
                stack.stack().folder(),
                stack.kind() == AffectedStack.Kind.REMOVED ? Intent.Kind.DESTROY : Intent.Kind.APPLY,
                stack.movedFrom().map(StackId::folder).orElse(null),
                String.join("; ", stack.reasons()) + unknownOrigin(stack, code),
                code.find(stack.stack()).orElseThrow().closure().hash(),
                place,
                reader,
                null);
    }
}
