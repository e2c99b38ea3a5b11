package dev.plumbline.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The commits of an ordinary repository on this machine, to be read only. Trees that it gave can't be read after its close. */
public final class LocalRepository implements AutoCloseable {
    private final Repository repository;
    private final FolderCache folders = new FolderCache();

    private LocalRepository(Repository repository) {
        this.repository = repository;
    }

    /**
     * Opens the repository that a folder belongs to, which may be a folder above it.
     *
     * @throws GitException where the folder is in no repository
     */
    public static LocalRepository around(Path folder) {
        File start = folder.toAbsolutePath().normalize().toFile();
        FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(start);
        if (builder.getGitDir() == null) {
            throw new GitException(start + " is in no Git repository: change into one, or run `git init` there");
        }
        try {
            return new LocalRepository(builder.build());
        } catch (IOException e) {
            throw new GitException("can't read the repository at " + start + ": " + e.getMessage(), e);
        }
    }

    /**
     * The files of a commit.
     *
     * @param revision as Git takes it: a branch, a tag, {@code HEAD~2}, the beginning of a commit's id
     * @throws GitException where there is no such commit here, or several begin so
     */
    public SourceTree tree(String revision) {
        return new CommittedTree(repository, folders, resolve(revision, "^{tree}"));
    }

    /**
     * The files of the newest commit that both revisions were built on.
     *
     * @throws GitException where one of them is unknown, or they have no such commit
     */
    public SourceTree commonTree(String one, String other) {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(resolve(one, "^{commit}")));
            walk.markStart(walk.parseCommit(resolve(other, "^{commit}")));
            RevCommit base = walk.next();
            if (base == null) {
                throw new GitException("'" + one + "' and '" + other + "' have no commit in common in "
                        + repository.getDirectory() + "; in a shallow clone, run `git fetch --unshallow`");
            }
            return new CommittedTree(repository, folders, base.getTree().getId());
        } catch (IOException e) {
            throw unreadable(one + "..." + other, e);
        }
    }

    @Override
    public void close() {
        repository.close();
    }

    private ObjectId resolve(String revision, String peeled) {
        try {
            ObjectId found = revision.isBlank() ? null : repository.resolve(revision + peeled);
            if (found != null) {
                return found;
            }
            throw new GitException("there is no commit '" + revision + "' in " + repository.getDirectory()
                    + "; see `git branch -a`, and fetch what is missing");
        } catch (AmbiguousObjectException e) {
            throw new GitException("several commits begin with '" + revision + "'; write more of its id", e);
        } catch (RevisionSyntaxException | IncorrectObjectTypeException e) {
            throw new GitException("'" + revision + "' names no commit; give a branch, a tag or a commit's id", e);
        } catch (IOException e) {
            throw unreadable(revision, e);
        }
    }

    private GitException unreadable(String revision, IOException cause) {
        return new GitException(
                "can't read '" + revision + "' in " + repository.getDirectory() + ": " + cause.getMessage()
                        + "; run `git fsck` there",
                cause);
    }
}
