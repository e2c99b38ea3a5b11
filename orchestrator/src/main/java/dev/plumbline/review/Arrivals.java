package dev.plumbline.review;

import dev.plumbline.forge.BranchListener;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.server.Push;
import dev.plumbline.git.server.RefChange;
import dev.plumbline.store.Advances;
import dev.plumbline.store.Database;
import dev.plumbline.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where movements of branches come in, pushed here or seen elsewhere: each is written down before the branch moves. */
final class Arrivals implements BranchListener {
    private final Database database;
    private final Pushes pushes;
    private final Advances advances;

    Arrivals(Database database, Pushes pushes, Advances advances) {
        this.database = database;
        this.pushes = pushes;
        this.advances = advances;
    }

    @Override
    public void moving(List<Push> movements, Instant unmoved) {
        record(movements, unmoved);
    }

    @Override
    public void moved(List<Push> movements) {
        came(movements);
    }

    /**
     * Writes movements down that are about to come about.
     *
     * @param unmoved when the branches were last known not to have moved yet; null for now
     */
    void record(List<Push> movements, @Nullable Instant unmoved) {
        // What goes comes last: it may have been merged in the same breath.
        database.change(transaction -> {
            for (boolean goes : List.of(false, true)) {
                movements.forEach(push -> push.changes().stream()
                        .filter(ref -> ref.after().isEmpty() == goes)
                        .forEach(ref ->
                                ref.branch().ifPresent(branch -> record(transaction, push, ref, branch, unmoved))));
            }
        });
    }

    /** They came about: what they mean is looked at. Gives the movements' ids. */
    List<Long> came(List<Push> movements) {
        List<Long> ids = new ArrayList<>();
        database.change(transaction -> movements.forEach(push -> push.changes()
                .forEach(ref -> ref.branch().ifPresent(branch -> ids.add(mark(transaction, push, ref, branch))))));
        return ids;
    }

    private long record(Transaction transaction, Push push, RefChange ref, String branch, @Nullable Instant unmoved) {
        CommitSha before = ref.before().orElse(null);
        CommitSha after = ref.after().orElse(null);
        return pushes.record(transaction, push.repository(), branch, before, after, push.actor(), unmoved);
    }

    private long mark(Transaction transaction, Push push, RefChange ref, String branch) {
        CommitSha before = ref.before().orElse(null);
        CommitSha after = ref.after().orElse(null);
        // Looked at between being written down and the ref's move, it seemed never to have come about, and was
        // forgotten.
        long id = pushes.newest(transaction.handle(), push.repository(), branch, before, after)
                .orElseGet(() -> record(transaction, push, ref, branch, null));
        advances.mark(transaction, Pushes.Movement.subject(id));
        return id;
    }
}
