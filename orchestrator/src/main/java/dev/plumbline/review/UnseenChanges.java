package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullRequest;
import dev.plumbline.forge.Remotes;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.run.Catalogs;
import dev.plumbline.secret.TerminalText;
import dev.plumbline.stack.StackCatalog;
import dev.plumbline.store.Transaction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Pull requests that were merged as nobody here saw them: they were opened, pushed to or mended, and merged, between two looks. */
final class UnseenChanges {
    private final Changes changes;
    private final FormerHeads formerHeads;
    private final PullBook pulls;
    private final Remotes remotes;
    private final Catalogs catalogs;
    private final AffectedStacks affected = new AffectedStacks();

    UnseenChanges(Changes changes, FormerHeads formerHeads, PullBook pulls, Remotes remotes, Catalogs catalogs) {
        this.changes = changes;
        this.formerHeads = formerHeads;
        this.pulls = pulls;
        this.remotes = remotes;
        this.catalogs = catalogs;
    }

    /**
     * One of them.
     *
     * @param own what it is on the default branch
     * @param stacks that it touches
     */
    record Unseen(PullBook.Entry entry, MergedCommits own, List<ChangeStack> stacks) {}

    /** Those that may be, whatever merged them. */
    List<PullBook.Entry> candidates(Handle handle, String repository, String main) {
        Stream<PullBook.Entry> moved = changes.open(handle, repository).stream()
                .flatMap(change -> pulls.ofChange(handle, change.number()).stream()
                        .filter(entry -> entry.mergedAs() != null && !seen(change, entry)));
        return Stream.concat(pulls.mergedWithoutChange(handle, repository, main).stream(), moved)
                .toList();
    }

    /** Whether its stacks are known as it was merged. */
    private static boolean seen(Change change, PullBook.Entry entry) {
        Change.Preview preview = change.preview();
        return preview != null
                && preview.tree() != null
                && preview.head().equals(entry.pull().head());
    }

    /**
     * What one became; empty where that can't be told.
     *
     * @param moved how the default branch moved when it was merged
     * @param others heads of other changes that the same movement brought
     */
    Optional<Unseen> of(PullBook.Entry entry, MergedCommits moved, Set<CommitSha> others, Mirror mirror) {
        CommitSha head = entry.pull().head();
        return mirror.has(head) && !joinedAsSeen(entry, mirror)
                ? MergedCommits.of(head, Optional.ofNullable(entry.mergedAs()), moved, others, mirror)
                        .map(own -> new Unseen(entry, own, stacks(entry.repository(), own, mirror)))
                : Optional.empty();
    }

    /** Whether the head that is known here was merged. Gitea names where the branch is now, which may have moved since. */
    private boolean joinedAsSeen(PullBook.Entry entry, Mirror mirror) {
        CommitSha as = entry.mergedAs();
        Long change = entry.change();
        return as != null
                && change != null
                && !MergedCommits.joined(as, entry.pull().head(), mirror)
                && changes.find(change)
                        .filter(known -> MergedCommits.joined(as, known.head(), mirror))
                        .isPresent();
    }

    private List<ChangeStack> stacks(String repository, MergedCommits own, Mirror mirror) {
        StackCatalog before = catalogs.of(repository, mirror.tree(own.before()).id());
        StackCatalog after = catalogs.of(repository, mirror.tree(own.after()).id());
        return before.usable() && after.usable() ? affected.between(before, after) : List.of();
    }

    /** Lets a change stand for it, as it was merged; gives none where its branch stands for another one meanwhile. */
    Optional<Change> open(Transaction transaction, Unseen unseen, Mirror mirror) {
        PullBook.Entry entry = unseen.entry();
        PullRequest pull = entry.pull();
        String repository = entry.repository();
        Optional<Change> known = changes.openOn(transaction.handle(), repository, pull.branchHere());
        Long stands = pulls.find(transaction.handle(), repository, pull.number())
                .map(PullBook.Entry::change)
                .orElse(null);
        if (!Objects.equals(stands, known.map(Change::number).orElse(null))) {
            return Optional.empty();
        }
        long number = known.filter(change -> change.head().equals(pull.head()))
                .map(Change::number)
                .orElseGet(() -> open(transaction, entry, known));
        changes.previewed(transaction, number, unseen.own().preview(pull.head(), mirror), unseen.stacks());
        return changes.find(transaction.handle(), number);
    }

    private long open(Transaction transaction, PullBook.Entry entry, Optional<Change> known) {
        PullRequest pull = entry.pull();
        String repository = entry.repository();
        known.ifPresent(change -> formerHeads.remember(transaction, change));
        String author = TerminalText.safeLine(pull.author());
        String actor =
                remotes.of(repository).map(remote -> remote.actor(author)).orElse(author);
        long number = changes.open(
                transaction, repository, pull.branchHere(), pull.head(), TerminalText.safeLine(pull.title()), actor);
        pulls.is(transaction, entry, number);
        transaction.record(
                actor,
                "change",
                Change.id(repository, number, pull.number()),
                (known.isPresent() ? "moved to " + pull.head().abbreviated() : "opened")
                        + " and merged while it wasn't looked at");
        return number;
    }
}
