package dev.plumbline.stack;

import dev.plumbline.git.GitException;
import dev.plumbline.git.SourceTree;
import dev.plumbline.git.TreeEntry;
import dev.plumbline.hcl.syntax.HclFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One listing of a tree, asked often: by path, by folder, and which folders hold Terraform files. */
final class TreeIndex {
    private static final int MAX_LINKS = 10;

    private final SourceTree tree;
    private final List<TreeEntry> sorted;
    private final SortedMap<String, List<TreeEntry>> terraformFolders = new TreeMap<>();
    private final List<TreeEntry> stackFiles = new ArrayList<>();

    TreeIndex(SourceTree tree) {
        this.tree = tree;
        this.sorted = inOrder(tree.below(""));
        List<TreeEntry> sameFolder = new ArrayList<>();
        String folder = "";
        for (TreeEntry entry : sorted) {
            if (entry.path().endsWith("stack.yaml") && entry.name().equals("stack.yaml")) {
                stackFiles.add(entry);
            }
            if (!terraform(entry.path())) {
                continue;
            }
            String here = entry.folder();
            if (!here.equals(folder)) {
                sameFolder = terraformFolders.computeIfAbsent(here, unused -> new ArrayList<>());
                folder = here;
            } else if (sameFolder.isEmpty()) {
                sameFolder = terraformFolders.computeIfAbsent(here, unused -> new ArrayList<>());
            }
            sameFolder.add(entry);
        }
    }

    static boolean terraform(String path) {
        return path.endsWith(".tf")
                || path.endsWith(".tf.json")
                || path.endsWith(".tofu")
                || path.endsWith(".tofu.json");
    }

    /** A tree lists itself sorted; looked at once more, since searching rests on it. */
    private static List<TreeEntry> inOrder(List<TreeEntry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i - 1).compareTo(entries.get(i)) >= 0) {
                List<TreeEntry> copy = new ArrayList<>(entries);
                Collections.sort(copy);
                return copy;
            }
        }
        return entries;
    }

    /** Folders with Terraform files, and those files. */
    SortedMap<String, List<TreeEntry>> terraformFolders() {
        return terraformFolders;
    }

    boolean holdsTerraform(String folder) {
        return terraformFolders.containsKey(folder);
    }

    /** All files called {@code stack.yaml}. */
    Collection<TreeEntry> stackFiles() {
        return stackFiles;
    }

    Optional<TreeEntry> find(String path) {
        int at = firstAtOrAfter(path);
        return at < sorted.size() && sorted.get(at).path().equals(path)
                ? Optional.of(sorted.get(at))
                : Optional.empty();
    }

    /** Everything below a folder, at any depth. */
    List<TreeEntry> below(String folder) {
        if (folder.isEmpty()) {
            return sorted;
        }
        int from = firstAtOrAfter(folder + "/");
        // '0' is the character after '/', so nothing below the folder sorts behind it.
        return sorted.subList(from, firstAtOrAfter(folder + "0"));
    }

    /** A file's content, as far as anything here would read it: a larger one comes as one byte more than is read. */
    byte[] read(TreeEntry entry) {
        try (InputStream content = tree.open(entry)) {
            return content.readNBytes(HclFile.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new GitException("can't read " + entry.path() + " of tree " + tree.id() + ": " + e.getMessage(), e);
        }
    }

    /** Where a link leads, as a path of this tree; empty where it leads out of it. */
    Optional<String> target(TreeEntry link) {
        return Paths.resolve(link.folder(), new String(tree.read(link), StandardCharsets.UTF_8));
    }

    /** The file at the end of a chain of links; empty where there is none. */
    Optional<TreeEntry> followed(TreeEntry entry) {
        TreeEntry at = entry;
        for (int i = 0; i < MAX_LINKS; i++) {
            if (at.mode() != TreeEntry.Mode.LINK) {
                return at.mode() == TreeEntry.Mode.SUBMODULE ? Optional.empty() : Optional.of(at);
            }
            Optional<TreeEntry> next = target(at).flatMap(this::find);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.empty();
    }

    private int firstAtOrAfter(String path) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).path().compareTo(path) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
