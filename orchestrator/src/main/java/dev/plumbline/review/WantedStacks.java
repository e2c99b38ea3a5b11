package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.stack.Stack;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the stacks that are not as the default branch wants them now. */
final class WantedStacks {
    private final Changes changes;
    private final Merges merges;
    private final AffectedStacks affected = new AffectedStacks();

    WantedStacks(Changes changes, Merges merges) {
        this.changes = changes;
        this.merges = merges;
    }

    /**
     * Level, not edge: a stack counts while its code is not what was promised last, whatever became of earlier pushes.
     *
     * @param before what main had when it was promised last; empty where it never was
     * @param latest the newest intents, by the folders of their stacks
     * @param after the head of main now
     */
    List<ChangeStack> of(
            Transaction transaction,
            Optional<StackCatalog> before,
            StackCatalog now,
            Map<String, Intent> latest,
            CommitSha after,
            Mirror mirror) {
        Set<Long> early = merges.early(transaction.handle(), now.repository());
        List<Intent> beforeMerge = latest.values().stream()
                .filter(intent -> early.contains(intent.promise().merge()))
                .toList();
        Set<String> ahead = ahead(transaction, beforeMerge, after, mirror, now);
        Set<String> done = beforeMerge.stream()
                .filter(intent -> intent.state().fulfilled())
                .map(intent -> intent.stack().folder())
                .collect(Collectors.toSet());
        // What came to no good end before its merge is asked for by the merge.
        Map<String, Intent> standing = new HashMap<>(latest);
        beforeMerge.stream()
                .filter(intent -> !intent.state().fulfilled())
                .map(intent -> intent.stack().folder())
                .filter(folder -> !ahead.contains(folder))
                .forEach(standing::remove);
        return wanted(before, now, standing, ahead, done).stream()
                .map(stack -> stack.takingOver(latest.get(stack.folder()), now))
                .toList();
    }

    /**
     * @param ahead stacks that count only where main's own code of them moved
     * @param done stacks that were brought on before the merge: what they read was applied then
     */
    private List<ChangeStack> wanted(
            Optional<StackCatalog> before,
            StackCatalog now,
            Map<String, Intent> latest,
            Set<String> ahead,
            Set<String> done) {
        Map<String, ChangeStack> touched = new LinkedHashMap<>();
        before.ifPresent(
                catalog -> affected.between(catalog, now).forEach(stack -> touched.put(stack.folder(), stack)));
        List<ChangeStack> wanted = new ArrayList<>();
        for (StackId id : now.graph().order()) {
            Stack stack = now.find(id).orElseThrow();
            ChangeStack known = touched.remove(id.folder());
            Intent last = latest.get(id.folder());
            String code = stack.closure().hash();
            boolean promised = last != null
                    && last.promise().kind() == Intent.Kind.APPLY
                    && last.promise().code().equals(code);
            boolean waits = known == null && ahead.contains(id.folder());
            // Which program plans a stack may stand beside its code.
            boolean program = known != null
                    && before.flatMap(catalog -> catalog.find(id))
                            .filter(was -> !was.config()
                                    .terraform()
                                    .equals(stack.config().terraform()))
                            .isPresent();
            // Upstream comes first: where nothing is wanted yet, nothing that it reads is.
            boolean reads = known != null && known.reader() && !(done.contains(id.folder()) && wanted.isEmpty());
            if (!waits && (!promised || program || reads)) {
                wanted.add(
                        known != null
                                ? known
                                : new ChangeStack(
                                        id.folder(),
                                        Intent.Kind.APPLY,
                                        null,
                                        "not applied yet",
                                        code,
                                        wanted.size(),
                                        false,
                                        null));
            }
        }
        touched.values().stream()
                .filter(gone -> gone.kind() == Intent.Kind.DESTROY)
                .forEach(wanted::add);
        return wanted;
    }

    /** The stacks of which an open change is applied that this movement doesn't merge: they are as main will be, not as it is. */
    private Set<String> ahead(
            Transaction transaction, Collection<Intent> beforeMerge, CommitSha after, Mirror mirror, StackCatalog now) {
        return beforeMerge.stream()
                .filter(intent -> Optional.ofNullable(intent.change())
                        .flatMap(number -> changes.find(transaction.handle(), number))
                        .filter(change -> change.state().open()
                                && change.head().equals(intent.promise().commit()))
                        .filter(change -> !mirror.isAncestor(change.head(), after)
                                && !changes.allIn(transaction.handle(), change, now))
                        .isPresent())
                .map(intent -> intent.stack().folder())
                .collect(Collectors.toSet());
    }
}
