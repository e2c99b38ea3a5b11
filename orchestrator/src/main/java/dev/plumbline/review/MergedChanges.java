package dev.plumbline.review;

import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullDetail;
import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.run.Catalogs;
import dev.plumbline.store.Database;
import java.util.Optional;
import java.util.Set;

/** What merged changes became on the default branch. */
public final class MergedChanges {
    private final Database database;
    private final Changes changes;
    private final Merges merges;
    private final PullBook pulls;
    private final Catalogs catalogs;

    MergedChanges(Database database, Changes changes, Merges merges, PullBook pulls, Catalogs catalogs) {
        this.database = database;
        this.changes = changes;
        this.merges = merges;
        this.pulls = pulls;
        this.catalogs = catalogs;
    }

    /** How the default branch moved when a change was merged: what it brought, if perhaps not only that. */
    public Optional<MergedCommits> movement(Change change) {
        return database.read(handle -> changes.mergedBy(handle, change.number()).flatMap(id -> merges.find(handle, id)))
                .flatMap(moved ->
                        Optional.ofNullable(moved.before()).map(before -> new MergedCommits(before, moved.after())));
    }

    /** What a merged change is on the default branch; empty where that can't be told. */
    public Optional<MergedCommits> own(Change change) {
        Mirror mirror = catalogs.mirror(change.repository());
        Set<CommitSha> others = database.read(handle -> changes.mergedBeside(handle, change.number()));
        Optional<CommitSha> named = pulls.ofChange(change.number()).map(PullBook.Entry::mergedAs);
        return movement(change).flatMap(moved -> MergedCommits.of(change.head(), named, moved, others, mirror));
    }

    /** Whether a change is still at the head at which it is known here, as its forge says, or was merged at that head. */
    public boolean atItsHead(Change change, PullDetail now) {
        Mirror mirror = catalogs.mirror(change.repository());
        return now.pull().head().equals(change.head())
                || now.mergedAs()
                        .filter(as -> MergedCommits.joined(as, change.head(), mirror))
                        .isPresent();
    }

    /** Whether what an open change was planned on has a merged one: whoever approved those plans saw it. */
    public boolean plannedOn(Change merged, Change later) {
        Change.Preview preview = later.preview();
        Mirror mirror = catalogs.mirror(later.repository());
        return preview != null
                && mirror.has(preview.base())
                && own(merged)
                        .filter(own -> mirror.isAncestor(own.after(), preview.base()))
                        .isPresent();
    }

    /** Where the default branch was before a change was merged, as it was taken in last: it may have been broken since. */
    public Optional<CommitSha> takenInBefore(Change change) {
        return database.read(handle -> changes.mergedBy(handle, change.number())
                        .flatMap(merge -> merges.takenInBefore(handle, change.repository(), merge)))
                .or(() -> movement(change).map(MergedCommits::before));
    }
}
