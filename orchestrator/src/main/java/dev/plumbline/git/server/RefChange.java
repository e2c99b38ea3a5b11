package dev.plumbline.git.server;

import dev.plumbline.git.CommitSha;
import java.util.Optional;

/**
 * One ref that a push moves.
 *
 * @param ref the full name, valid for Git and below {@code refs/heads/} or {@code refs/tags/}; apart from that, data from
 *     outside
 * @param before empty where it is created; of an annotated tag, the tag object's own id
 * @param after empty where it is deleted; of an annotated tag, the tag object's own id
 */
public record RefChange(String ref, Optional<CommitSha> before, Optional<CommitSha> after, Kind kind) {
    private static final String HEADS = "refs/heads/";

    /** A forced update leaves out commits that the ref had. */
    public enum Kind {
        CREATE,
        UPDATE,
        FORCED_UPDATE,
        DELETE
    }

    /** The branch's name, without {@code refs/heads/}; empty for a tag. */
    public Optional<String> branch() {
        return ref.startsWith(HEADS) ? Optional.of(ref.substring(HEADS.length())) : Optional.empty();
    }
}
