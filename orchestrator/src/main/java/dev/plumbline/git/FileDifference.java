package dev.plumbline.git;

import java.util.Optional;

/**
 * One file that differs between two trees.
 *
 * @param path where it stands now; for a removed file, where it stood
 * @param oldPath where it stood before; only of a renamed file
 */
public record FileDifference(Kind kind, String path, Optional<String> oldPath) implements Comparable<FileDifference> {

    /** A changed file differs in its content, its mode or both. */
    public enum Kind {
        ADDED,
        CHANGED,
        REMOVED,
        RENAMED
    }

    public FileDifference {
        if (oldPath.isPresent() != (kind == Kind.RENAMED)) {
            throw new IllegalArgumentException("only a renamed file has an old path: " + path);
        }
    }

    @Override
    public int compareTo(FileDifference other) {
        return path.compareTo(other.path);
    }
}
