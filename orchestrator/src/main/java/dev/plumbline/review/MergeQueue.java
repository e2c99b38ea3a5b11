package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.QueueEntry;
import dev.plumbline.git.CommitSha;
import dev.plumbline.run.Catalogs;
import dev.plumbline.run.RunEngine;
import dev.plumbline.run.RunLedger;
import dev.plumbline.store.Database;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges entries of a merge queue. The commit of an entry becomes the base as it is, so what is planned there is what will be
 * applied: it must be what was reviewed on the pull request, and nothing that an earlier entry also touches.
 */
final class MergeQueue {
    private final Database database;
    private final Changes changes;
    private final PullBook pulls;
    private final RunLedger ledger;
    private final Catalogs catalogs;

    MergeQueue(Database database, Changes changes, PullBook pulls, RunEngine engine) {
        this.database = database;
        this.changes = changes;
        this.pulls = pulls;
        this.ledger = engine.ledger();
        this.catalogs = engine.catalogs();
    }

    /**
     * What keeps an entry from being merged as it is.
     *
     * @param lasts false while its pull request is looked at anew: then the entry is to be judged again
     */
    record Obstacle(String why, boolean lasts) {}

    /** Empty for an entry that may be merged, and for what is no entry of a queue. */
    Optional<Obstacle> obstacle(ChangeSnapshot now) {
        Change entry = now.change();
        Optional<QueueEntry> queued = QueueEntry.of(entry.branch());
        if (queued.isEmpty()) {
            return Optional.empty();
        }
        String number = "#" + queued.get().pull();
        Optional<Change> pull = change(entry.repository(), queued.get());
        if (pull.isEmpty()) {
            return lasting("nothing of " + number + " was planned and reviewed here: take it out of the queue");
        }
        if (pull.get().state() == ChangeState.PLANNING || !sameBase(pull.get(), entry)) {
            return Optional.of(new Obstacle(number + " is planned anew, since main moved", false));
        }
        if (pull.get().state() != ChangeState.PLANNED && pull.get().state() != ChangeState.NO_CHANGES) {
            return lasting(number + " is " + pull.get().state().word() + ": "
                    + pull.get().reason());
        }
        return differing(now, stacks(pull.get()), earlier(entry, queued.get()), number);
    }

    private static Optional<Obstacle> lasting(String why) {
        return Optional.of(new Obstacle(why, true));
    }

    private static boolean sameBase(Change pull, Change entry) {
        return Optional.ofNullable(pull.preview())
                .map(Change.Preview::base)
                .equals(Optional.ofNullable(entry.preview()).map(Change.Preview::base));
    }

    private static Optional<String> folders(Stream<String> folders) {
        return folders.sorted().findFirst();
    }

    /** @param earlier the pull requests of entries before this one, by the stacks that they touch */
    private Optional<Obstacle> differing(
            ChangeSnapshot now, List<ChangeStack> reviewed, Map<String, Long> earlier, String number) {
        Set<String> own = reviewed.stream().map(ChangeStack::folder).collect(Collectors.toSet());
        // What an earlier entry does to a stack is not applied yet, so that nothing after it can be planned on top.
        Optional<String> shared = folders(own.stream().filter(earlier::containsKey));
        if (shared.isPresent()) {
            return lasting(shared.get() + " is also touched by an earlier entry: re-queue after #"
                    + earlier.get(shared.get()) + " is applied");
        }
        Optional<String> moved = folders(reviewed.stream()
                .filter(stack -> !asReviewed(stack, now) && !untouched(stack, now))
                .map(ChangeStack::folder));
        if (moved.isPresent()) {
            return lasting("the plan of " + moved.get() + " is no longer what was reviewed on " + number
                    + ": take it out of the queue and look at the plan anew");
        }
        return folders(now.stacks().stream()
                        .map(standing -> standing.stack().folder())
                        .filter(folder -> !own.contains(folder) && !earlier.containsKey(folder)))
                .flatMap(unseen -> lasting("it also touches " + unseen + ", of which " + number
                        + " shows no plan: take it out of the queue and look at the plan anew"));
    }

    private List<ChangeStack> stacks(Change change) {
        return database.read(handle -> changes.stacks(handle, change.number()));
    }

    private Optional<Change> change(String repository, QueueEntry entry) {
        return pulls.find(repository, entry.pull())
                .flatMap(found -> Optional.ofNullable(found.change()))
                .flatMap(changes::find);
    }

    private Map<String, Long> earlier(Change entry, QueueEntry queued) {
        Map<String, Long> byStack = new HashMap<>();
        Set<CommitSha> seen = new HashSet<>();
        Optional<Change> before = at(entry, queued.parent());
        while (before.isPresent() && seen.add(before.get().head())) {
            QueueEntry earlier = QueueEntry.of(before.get().branch()).orElseThrow();
            change(entry.repository(), earlier).map(this::stacks).stream()
                    .flatMap(List::stream)
                    .forEach(stack -> byStack.putIfAbsent(stack.folder(), earlier.pull()));
            before = at(entry, earlier.parent());
        }
        return byStack;
    }

    /** The entry of the same queue whose commit that is. */
    private Optional<Change> at(Change entry, CommitSha commit) {
        return database.read(handle -> changes.open(handle, entry.repository())).stream()
                .filter(change -> change.head().equals(commit)
                        && QueueEntry.of(change.branch()).isPresent())
                .findFirst();
    }

    /** Whether it was planned only since a label asked for that: the entry leaves its code as it is. */
    private boolean untouched(ChangeStack reviewed, ChangeSnapshot now) {
        Change.Preview preview = now.change().preview();
        return now.stacks().stream()
                        .noneMatch(standing -> standing.stack().folder().equals(reviewed.folder()))
                && preview != null
                && preview.tree() != null
                && reviewed.asIn(catalogs.of(now.change().repository(), preview.tree()));
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
