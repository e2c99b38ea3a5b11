package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.stack.StackId;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the changes that a movement of the default branch merged, or that earlier ones did when nothing could be promised for them. */
final class BroughtChanges {
    private final Database database;
    private final Changes changes;
    private final Merges merges;
    private final MergedChanges mergedChanges;
    private final UnseenChanges unseen;
    private final PullBook pulls;
    private final AffectedStacks affected = new AffectedStacks();

    BroughtChanges(
            Database database,
            Changes changes,
            Merges merges,
            MergedChanges mergedChanges,
            UnseenChanges unseen,
            PullBook pulls) {
        this.database = database;
        this.changes = changes;
        this.merges = merges;
        this.mergedChanges = mergedChanges;
        this.unseen = unseen;
        this.pulls = pulls;
    }

    /**
     * What a movement of the default branch brought, read before anything is written.
     *
     * @param commits that the branch has since
     * @param unseen pull requests among them that were never seen as they were merged
     */
    record Brought(Set<CommitSha> commits, List<UnseenChanges.Unseen> unseen) {}

    /**
     * A change that was merged while the default branch could not be taken in.
     *
     * @param own what it is on the default branch; empty where that can't be told
     * @param stacks that its files belong to, of those that are to be brought on now
     */
    record Stranded(Change change, Optional<MergedCommits> own, List<ChangeStack> stacks) {}

    /**
     * Those that nothing was promised for yet, oldest first. Planned on a broken branch they had no stacks, so those are found by their
     * files.
     *
     * @param before what main had when it was promised last
     */
    List<Stranded> stranded(String repository, Optional<StackCatalog> before, StackCatalog now, Mirror mirror) {
        List<Change> merged = database.read(
                handle -> changes.mergedSince(handle, repository, merges.lastTakenIn(handle, repository)));
        if (merged.isEmpty() || !now.usable()) {
            return List.of();
        }
        List<ChangeStack> moved =
                before.map(catalog -> affected.between(catalog, now)).orElse(List.of());
        return merged.stream()
                .map(change -> {
                    Optional<MergedCommits> own = mergedChanges.own(change);
                    Set<String> files =
                            own.map(commits -> commits.files(mirror)).orElse(Set.of());
                    return new Stranded(
                            change,
                            own,
                            moved.stream()
                                    .filter(stack -> reads(stack, files, before.orElse(now), now))
                                    .toList());
                })
                .toList();
    }

    private static boolean reads(ChangeStack stack, Set<String> files, StackCatalog before, StackCatalog now) {
        StackCatalog code = stack.kind() == Intent.Kind.DESTROY ? before : now;
        return code.find(new StackId(code.repository(), stack.folder())).stream()
                .flatMap(found -> found.closure().parts().stream())
                .anyMatch(part -> files.contains(part.entry().path()));
    }

    /** Gives such a change its stacks, where it has none; gives the change back. */
    Change take(Transaction transaction, Stranded stranded, Mirror mirror) {
        Change change = stranded.change();
        if (changes.stacks(transaction.handle(), change.number()).isEmpty()) {
            stranded.own()
                    .ifPresent(own -> changes.previewed(
                            transaction, change.number(), own.preview(change.head(), mirror), stranded.stacks()));
        }
        return change;
    }

    /** See {@link Brought}. */
    Brought by(Pushes.Movement movement, CommitSha after, Mirror mirror) {
        CommitSha before = movement.before();
        if (before == null || !mirror.has(before)) {
            return new Brought(Set.of(), List.of());
        }
        Set<CommitSha> commits = new HashSet<>(mirror.between(before, after, Integer.MAX_VALUE));
        String repository = movement.repository();
        MergedCommits moved = new MergedCommits(before, after);
        List<UnseenChanges.Unseen> found =
                database.read(handle -> unseen.candidates(handle, repository, mirror.mainBranch())).stream()
                        .filter(entry -> commits.contains(entry.mergedAs()))
                        .flatMap(entry -> unseen.of(entry, moved, Set.of(), mirror).stream())
                        .toList();
        return new Brought(commits, found);
    }

    /**
     * Those that were open, and those that nobody saw, which become changes now, or are changed to what they were merged as.
     *
     * @param before what main had when it was promised last; empty where it never was
     */
    List<Change> of(
            Transaction transaction,
            String repository,
            CommitSha after,
            Optional<StackCatalog> before,
            StackCatalog now,
            Mirror mirror,
            Brought brought) {
        brought.unseen().forEach(one -> unseen.open(transaction, one, mirror));
        return changes.open(transaction.handle(), repository).stream()
                .filter(change -> mirror.isAncestor(change.head(), after)
                        || brought.commits().contains(mergedAs(transaction, change))
                        || changes.broughtIn(transaction.handle(), change, before, now))
                .toList();
    }

    private @Nullable CommitSha mergedAs(Transaction transaction, Change change) {
        return pulls.ofChange(transaction.handle(), change.number())
                .map(PullBook.Entry::mergedAs)
                .orElse(null);
    }
}
