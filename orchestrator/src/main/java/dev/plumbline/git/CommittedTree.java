package dev.plumbline.git;

import dev.plumbline.git.FolderCache.Child;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** A tree of the object database; going to a path reads only the folders above it. */
final class CommittedTree implements SourceTree {
    private final Repository repository;
    private final FolderCache folders;
    private final ObjectId root;

    CommittedTree(Repository repository, FolderCache folders, ObjectId root) {
        this.repository = repository;
        this.folders = folders;
        this.root = root;
    }

    @Override
    public String id() {
        return root.name();
    }

    @Override
    public List<TreeEntry> below(String folder) {
        return reading(folder, reader -> {
            List<TreeEntry> found = new ArrayList<>();
            Child start = walkTo(reader, folder);
            if (start != null && start.mode() == FileMode.TREE) {
                collect(reader, folder, start.id(), found);
            }
            Collections.sort(found);
            return Collections.unmodifiableList(found);
        });
    }

    @Override
    public Optional<TreeEntry> find(String path) {
        return reading(path, reader -> Optional.ofNullable(walkTo(reader, path)).flatMap(child -> entry(path, child)));
    }

    @Override
    public Optional<String> folderId(String folder) {
        return reading(
                folder,
                reader -> Optional.ofNullable(walkTo(reader, folder))
                        .filter(child -> child.mode() == FileMode.TREE)
                        .map(child -> child.id().name()));
    }

    @Override
    public byte[] read(TreeEntry entry) {
        if (entry.mode() == TreeEntry.Mode.SUBMODULE) {
            throw new GitException(entry.path() + " is a submodule: its files are in another repository");
        }
        return reading(
                entry.path(),
                reader -> reader.open(ObjectId.fromString(entry.objectId())).getCachedBytes(Integer.MAX_VALUE));
    }

    @Override
    public InputStream open(TreeEntry entry) {
        if (entry.mode() == TreeEntry.Mode.SUBMODULE) {
            throw new GitException(entry.path() + " is a submodule: its files are in another repository");
        }
        // The stream has a reader of its own where the object is too large for memory.
        return reading(
                entry.path(),
                reader -> reader.open(ObjectId.fromString(entry.objectId())).openStream());
    }

    Repository repository() {
        return repository;
    }

    private @Nullable Child walkTo(ObjectReader reader, String path) throws IOException {
        Child here = new Child(FileMode.TREE, root);
        if (path.isEmpty()) {
            return here;
        }
        for (String name : path.split("/", -1)) {
            if (here == null || here.mode() != FileMode.TREE) {
                return null;
            }
            here = folders.read(reader, here.id()).get(name);
        }
        return here;
    }

    private void collect(ObjectReader reader, String path, ObjectId folder, List<TreeEntry> found) throws IOException {
        for (Map.Entry<String, Child> each : folders.read(reader, folder).entrySet()) {
            String childPath = path.isEmpty() ? each.getKey() : path + "/" + each.getKey();
            if (each.getValue().mode() == FileMode.TREE) {
                collect(reader, childPath, each.getValue().id(), found);
            } else {
                entry(childPath, each.getValue()).ifPresent(found::add);
            }
        }
    }

    private static Optional<TreeEntry> entry(String path, Child child) {
        return EntryModes.of(child.mode())
                .map(mode -> new TreeEntry(path, mode, child.id().name()));
    }

    private <T> T reading(String path, Reading<T> work) {
        try (ObjectReader reader = repository.newObjectReader()) {
            return work.read(reader);
        } catch (IOException e) {
            throw new GitException(
                    "can't read '" + path + "' of tree " + id() + ": " + e.getMessage() + "; run `git fsck` in "
                            + repository.getDirectory(),
                    e);
        }
    }

    private interface Reading<T> {
        T read(ObjectReader reader) throws IOException;
    }
}
