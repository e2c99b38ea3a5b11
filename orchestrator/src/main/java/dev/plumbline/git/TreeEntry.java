package dev.plumbline.git;

/**
 * One file, link or submodule of a tree.
 *
 * @param path from the root of the repository, with {@code /} between its names, never starting or ending with one
 * @param objectId the blob's id (for a submodule the commit it is pinned to)
 */
public record TreeEntry(String path, Mode mode, String objectId) implements Comparable<TreeEntry> {

    /** Git's own kinds of entry; folders are not entries, only what stands in them. */
    public enum Mode {
        FILE("100644"),
        EXECUTABLE("100755"),
        LINK("120000"),
        SUBMODULE("160000");

        private final String octal;

        Mode(String octal) {
            this.octal = octal;
        }

        /** As Git writes it, for example {@code 100644}. */
        public String octal() {
            return octal;
        }
    }

    /** The last name of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The folder it stands in; the empty string at the root. */
    public String folder() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    @Override
    public int compareTo(TreeEntry other) {
        return path.compareTo(other.path);
    }
}
