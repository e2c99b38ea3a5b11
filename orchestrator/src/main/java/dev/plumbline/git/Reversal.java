package dev.plumbline.git;

import java.util.List;

/** What taking back a part of a branch's history would give. */
public sealed interface Reversal {

    /** @param commit on top of the branch, of which no branch knows yet */
    record Made(CommitSha commit) implements Reversal {}

    /** What came later changed the same lines. @param files sorted, never empty */
    record Conflict(List<String> files) implements Reversal {
        public Conflict {
            files = files.stream().sorted().toList();
        }
    }

    /** It has been taken back already. */
    record Nothing() implements Reversal {}
}
