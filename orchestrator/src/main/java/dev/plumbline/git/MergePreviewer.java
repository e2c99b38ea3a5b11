package dev.plumbline.git;

import dev.plumbline.git.MergePreview.Conflict;
import dev.plumbline.git.MergePreview.ConflictFile;
import dev.plumbline.git.MergePreview.Merged;
import dev.plumbline.git.MergePreview.Unrelated;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.errors.NoMergeBaseException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.RecursiveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Merges by JGit in memory. JGit follows no renames, so Git itself is asked where one may matter: what JGit calls a
 * conflict may be none, and where a side removed files, what it merges may be none that Git would make. Clean results are kept as a commit under {@code refs/plumbline/previews/}.
 */
final class MergePreviewer {
    private final Repository repository;
    private final GitMergeTree git;

    MergePreviewer(Repository repository, GitMergeTree git) {
        this.repository = repository;
        this.git = git;
    }

    MergePreview preview(ObjectId base, ObjectId head) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            Ref known = repository.getRefDatabase().exactRef(refName(base, head));
            if (known != null) {
                return new Merged(
                        walk.parseCommit(known.getObjectId()).getTree().name());
            }
            MergePreview result = merge(walk, walk.parseCommit(base), walk.parseCommit(head));
            if (result instanceof Merged merged) {
                keep(base, head, ObjectId.fromString(merged.treeId()));
            }
            return result;
        }
    }

    void release(ObjectId base, ObjectId head) throws IOException {
        RefUpdate update = repository.updateRef(refName(base, head));
        update.setForceUpdate(true);
        if (update.getOldObjectId() != null) {
            require(update.delete(), update);
        }
    }

    private MergePreview merge(RevWalk walk, RevCommit base, RevCommit head) throws IOException {
        RevCommit fork = fork(walk, base, head);
        if (fork == null) {
            return new Unrelated();
        }
        if (fork.equals(base)) {
            // Main has nothing that the branch lacks, so that merging is taking the branch as it is.
            return new Merged(head.getTree().name());
        }
        RecursiveMerger merger = (RecursiveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
        try {
            if (merger.merge(base, head)) {
                Merged clean = new Merged(merger.getResultTreeId().name());
                return removes(fork, base) || removes(fork, head)
                        ? git.merge(base.name(), head.name()).orElse(clean)
                        : clean;
            }
        } catch (NoMergeBaseException e) {
            // several bases that conflict among themselves are more than JGit can do; Git can
            return byGit(base, head, new TreeSet<>());
        }
        SortedSet<String> paths = new TreeSet<>(merger.getUnmergedPaths());
        if (merger.getFailingPaths() != null) {
            paths.addAll(merger.getFailingPaths().keySet());
        }
        return byGit(base, head, paths);
    }

    private MergePreview byGit(RevCommit base, RevCommit head, SortedSet<String> paths) throws IOException {
        Optional<MergePreview> tried = git.merge(base.name(), head.name());
        if (tried.isPresent()) {
            return tried.get();
        }
        if (paths.isEmpty()) {
            paths.add(".");
        }
        List<ConflictFile> files = new ArrayList<>();
        for (String path : paths) {
            files.add(new ConflictFile(path, what(path, base, head)));
        }
        return new Conflict(files);
    }

    private String what(String path, RevCommit base, RevCommit head) throws IOException {
        if (path.equals(".")) {
            return "the branches were merged into each other before, and those merges conflict";
        }
        if (!holds(base, path)) {
            return "removed or moved on the base, changed by the branch";
        }
        return holds(head, path)
                ? "both sides changed the same lines"
                : "changed on the base, removed or moved by the branch";
    }

    private boolean holds(RevCommit commit, String path) throws IOException {
        try (TreeWalk found = TreeWalk.forPath(repository, path, commit.getTree())) {
            return found != null;
        }
    }

    private static @Nullable RevCommit fork(RevWalk walk, RevCommit base, RevCommit head) throws IOException {
        walk.reset();
        walk.setRevFilter(RevFilter.MERGE_BASE);
        walk.markStart(base);
        walk.markStart(head);
        RevCommit found = walk.next();
        return found == null ? null : walk.parseCommit(found);
    }

    /** Whether a side removed a file, and so may have moved one. */
    private boolean removes(RevCommit fork, RevCommit side) throws IOException {
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.addTree(fork.getTree());
            walk.addTree(side.getTree());
            while (walk.next()) {
                if (walk.getRawMode(1) == 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The commit is made of its inputs only, so that two threads at once make the same one. */
    private void keep(ObjectId base, ObjectId head, ObjectId tree) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter();
                RevWalk walk = new RevWalk(repository)) {
            PersonIdent when = walk.parseCommit(head).getCommitterIdent();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            commit.setParentIds(base, head);
            commit.setAuthor(
                    new PersonIdent("Plumbline", "plumbline@localhost", when.getWhenAsInstant(), when.getZoneId()));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("Preview of merging " + head.name() + " into " + base.name() + "\n");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef(refName(base, head));
            update.setNewObjectId(id);
            update.setForceUpdate(true);
            require(update.update(), update);
        }
    }

    private void require(RefUpdate.Result result, RefUpdate update) throws IOException {
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
            case LOCK_FAILURE -> {
                // another thread writes, or removes, the very same; nothing can differ
            }
            default -> throw new IOException("could not write " + update.getName() + ": " + result);
        }
    }

    private static String refName(ObjectId base, ObjectId head) {
        return "refs/plumbline/previews/" + base.name() + "-" + head.name();
    }
}
