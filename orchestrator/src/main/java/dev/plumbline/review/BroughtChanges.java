package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.Remotes;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.run.Catalogs;
import dev.plumbline.secret.TerminalText;
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
    private final PullBook pulls;
    private final Remotes remotes;
    private final Catalogs catalogs;
    private final AffectedStacks affected = new AffectedStacks();

    BroughtChanges(
            Database database,
            Changes changes,
            Merges merges,
            MergedChanges mergedChanges,
            PullBook pulls,
            Remotes remotes,
            Catalogs catalogs) {
        this.database = database;
        this.changes = changes;
        this.merges = merges;
        this.mergedChanges = mergedChanges;
        this.pulls = pulls;
        this.remotes = remotes;
        this.catalogs = catalogs;
    }

    /**
     * A pull request that was opened and merged while nobody here looked.
     *
     * @param own what it is on the default branch
     * @param stacks that it touches
     */
    record Unseen(PullBook.Entry entry, MergedCommits own, List<ChangeStack> stacks) {}

    /**
     * What a movement of the default branch brought, read before anything is written.
     *
     * @param commits that the branch has since
     * @param unseen pull requests among them that were never seen open
     */
    record Brought(Set<CommitSha> commits, List<Unseen> unseen) {}

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
                            transaction, change.number(), preview(change.head(), own, mirror), stranded.stacks()));
        }
        return change;
    }

    private static Change.Preview preview(CommitSha head, MergedCommits own, Mirror mirror) {
        return new Change.Preview(head, own.before(), mirror.tree(own.after()).id());
    }

    /** See {@link Brought}. */
    Brought by(Pushes.Movement movement, CommitSha after, Mirror mirror) {
        CommitSha before = movement.before();
        if (before == null || !mirror.has(before)) {
            return new Brought(Set.of(), List.of());
        }
        Set<CommitSha> commits = new HashSet<>(mirror.between(before, after, Integer.MAX_VALUE));
        return new Brought(commits, unseen(movement.repository(), commits, new MergedCommits(before, after), mirror));
    }

    private List<Unseen> unseen(String repository, Set<CommitSha> commits, MergedCommits moved, Mirror mirror) {
        return database.read(handle -> pulls.mergedWithoutChange(handle, repository)).stream()
                .filter(entry -> commits.contains(entry.mergedAs()))
                .filter(entry -> mirror.has(entry.pull().head()))
                .flatMap(entry -> MergedCommits.of(
                        entry.pull().head(), Optional.ofNullable(entry.mergedAs()), moved, Set.of(), mirror)
                        .map(own -> new Unseen(entry, own, stacks(entry.repository(), own, mirror)))
                        .stream())
                .toList();
    }

    private List<ChangeStack> stacks(String repository, MergedCommits own, Mirror mirror) {
        StackCatalog before = catalogs.of(repository, mirror.tree(own.before()).id());
        StackCatalog after = catalogs.of(repository, mirror.tree(own.after()).id());
        return before.usable() && after.usable() ? affected.between(before, after) : List.of();
    }

    /**
     * Those that were open, and those that nobody saw, which become changes now.
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
        brought.unseen().forEach(one -> open(transaction, one, mirror));
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

    private void open(Transaction transaction, Unseen unseen, Mirror mirror) {
        PullBook.Entry entry = unseen.entry();
        String repository = entry.repository();
        String branch = entry.pull().branchHere();
        boolean taken = pulls.mergedWithoutChange(transaction.handle(), repository).stream()
                .noneMatch(still -> still.pull().number() == entry.pull().number());
        if (taken || changes.openOn(transaction.handle(), repository, branch).isPresent()) {
            return;
        }
        String author = remotes.of(repository)
                .map(remote -> remote.actor(TerminalText.safeLine(entry.pull().author())))
                .orElse(entry.pull().author());
        long number = changes.open(
                transaction,
                repository,
                branch,
                entry.pull().head(),
                TerminalText.safeLine(entry.pull().title()),
                author);
        pulls.is(transaction, entry, number);
        changes.previewed(transaction, number, preview(entry.pull().head(), unseen.own(), mirror), unseen.stacks());
        transaction.record(
                author,
                "change",
                Change.id(repository, number, entry.pull().number()),
                "opened and merged while it wasn't looked at");
    }
}
