package dev.plumbline.git;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * What stands directly in each folder, by the folder's object id; since most folders are the same from commit to commit,
 * they are parsed once for all of them. Forgets the least recently used.
 */
final class FolderCache {
    private static final int MOST_CHILDREN = 300_000;

    private final LinkedHashMap<ObjectId, Map<String, Child>> folders = new LinkedHashMap<>(64, 0.75f, true);
    private int children;

    /** A file, link, submodule or folder. */
    record Child(FileMode mode, ObjectId id) {}

    /** Names directly in the folder, in Git's order. */
    Map<String, Child> read(ObjectReader reader, ObjectId folder) throws IOException {
        synchronized (folders) {
            Map<String, Child> known = folders.get(folder);
            if (known != null) {
                return known;
            }
        }
        Map<String, Child> parsed = parse(reader, folder);
        synchronized (folders) {
            if (folders.put(folder, parsed) == null) {
                children += parsed.size();
            }
            var oldest = folders.values().iterator();
            while (children > MOST_CHILDREN && oldest.hasNext()) {
                children -= oldest.next().size();
                oldest.remove();
            }
        }
        return parsed;
    }

    private static Map<String, Child> parse(ObjectReader reader, ObjectId folder) throws IOException {
        Map<String, Child> found = new LinkedHashMap<>();
        CanonicalTreeParser names = new CanonicalTreeParser(null, reader, folder);
        for (; !names.eof(); names.next()) {
            found.put(names.getEntryPathString(), new Child(names.getEntryFileMode(), names.getEntryObjectId()));
        }
        return Collections.unmodifiableMap(found);
    }
}
