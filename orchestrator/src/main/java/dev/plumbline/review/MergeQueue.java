package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.QueueEntry;
import dev.plumbline.git.CommitSha;
import dev.plumbline.run.RunLedger;
import dev.plumbline.store.Database;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges entries of a merge queue. The commit of an entry becomes the base as it is, so what is planned there is what will be
 * applied: it must be what was reviewed on the pull request, and nothing that an earlier entry also touches.
 */
final class MergeQueue {
    private final Database database;
    private final Changes changes;
    private final PullBook pulls;
    private final RunLedger ledger;

    MergeQueue(Database database, Changes changes, PullBook pulls, RunLedger ledger) {
        this.database = database;
        this.changes = changes;
        this.pulls = pulls;
        this.ledger = ledger;
    }

    /** Why an entry must not be merged as it is; empty for one that may, and for what is no entry of a queue. */
    Optional<String> refusal(ChangeSnapshot now) {
        Change entry = now.change();
        Optional<QueueEntry> queued = QueueEntry.of(entry.branch());
        Optional<Change> pull = queued.flatMap(found -> pulls.find(entry.repository(), found.pull()))
                .flatMap(found -> Optional.ofNullable(found.change()))
                .flatMap(changes::find);
        if (queued.isEmpty()) {
            return Optional.empty();
        }
        String number = "#" + queued.get().pull();
        if (pull.isEmpty()) {
            return Optional.of("nothing of " + number + " was planned and reviewed here: take it out of the queue");
        }
        if (pull.get().state() != ChangeState.PLANNED && pull.get().state() != ChangeState.NO_CHANGES) {
            return Optional.of(number + " is " + pull.get().state().word() + ": "
                    + pull.get().reason());
        }
        List<ChangeStack> reviewed = stacks(pull.get());
        return shared(entry, queued.get(), reviewed)
                .or(() -> reviewed.stream()
                        .filter(stack -> !asReviewed(stack, now))
                        .findFirst()
                        .map(stack -> "the plan of " + stack.folder() + " is no longer what was reviewed on #"
                                + queued.get().pull() + ": take it out of the queue and look at the plan anew"));
    }

    private List<ChangeStack> stacks(Change change) {
        return database.read(handle -> changes.stacks(handle, change.number()));
    }

    /** What an earlier entry does to a stack is not applied yet, so that nothing after it can be planned on top. */
    private Optional<String> shared(Change entry, QueueEntry queued, List<ChangeStack> own) {
        Set<String> folders = own.stream().map(ChangeStack::folder).collect(Collectors.toSet());
        Set<CommitSha> seen = new HashSet<>();
        Optional<Change> before = at(entry, queued.parent());
        while (before.isPresent() && seen.add(before.get().head())) {
            QueueEntry earlier = QueueEntry.of(before.get().branch()).orElseThrow();
            Optional<String> shared = pulls.find(entry.repository(), earlier.pull())
                    .flatMap(found -> Optional.ofNullable(found.change()))
                    .flatMap(changes::find)
                    .flatMap(change -> stacks(change).stream()
                            .map(ChangeStack::folder)
                            .filter(folders::contains)
                            .findFirst());
            if (shared.isPresent()) {
                return Optional.of(shared.get() + " is also touched by an earlier entry: re-queue after #"
                        + earlier.pull() + " is applied");
            }
            before = at(entry, earlier.parent());
        }
        return Optional.empty();
    }

    /** The entry of the same queue whose commit that is. */
    private Optional<Change> at(Change entry, CommitSha commit) {
        return database.read(handle -> changes.open(handle, entry.repository())).stream()
                .filter(change -> change.head().equals(commit)
                        && QueueEntry.of(change.branch()).isPresent())
                .findFirst();
    }

    private boolean asReviewed(ChangeStack reviewed, ChangeSnapshot now) {
        Optional<String> queued = now.stacks().stream()
                .map(ChangeSnapshot.Standing::stack)
                .filter(stack -> stack.folder().equals(reviewed.folder()))
                .findFirst()
                .flatMap(stack -> ledger.digest(stack.run()));
        Optional<String> seen = ledger.digest(reviewed.run());
        return seen.isEmpty() ? queued.isEmpty() : seen.equals(queued);
    }
}
