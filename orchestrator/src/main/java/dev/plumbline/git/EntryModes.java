package dev.plumbline.git;

import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;

/** JGit's modes as ours. */
final class EntryModes {
    private EntryModes() {}

    /** Empty for a folder and for what Git doesn't know. */
    static Optional<TreeEntry.Mode> of(FileMode mode) {
        if (mode == FileMode.REGULAR_FILE) {
            return Optional.of(TreeEntry.Mode.FILE);
        }
        if (mode == FileMode.EXECUTABLE_FILE) {
            return Optional.of(TreeEntry.Mode.EXECUTABLE);
        }
        if (mode == FileMode.SYMLINK) {
            return Optional.of(TreeEntry.Mode.LINK);
        }
        return mode == FileMode.GITLINK ? Optional.of(TreeEntry.Mode.SUBMODULE) : Optional.empty();
    }
}
