package dev.plumbline.stack;

import dev.plumbline.git.TreeEntry;
import dev.plumbline.hcl.Dialect;
import dev.plumbline.hcl.TerraformCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The code of one tree's folders; parsed only where no tree before had the same files. */
final class FolderCodes {
    private final TreeIndex index;
    private final Dialect dialect;
    private final ContentCache<List<String>, FolderCode> cache;
    private final Map<String, FolderCode> known = new HashMap<>();

    /** @param cache keyed by dialect, names and object ids */
    FolderCodes(TreeIndex index, ContentCache<List<String>, FolderCode> cache, Dialect dialect) {
        this.dialect = dialect;
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
        Map<String, TreeEntry> contents = new LinkedHashMap<>();
        for (TreeEntry file : files) {
            index.followed(file).ifPresent(content -> contents.put(file.name(), content));
        }
        return read(contents, index::read, cache, dialect);
    }

    /** What files say, by the names under which they are read; sorted by them. */
    static FolderCode read(
            Map<String, TreeEntry> contents,
            Function<TreeEntry, byte[]> reading,
            ContentCache<List<String>, FolderCode> cache,
            Dialect dialect) {
        List<String> key = new ArrayList<>(2 * contents.size() + 1);
        // Without a .tofu file both dialects read the same, so that it is read once.
        boolean tofu = contents.keySet().stream().anyMatch(name -> name.contains(".tofu"));
        Dialect read = tofu ? dialect : Dialect.TERRAFORM;
        key.add(read.name());
        contents.forEach((name, entry) -> {
            key.add(name);
            key.add(entry.objectId());
        });
        return cache.get(List.copyOf(key), () -> {
            SortedMap<String, byte[]> bytes = new TreeMap<>();
            contents.forEach((name, entry) -> bytes.put(name, reading.apply(entry)));
            return new FolderCode(TerraformCode.read(bytes, read), LineSet.of(bytes.values()));
        });
    }
}
