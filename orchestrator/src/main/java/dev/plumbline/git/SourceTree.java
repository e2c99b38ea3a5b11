package dev.plumbline.git;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The files of one commit, of a merge that was only previewed, or of a working tree; read by Git's object ids, so that
 * asking whether anything changed costs no file scan.
 *
 * <p>Safe for use by several threads.
 */
public interface SourceTree {

    /** Names the whole content: two trees with the same id hold the same files. */
    String id();

    /**
     * Everything below a folder, at any depth, sorted by path.
     *
     * @param folder without slashes at its ends; the empty string is the root. An absent folder gives an empty list
     */
    List<TreeEntry> below(String folder);

    /** The entry at exactly this path; a folder is none. */
    Optional<TreeEntry> find(String path);

    /**
     * Names everything below a folder, at any depth, without reading it: as long as the id stays, nothing in there has
     * changed.
     *
     * @param folder as in {@link #below}; the empty string gives {@link #id()}
     * @return empty where there is no such folder
     */
    Optional<String> folderId(String folder);

    /**
     * The content of a file, or the target of a link.
     *
     * @throws GitException where the object is a submodule or can't be read
     */
    byte[] read(TreeEntry entry);

    /**
     * The same as {@link #read}, without all of it in memory at once: a file may be as large as a push. To be closed.
     *
     * @throws GitException where the object is a submodule or can't be read
     */
    default InputStream open(TreeEntry entry) {
        return new ByteArrayInputStream(read(entry));
    }
}
