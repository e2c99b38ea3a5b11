package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.Remotes;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes pull requests for merged of which their forge said so only after the default branch was taken in. What that movement promised
 * was nobody's then, as if it had been pushed.
 */
final class LateMerges {
    private final Database database;
    private final Changes changes;
    private final Merges merges;
    private final UnseenChanges unseen;
    private final Intents intents;
    private final IntentApprovals approvals;
    private final Pushers pushers;
    private final Endings endings;
    private final PullBook pulls;
    private final Remotes remotes;
    private final Advances advances;

    LateMerges(
            Database database,
            Changes changes,
            Merges merges,
            UnseenChanges unseen,
            Intents intents,
            IntentApprovals approvals,
            Pushers pushers,
            Endings endings,
            PullBook pulls,
            Remotes remotes,
            Advances advances) {
        this.database = database;
        this.changes = changes;
        this.merges = merges;
        this.unseen = unseen;
        this.intents = intents;
        this.approvals = approvals;
        this.pushers = pushers;
        this.endings = endings;
        this.pulls = pulls;
        this.remotes = remotes;
        this.advances = advances;
    }

    /**
     * One of them.
     *
     * @param merge the movement that brought it
     * @param after what the default branch moved to then
     * @param found what it became; empty where that can't be told
     */
    record Late(PullBook.Entry entry, long merge, CommitSha after, Optional<UnseenChanges.Unseen> found) {}

    /** The pull request of a branch that is gone, if it was merged by a movement that was taken in before. */
    Optional<Late> of(Pushes.Movement gone, Mirror mirror) {
        return database.read(handle -> entry(handle, gone, mirror.mainBranch())
                .filter(entry -> entry.pull().base().equals(mirror.mainBranch()))
                .flatMap(entry -> Optional.ofNullable(entry.mergedAs())
                        .flatMap(commit -> merges.bringing(handle, gone.repository(), commit, mirror))
                        .map(merge -> late(handle, entry, merge, mirror))));
    }

    /** That of its open change; else the newest one, where no change stands for that. */
    private Optional<PullBook.Entry> entry(Handle handle, Pushes.Movement gone, String main) {
        Optional<Change> open = changes.openOn(handle, gone.repository(), gone.branch());
        return open.isPresent()
                ? pulls.ofChange(handle, open.get().number())
                : pulls.newestOf(handle, gone.repository(), gone.branch(), main)
                        .filter(entry -> entry.change() == null);
    }

    private Late late(Handle handle, PullBook.Entry entry, long merge, Mirror mirror) {
        Merges.Movement moved = merges.find(handle, merge).orElseThrow();
        CommitSha before = Objects.requireNonNull(moved.before(), "it brought something");
        Set<CommitSha> others = new HashSet<>();
        changes.mergedWith(handle, merge).forEach(change -> others.add(change.head()));
        return new Late(
                entry,
                merge,
                moved.after(),
                unseen.of(entry, new MergedCommits(before, moved.after()), others, mirror));
    }

    /** Merges it, and gives it what was promised for its stacks; gives false where it is over meanwhile. */
    boolean takeIn(Transaction transaction, Late late, Mirror mirror) {
        Handle handle = transaction.handle();
        Optional<Change> change = late.found()
                .flatMap(found -> unseen.open(transaction, found, mirror))
                .or(() -> known(handle, late.entry().change()));
        change.ifPresent(one -> {
            endings.merged(transaction, one, late.merge(), merger(handle, late), late.after(), "");
            promised(handle, one, late.merge()).forEach(intent -> own(transaction, intent, one, mirror));
        });
        return change.isPresent();
    }

    private Optional<Change> known(Handle handle, @Nullable Long number) {
        return Optional.ofNullable(number)
                .flatMap(known -> changes.find(handle, known))
                .filter(change -> change.state().open());
    }

    private String merger(Handle handle, Late late) {
        String login = late.entry().mergedBy();
        return Optional.ofNullable(login)
                .flatMap(known -> remotes.of(late.entry().repository()).map(remote -> remote.actor(known)))
                .or(() -> merges.request(handle, late.merge()).map(Merges.Request::actor))
                .orElse("somebody");
    }

    /** What the movement promised to its stacks, and to nobody's change; or the next one did, where it could not be taken in. */
    private List<Intent> promised(Handle handle, Change change, long merge) {
        List<ChangeStack> stacks = changes.stacks(handle, change.number());
        return merges.takenInFrom(handle, change.repository(), merge).stream()
                .flatMap(taken -> intents.ofMerge(handle, taken).stream())
                .filter(intent -> intent.change() == null)
                .filter(intent -> stacks.stream()
                        .anyMatch(stack -> stack.folder().equals(intent.stack().folder())
                                && stack.kind() == intent.promise().kind()))
                .toList();
    }

    /**
     * Whoever made the change has a hand in it now, and those who approved it are counted. Who approved while nobody knew whose it was
     * may have made it.
     */
    private void own(Transaction transaction, Intent intent, Change change, Mirror mirror) {
        intents.ownedBy(transaction, intent.id(), change.number());
        pushers.record(transaction, intent.id(), pushers.of(transaction.handle(), change, mirror));
        if (!intent.state().fulfilled() && intent.state() != IntentState.APPLYING) {
            approvals.forget(transaction, intent.id());
            intents.toCount(transaction, intent.id());
            advances.mark(transaction, intent.subject());
        }
    }
}
