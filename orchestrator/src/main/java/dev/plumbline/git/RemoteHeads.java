package dev.plumbline.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The branches of a remote as they were fetched last. They stand apart from the mirror's own branches, which follow one by one
 * once each movement was written down; no client sees them.
 */
public final class RemoteHeads {
    /** Below it stands each branch of the remote by its name. */
    public static final String PREFIX = "refs/plumbline/remote/heads/";

    private final String name;
    private final Repository repository;

    RemoteHeads(String name, Repository repository) {
        this.name = name;
        this.repository = repository;
    }

    /** Below it stand heads of pull requests from forks, by their numbers. */
    public static final String FORKS = "refs/plumbline/remote/forks/";

    /** Removes what a fetch that was cut short left: as much as it had received, and again at each try. No fetch may go on. */
    public void sweep() {
        Path packs = repository.getDirectory().toPath().resolve("objects/pack");
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(packs, "tmp_*")) {
            for (Path half : halves) {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new GitException("can't clear half-fetched packs of '" + name + "'; check who owns " + packs, e);
        }
    }

    /** Branches by name; those that don't point to a commit are left out. */
    public SortedMap<String, CommitSha> all() {
        return below(PREFIX, "");
    }

    /** Heads of pull requests from forks that were fetched, by the branches that stand for them: {@code fork/12}. */
    public SortedMap<String, CommitSha> forks() {
        return below(FORKS, "fork/");
    }

    private SortedMap<String, CommitSha> below(String prefix, String named) {
        SortedMap<String, CommitSha> heads = new TreeMap<>();
        try (RevWalk walk = new RevWalk(repository)) {
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
                if (walk.parseAny(ref.getObjectId()) instanceof RevCommit commit) {
                    heads.put(named + ref.getName().substring(prefix.length()), new CommitSha(commit.name()));
                }
            }
            return Collections.unmodifiableSortedMap(heads);
        } catch (IOException e) {
            throw new GitException("can't read what was fetched into " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Forgets those that the remote has no more. What {@code git fetch --prune --atomic} would do in one step fails where a
     * branch became the folder of another one: it writes the new name while the old one is still there.
     *
     * @param there the branches that it has
     */
    public void keep(Set<String> there) {
        try {
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(PREFIX)) {
                if (!there.contains(ref.getName().substring(PREFIX.length()))) {
                    RefUpdate update = repository.updateRef(ref.getName());
                    update.setForceUpdate(true);
                    written(update.delete());
                }
            }
        } catch (IOException e) {
            throw new GitException("can't forget deleted branches of " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Lets one of the mirror's own branches follow.
     *
     * @param before where it was; empty where it is new
     * @param after where it is to be; empty where it is to go
     * @throws GitException where it is not where it was, or can't be written
     */
    public void follow(String branch, Optional<CommitSha> before, Optional<CommitSha> after) {
        try {
            RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
            update.setExpectedOldObjectId(id(before));
            update.setForceUpdate(true);
            RefUpdate.Result result;
            if (after.isPresent()) {
                update.setNewObjectId(id(after));
                result = update.update();
            } else {
                result = update.delete();
            }
            written(result);
        } catch (IOException e) {
            throw new GitException("can't move branch " + branch + " of " + name + ": " + e.getMessage(), e);
        }
    }

    private static void written(RefUpdate.Result result) throws IOException {
        boolean done = result == RefUpdate.Result.NEW
                || result == RefUpdate.Result.FAST_FORWARD
                || result == RefUpdate.Result.FORCED
                || result == RefUpdate.Result.NO_CHANGE;
        if (!done) {
            throw new IOException("Git says " + result);
        }
    }

    private static ObjectId id(Optional<CommitSha> commit) {
        return commit.map(sha -> ObjectId.fromString(sha.hex())).orElse(ObjectId.zeroId());
    }
}
