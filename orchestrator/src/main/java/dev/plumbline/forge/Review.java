package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody thinks of a pull request, by the forge's own means.
 *
 * @param login who
 * @param commit what they looked at; empty where the forge doesn't keep it
 */
public record Review(String login, State state, Optional<CommitSha> commit, Instant at) {

    /** What came of it. */
    public enum State {
        APPROVED,
        /** Changes are asked for. */
        REFUSED,
        /** It was taken back or dismissed, or is no judgement. */
        WITHDRAWN
    }
}
