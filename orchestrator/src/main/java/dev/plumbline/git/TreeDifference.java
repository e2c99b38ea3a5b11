package dev.plumbline.git;

import dev.plumbline.git.FileDifference.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Which files differ between two trees; folders with equal ids are never opened. */
public final class TreeDifference {
    private TreeDifference() {}

    /**
     * Compares two trees. Between committed trees of one repository a file that moved and changed a little counts as
     * renamed; where a working tree takes part, only a file that moved unchanged does.
     *
     * @param folders only what stands at or below these paths; none given: everything. A file that moved in from
     *     elsewhere then counts as added
     * @return sorted by path
     */
    public static List<FileDifference> between(SourceTree before, SourceTree after, String... folders) {
        if (before instanceof CommittedTree old
                && after instanceof CommittedTree now
                && old.repository() == now.repository()) {
            return committed(old, now, List.of(folders));
        }
        return listed(before, after, List.of(folders));
    }

    /**
     * The files that are in both trees with another content or mode.
     *
     * @return sorted by path; empty where a file is in one of them only, or more than so many differ
     */
    public static Optional<List<String>> changedOnly(SourceTree before, SourceTree after, int most) {
        if (!(before instanceof CommittedTree old
                && after instanceof CommittedTree now
                && old.repository() == now.repository())) {
            List<FileDifference> all = listed(before, after, List.of());
            return all.size() > most || all.stream().anyMatch(file -> file.kind() != Kind.CHANGED)
                    ? Optional.empty()
                    : Optional.of(all.stream().map(FileDifference::path).toList());
        }
        List<String> paths = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(old.repository())) {
            walk.setRecursive(true);
            walk.addTree(ObjectId.fromString(before.id()));
            walk.addTree(ObjectId.fromString(after.id()));
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                if (walk.getRawMode(0) == 0 || walk.getRawMode(1) == 0 || paths.size() == most) {
                    return Optional.empty();
                }
                paths.add(walk.getPathString());
            }
            paths.sort(null);
            return Optional.of(paths);
        } catch (IOException e) {
            throw unreadable(old, after, e);
        }
    }

    private static GitException unreadable(CommittedTree before, SourceTree after, IOException cause) {
        return new GitException(
                "can't compare tree " + before.id() + " with " + after.id() + ": " + cause.getMessage()
                        + "; run `git fsck` in " + before.repository().getDirectory(),
                cause);
    }

    private static List<FileDifference> committed(CommittedTree before, CommittedTree after, List<String> folders) {
        try (TreeWalk walk = new TreeWalk(before.repository())) {
            walk.setRecursive(true);
            walk.addTree(ObjectId.fromString(before.id()));
            walk.addTree(ObjectId.fromString(after.id()));
            walk.setFilter(
                    folders.isEmpty() || folders.contains("")
                            ? TreeFilter.ANY_DIFF
                            : AndTreeFilter.create(PathFilterGroup.createFromStrings(folders), TreeFilter.ANY_DIFF));
            RenameDetector renames = new RenameDetector(before.repository());
            renames.addAll(DiffEntry.scan(walk));
            return renames.compute().stream()
                    .map(TreeDifference::difference)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(before, after, e);
        }
    }

    private static FileDifference difference(DiffEntry entry) {
        return switch (entry.getChangeType()) {
            case ADD, COPY -> of(Kind.ADDED, entry.getNewPath());
            case DELETE -> of(Kind.REMOVED, entry.getOldPath());
            case MODIFY -> of(Kind.CHANGED, entry.getNewPath());
            case RENAME -> new FileDifference(Kind.RENAMED, entry.getNewPath(), Optional.of(entry.getOldPath()));
        };
    }

    private static List<FileDifference> listed(SourceTree before, SourceTree after, Collection<String> folders) {
        Map<String, TreeEntry> old = entries(before, folders);
        Map<String, TreeEntry> now = entries(after, folders);
        Map<String, Deque<TreeEntry>> removed = new HashMap<>();
        List<FileDifference> found = new ArrayList<>();
        old.values().stream()
                .filter(entry -> !now.containsKey(entry.path()))
                .forEach(entry -> removed.computeIfAbsent(entry.objectId(), id -> new ArrayDeque<>())
                        .add(entry));
        for (TreeEntry entry : now.values()) {
            TreeEntry was = old.get(entry.path());
            Deque<TreeEntry> moved = removed.get(entry.objectId());
            if (was != null) {
                if (!was.equals(entry)) {
                    found.add(of(Kind.CHANGED, entry.path()));
                }
            } else if (moved != null && !moved.isEmpty()) {
                found.add(new FileDifference(
                        Kind.RENAMED, entry.path(), Optional.of(moved.remove().path())));
            } else {
                found.add(of(Kind.ADDED, entry.path()));
            }
        }
        removed.values().forEach(rest -> rest.forEach(entry -> found.add(of(Kind.REMOVED, entry.path()))));
        return found.stream().sorted().toList();
    }

    private static Map<String, TreeEntry> entries(SourceTree tree, Collection<String> folders) {
        Map<String, TreeEntry> found = new LinkedHashMap<>();
        for (String folder : folders.isEmpty() ? List.of("") : folders) {
            tree.below(folder).forEach(entry -> found.put(entry.path(), entry));
            tree.find(folder).ifPresent(entry -> found.put(entry.path(), entry));
        }
        return found;
    }

    private static FileDifference of(Kind kind, String path) {
        return new FileDifference(kind, path, Optional.empty());
    }
}
