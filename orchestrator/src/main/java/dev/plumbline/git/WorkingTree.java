package dev.plumbline.git;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A checkout as its user sees it: the tracked files as they stand on disk and the untracked ones that {@code .gitignore}
 * lets through. Its ids are those that a commit of it would have.
 *
 * <p>The list of files is that of the moment it was opened; contents are read from disk when asked for.
 */
public final class WorkingTree implements SourceTree {
    private final Path root;
    private final TreeMap<String, TreeEntry> entries;

    private WorkingTree(Path root, TreeMap<String, TreeEntry> entries) {
        this.root = root;
        this.entries = entries;
    }

    /** Whether a folder belongs to a checkout, or to a bare repository. */
    public static boolean isAround(Path folder) {
        return finder(folder).getGitDir() != null;
    }

    private static FileRepositoryBuilder finder(Path folder) {
        return new FileRepositoryBuilder()
                .findGitDir(folder.toAbsolutePath().normalize().toFile());
    }

    /**
     * Opens the checkout that a folder belongs to, which may be a folder above it; paths are from the checkout's root.
     *
     * @throws GitException where the folder is in no checkout
     */
    public static WorkingTree around(Path folder) {
        File start = folder.toAbsolutePath().normalize().toFile();
        FileRepositoryBuilder builder = finder(folder);
        if (builder.getGitDir() == null) {
            throw new GitException(start + " is not in a Git checkout: change into one, or run `git init` there");
        }
        try (Repository repository = builder.build()) {
            if (repository.isBare()) {
                throw new GitException(start + " is in a bare repository, which has no files: use a clone of it");
            }
            return new WorkingTree(repository.getWorkTree().toPath(), scan(repository));
        } catch (IOException e) {
            throw new GitException("can't read the checkout at " + start + ": " + e.getMessage(), e);
        }
    }

    /** The checkout's own folder, absolute. */
    public Path root() {
        return root;
    }

    @Override
    public String id() {
        return idOf("");
    }

    @Override
    public List<TreeEntry> below(String folder) {
        if (folder.isEmpty()) {
            return List.copyOf(entries.values());
        }
        // '0' follows '/', so this range holds what begins with "folder/" and no more
        return List.copyOf(entries.subMap(folder + "/", folder + "0").values());
    }

    @Override
    public Optional<TreeEntry> find(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    @Override
    public Optional<String> folderId(String folder) {
        return !folder.isEmpty() && below(folder).isEmpty() ? Optional.empty() : Optional.of(idOf(folder));
    }

    @Override
    public byte[] read(TreeEntry entry) {
        Path file = root.resolve(entry.path());
        try {
            return switch (entry.mode()) {
                case LINK -> Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8);
                case SUBMODULE ->
                    throw new GitException(entry.path() + " is a submodule: its files are in another repository");
                case FILE, EXECUTABLE -> Files.readAllBytes(file);
            };
        } catch (IOException e) {
            throw new GitException("can't read " + file + ", which was there a moment ago: try again", e);
        }
    }

    @Override
    public InputStream open(TreeEntry entry) {
        if (entry.mode() == TreeEntry.Mode.LINK || entry.mode() == TreeEntry.Mode.SUBMODULE) {
            return new ByteArrayInputStream(read(entry));
        }
        Path file = root.resolve(entry.path());
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new GitException("can't read " + file + ", which was there a moment ago: try again", e);
        }
    }

    private static TreeMap<String, TreeEntry> scan(Repository repository) throws IOException {
        TreeMap<String, TreeEntry> found = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            FileTreeIterator disk = new FileTreeIterator(repository);
            int diskAt = walk.addTree(disk);
            int indexAt = walk.addTree(new DirCacheIterator(repository.readDirCache()));
            disk.setDirCacheIterator(walk, indexAt);
            while (walk.next()) {
                FileTreeIterator file = walk.getTree(diskAt, FileTreeIterator.class);
                boolean tracked = walk.getTree(indexAt, DirCacheIterator.class) != null;
                if (file == null || (!tracked && file.isEntryIgnored())) {
                    continue;
                }
                if (walk.isSubtree() && file.getEntryFileMode() == FileMode.TREE) {
                    walk.enterSubtree();
                    continue;
                }
                EntryModes.of(file.getEntryFileMode())
                        .map(mode -> new TreeEntry(
                                walk.getPathString(),
                                mode,
                                file.getEntryObjectId().name()))
                        .ifPresent(entry -> found.put(entry.path(), entry));
            }
        }
        return found;
    }

    /** Computes the id of the tree that a commit would hold, writing nothing. */
    private String idOf(String folder) {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        int skip = folder.isEmpty() ? 0 : folder.length() + 1;
        for (TreeEntry entry : below(folder)) {
            DirCacheEntry each = new DirCacheEntry(entry.path().substring(skip));
            each.setFileMode(FileMode.fromBits(Integer.parseInt(entry.mode().octal(), 8)));
            each.setObjectId(ObjectId.fromString(entry.objectId()));
            builder.add(each);
        }
        builder.finish();
        try (ObjectInserter nowhere = new IdsOnly()) {
            return index.writeTree(nowhere).name();
        } catch (IOException e) {
            throw new GitException("can't compute the id of folder '" + folder + "' in " + root, e);
        }
    }

    /** Says which id an object would get, and keeps nothing. */
    private static final class IdsOnly extends ObjectInserter.Formatter {
        @Override
        public ObjectId insert(int type, byte[] data, int from, int length) {
            return idFor(type, data, from, length);
        }

        @Override
        public ObjectId insert(int type, long length, InputStream in) throws IOException {
            return idFor(type, length, in);
        }
    }
}
