package dev.plumbline.stack;

import dev.plumbline.git.SourceTree;
import dev.plumbline.git.TreeEntry;
import dev.plumbline.git.TreeEntry.Mode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;

/** A tree held in memory, with the blob ids that Git would give. */
public final class MemoryTree implements SourceTree {
    private final SortedMap<String, TreeEntry> entries = new TreeMap<>();
    private final Map<String, byte[]> blobs = new HashMap<>();
    private final AtomicInteger reads = new AtomicInteger();

    public static MemoryTree empty() {
        return new MemoryTree();
    }

    /** Another tree with one file more, or other content in it. */
    public MemoryTree with(String path, String content) {
        return copy().put(path, Mode.FILE, content);
    }

    public MemoryTree withLink(String path, String target) {
        return copy().put(path, Mode.LINK, target);
    }

    MemoryTree withExecutable(String path) {
        MemoryTree copy = copy();
        TreeEntry old = Objects.requireNonNull(copy.entries.get(path));
        copy.entries.put(path, new TreeEntry(path, Mode.EXECUTABLE, old.objectId()));
        return copy;
    }

    MemoryTree without(String path) {
        MemoryTree copy = copy();
        copy.entries.keySet().removeIf(each -> Paths.within(each, path));
        return copy;
    }

    MemoryTree moved(String from, String to) {
        MemoryTree copy = without(from);
        below(from)
                .forEach(entry -> copy.put(
                        to + entry.path().substring(from.length()),
                        entry.mode(),
                        new String(read(entry), StandardCharsets.UTF_8)));
        return copy;
    }

    MemoryTree put(String path, Mode mode, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String id =
                new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, bytes).name();
        entries.put(path, new TreeEntry(path, mode, id));
        blobs.put(id, bytes);
        return this;
    }

    private MemoryTree copy() {
        MemoryTree copy = new MemoryTree();
        copy.entries.putAll(entries);
        copy.blobs.putAll(blobs);
        return copy;
    }

    /** How many files were read of it. */
    int reads() {
        return reads.get();
    }

    @Override
    public String id() {
        return new Closure(entries.values().stream()
                        .map(entry -> new Closure.Part(entry, Closure.Via.STACK, ""))
                        .collect(Collectors.toList()))
                .hash();
    }

    @Override
    public List<TreeEntry> below(String folder) {
        return entries.values().stream()
                .filter(entry -> folder.isEmpty() || entry.path().startsWith(folder + "/"))
                .collect(Collectors.toUnmodifiableList());
    }

    @Override
    public Optional<TreeEntry> find(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    @Override
    public Optional<String> folderId(String folder) {
        List<TreeEntry> below = below(folder);
        return below.isEmpty() ? Optional.empty() : Optional.of(Integer.toHexString(below.hashCode()));
    }

    @Override
    public byte[] read(TreeEntry entry) {
        reads.incrementAndGet();
        return Objects.requireNonNull(blobs.get(entry.objectId()));
    }
}
