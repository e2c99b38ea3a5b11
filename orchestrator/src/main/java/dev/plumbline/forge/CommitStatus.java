package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;

/**
 * A line that a forge shows beside a commit, and can require before it lets anybody merge.
 *
 * @param context its name: a later one of the same name takes its place
 * @param description one line; a forge takes at most {@value #LONGEST} characters
 * @param url what a click on it opens; empty for nothing
 */
public record CommitStatus(CommitSha commit, String context, State state, String description, String url) {
    /** The shortest limit of the forges, GitHub's. */
    public static final int LONGEST = 140;

    public CommitStatus {
        description = description.length() <= LONGEST ? description : description.substring(0, LONGEST - 1) + "…";
    }

    /** Where it stands. */
    public enum State {
        PENDING,
        SUCCESS,
        FAILURE
    }
}
