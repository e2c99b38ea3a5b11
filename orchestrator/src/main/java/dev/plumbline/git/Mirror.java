package dev.plumbline.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/**
 * One bare repository: its branches, commits and trees, and what a merge would give.
 *
 * <p>Safe for use by several threads. Each method throws {@link GitException} where an object is missing or broken.
 */
public final class Mirror {
    private final String name;
    private final Repository repository;
    private final FolderCache folders = new FolderCache();
    private final MergePreviewer previewer;

    Mirror(String name, Repository repository) {
        this.name = name;
        this.repository = repository;
        this.previewer = new MergePreviewer(
                repository, new GitMergeTree(repository.getDirectory().toPath()));
    }

    /** As in {@code /git/<name>.git}. */
    public String name() {
        return name;
    }

    /** JGit's own view, for the smart-HTTP server only; it is closed by {@link Mirrors#close}. */
    public Repository repository() {
        return repository;
    }

    /** The repository's folder, for programs that work on it. */
    public Path folder() {
        return repository.getDirectory().toPath();
    }

    /** What was fetched last from the remote that this repository mirrors; empty where it mirrors none. */
    public RemoteHeads remoteHeads() {
        return new RemoteHeads(name, repository);
    }

    /** The notes of the remote that this repository mirrors. */
    public CommitNotes notes() {
        return new CommitNotes(name, repository);
    }

    /** Branches by name, without {@code refs/heads/}, and the commits they point to. */
    public SortedMap<String, CommitSha> branches() {
        return reading("list branches", () -> {
            SortedMap<String, CommitSha> branches = new TreeMap<>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
                branches.put(ref.getName().substring(Constants.R_HEADS.length()), sha(ref.getObjectId()));
            }
            return Collections.unmodifiableSortedMap(branches);
        });
    }

    /**
     * @param branch without {@code refs/heads/}
     */
    public Optional<CommitSha> branch(String branch) {
        return reading(
                "read branch " + branch,
                () -> Optional.ofNullable(repository.getRefDatabase().exactRef(Constants.R_HEADS + branch))
                        .map(ref -> sha(ref.getObjectId())));
    }

    /** The branch that plays main's part, whatever it is called: the one that HEAD names. */
    public String mainBranch() {
        return reading("read HEAD", () -> {
            Ref head = repository.getRefDatabase().exactRef(Constants.HEAD);
            return Repository.shortenRefName(head.getTarget().getName());
        });
    }

    /** Where the branch that plays main's part is; empty while there is none. */
    public Optional<CommitSha> main() {
        return branch(mainBranch());
    }

    /** Lets another branch play main's part from now on; it need not be there yet. */
    public void follow(String branch) {
        reading("make HEAD name " + branch, () -> {
            RefUpdate.Result result = repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + branch);
            if (result != RefUpdate.Result.NEW
                    && result != RefUpdate.Result.FORCED
                    && result != RefUpdate.Result.NO_CHANGE) {
                throw new IOException("HEAD was not written (" + result + ")");
            }
            return true;
        });
    }

    /** The files of a commit. */
    public SourceTree tree(CommitSha commit) {
        return treeById(commit(commit).treeId());
    }

    /**
     * The files of a tree, such as that of a previewed merge.
     *
     * @param treeId forty hexadecimal digits
     */
    public SourceTree treeById(String treeId) {
        return new CommittedTree(repository, folders, ObjectId.fromString(treeId));
    }

    /** Whether the commit is here. */
    public boolean has(CommitSha commit) {
        return reading(
                "look for commit " + commit,
                () -> repository.getObjectDatabase().has(id(commit)));
    }

    /** What a commit says about itself. */
    public CommitInfo commit(CommitSha commit) {
        return walking("read commit " + commit, walk -> {
            RevCommit found = walk.parseCommit(id(commit));
            return new CommitInfo(
                    commit,
                    found.getTree().name(),
                    person(found.getAuthorIdent()),
                    person(found.getCommitterIdent()),
                    found.getShortMessage(),
                    found.getFullMessage(),
                    Stream.of(found.getParents()).map(Mirror::sha).toList());
        });
    }

    /** Whether the one commit is the other, or among what it was built on. */
    public boolean isAncestor(CommitSha ancestor, CommitSha of) {
        return walking(
                "compare " + ancestor + " and " + of,
                walk -> walk.isMergedInto(walk.parseCommit(id(ancestor)), walk.parseCommit(id(of))));
    }

    /**
     * What both are built on and no newer commit of that kind is built on: usually one, several where branches were merged into each
     * other, none where they have nothing in common.
     */
    public List<CommitSha> mergeBases(CommitSha one, CommitSha other) {
        return walking("find what " + one + " and " + other + " have in common", walk -> {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(id(one)));
            walk.markStart(walk.parseCommit(id(other)));
            List<CommitSha> bases = new ArrayList<>();
            for (RevCommit next = walk.next(); next != null; next = walk.next()) {
                bases.add(sha(next));
            }
            return List.copyOf(bases);
        });
    }

    /**
     * The commits that the second has and the first lacks, children before their parents.
     *
     * @param limit at most so many are given
     */
    public List<CommitSha> between(CommitSha exclusive, CommitSha inclusive, int limit) {
        return walking("list commits from " + exclusive + " to " + inclusive, walk -> {
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(id(inclusive)));
            walk.markUninteresting(walk.parseCommit(id(exclusive)));
            List<CommitSha> found = new ArrayList<>();
            for (RevCommit next = walk.next(); next != null && found.size() < limit; next = walk.next()) {
                found.add(sha(next));
            }
            return List.copyOf(found);
        });
    }

    /**
     * Merges in memory; no branch moves. The same question again is answered from the first answer. The result, and both
     * commits, stay readable until {@link #releasePreview}, through any {@code git gc} and any deletion of branches: a
     * ref that no client sees holds them.
     */
    public MergePreview previewMerge(CommitSha base, CommitSha head) {
        return reading("merge " + head + " into " + base, () -> previewer.preview(id(base), id(head)));
    }

    /**
     * Takes back what a branch gained between two commits, in a commit on top of it; no branch moves.
     *
     * @param onto where the branch is
     * @param before where it was before it gained that
     * @param after and where with it
     * @param message of the commit that is made
     */
    public Reversal revert(CommitSha onto, CommitSha before, CommitSha after, String message, Instant at) {
        return reading(
                "take " + before + ".." + after + " back",
                () -> new Reverter(repository).revert(id(onto), id(before), id(after), message, at));
    }

    /** Lets the preview's objects be collected some day; does nothing where there is none. */
    public void releasePreview(CommitSha base, CommitSha head) {
        reading("release the preview of " + head + " into " + base, () -> {
            previewer.release(id(base), id(head));
            return true;
        });
    }

    void close() {
        repository.close();
    }

    private <T> T walking(String what, Reading<RevWalk, T> work) {
        return reading(what, () -> {
            try (RevWalk walk = new RevWalk(repository)) {
                return work.read(walk);
            }
        });
    }

    private <T> T reading(String what, Supply<T> work) {
        try {
            return work.get();
        } catch (IOException e) {
            throw new GitException(
                    "can't " + what + " in repository " + name + ": " + e.getMessage()
                            + "; if it was pushed, run `git fsck` in " + repository.getDirectory(),
                    e);
        }
    }

    private static CommitInfo.Person person(PersonIdent ident) {
        return new CommitInfo.Person(ident.getName(), ident.getEmailAddress(), ident.getWhenAsInstant());
    }

    private static ObjectId id(CommitSha commit) {
        return ObjectId.fromString(commit.hex());
    }

    private static CommitSha sha(ObjectId id) {
        return new CommitSha(id.name());
    }

    private interface Supply<T> {
        T get() throws IOException;
    }

    private interface Reading<A, T> {
        T read(A from) throws IOException;
    }
}
