package dev.plumbline.cli.init;

import dev.plumbline.git.SourceTree;
import dev.plumbline.git.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A tree as it would be with some files written and others gone: what init means to write is tried on it first. */
final class Overlay implements SourceTree {
    private final SourceTree below;
    private final Map<String, Optional<String>> changed;

    /** @param changed path → its content; empty where the file is to be gone */
    Overlay(SourceTree below, Map<String, Optional<String>> changed) {
        this.below = below;
        this.changed = Map.copyOf(changed);
    }

    @Override
    public String id() {
        return below.id() + "+" + idOf(changed.toString());
    }

    @Override
    public List<TreeEntry> below(String folder) {
        TreeMap<String, TreeEntry> all = new TreeMap<>();
        below.below(folder).forEach(entry -> all.put(entry.path(), entry));
        changed.forEach((path, content) -> {
            if (content.isEmpty()) {
                all.remove(path);
            } else if (folder.isEmpty() || path.startsWith(folder + "/")) {
                all.put(path, entry(path, content.get()));
            }
        });
        return List.copyOf(all.values());
    }

    @Override
    public Optional<TreeEntry> find(String path) {
        Optional<String> content = changed.get(path);
        return content == null ? below.find(path) : content.map(text -> entry(path, text));
    }

    @Override
    public Optional<String> folderId(String folder) {
        return below.folderId(folder).map(id -> id + "+" + idOf(changed.toString()));
    }

    @Override
    public byte[] read(TreeEntry entry) {
        Optional<String> content = changed.get(entry.path());
        return content == null ? below.read(entry) : content.orElse("").getBytes(StandardCharsets.UTF_8);
    }

    private static TreeEntry entry(String path, String content) {
        return new TreeEntry(path, TreeEntry.Mode.FILE, idOf(content));
    }

    private static String idOf(String content) {
        return "written-" + UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
    }
}
