package dev.plumbline.git;

import java.util.List;

/** What merging one commit into another would give. */
public sealed interface MergePreview {

    /**
     * It merges.
     *
     * @param treeId the merged root folder, readable by {@link Mirror#treeById} until {@link Mirror#releasePreview}
     */
    record Merged(String treeId) implements MergePreview {}

    /**
     * People have to merge it by hand.
     *
     * @param files sorted by path, never empty
     */
    record Conflict(List<ConflictFile> files) implements MergePreview {
        public Conflict {
            files = files.stream().sorted().toList();
        }
    }

    /** The two commits have no commit in common, so there is nothing to merge by. */
    record Unrelated() implements MergePreview {}

    /**
     * @param what the conflict in a few words, for example {@code both sides changed the same lines}
     */
    record ConflictFile(String path, String what) implements Comparable<ConflictFile> {
        @Override
        public int compareTo(ConflictFile other) {
            return path.compareTo(other.path);
        }
    }
}
