package dev.plumbline.stack;

import dev.plumbline.git.TreeEntry;
import dev.plumbline.hcl.TerraformCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The code of one tree's folders; parsed only where no tree before had the same files. */
final class FolderCodes {
    private final TreeIndex index;
    private final ContentCache<List<String>, FolderCode> cache;
    private final Map<String, FolderCode> known = new HashMap<>();

    /** @param cache keyed by names and object ids */
    FolderCodes(TreeIndex index, ContentCache<List<String>, FolderCode> cache) {
        this.index = index;
        this.cache = cache;
    }

    /** What a folder's files say; a folder without Terraform files says nothing. */
    FolderCode of(String folder) {
        FolderCode code = known.get(folder);
        if (code == null) {
            code = read(index.terraformFolders().getOrDefault(folder, List.of()));
            known.put(folder, code);
        }
        return code;
    }

    private FolderCode read(List<TreeEntry> files) {
        List<String> key = new ArrayList<>(2 * files.size());
        Map<String, TreeEntry> contents = new HashMap<>();
        for (TreeEntry file : files) {
            index.followed(file).ifPresent(content -> {
                key.add(file.name());
                key.add(content.objectId());
                contents.put(file.name(), content);
            });
        }
        return cache.get(List.copyOf(key), () -> {
            SortedMap<String, byte[]> bytes = new TreeMap<>();
            contents.forEach((name, entry) -> bytes.put(name, index.read(entry)));
            return new FolderCode(TerraformCode.read(bytes), LineSet.of(bytes.values()));
        });
    }
}
