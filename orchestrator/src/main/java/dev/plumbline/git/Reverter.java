package dev.plumbline.git;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Takes commits back in memory, as {@code git revert} does: a merge of the state before them, based on the state after them. */
final class Reverter {
    private final Repository repository;

    Reverter(Repository repository) {
        this.repository = repository;
    }

    Reversal revert(ObjectId onto, ObjectId before, ObjectId after, String message, Instant at) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit tip = walk.parseCommit(onto);
            ResolveMerger merger = (ResolveMerger) MergeStrategy.RESOLVE.newMerger(repository, true);
            merger.setBase(walk.parseCommit(after).getTree());
            if (!merger.merge(tip, walk.parseCommit(before))) {
                Set<String> files = new TreeSet<>(merger.getUnmergedPaths());
                if (merger.getFailingPaths() != null) {
                    files.addAll(merger.getFailingPaths().keySet());
                }
                return new Reversal.Conflict(List.copyOf(files));
            }
            return merger.getResultTreeId().equals(tip.getTree())
                    ? new Reversal.Nothing()
                    : new Reversal.Made(commit(merger.getResultTreeId(), tip, message, at));
        }
    }

    private CommitSha commit(ObjectId tree, RevCommit parent, String message, Instant at) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            commit.setParentId(parent);
            PersonIdent author = new PersonIdent("Plumbline", "plumbline@localhost", at, ZoneOffset.UTC);
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(message);
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            return new CommitSha(made.name());
        }
    }
}
