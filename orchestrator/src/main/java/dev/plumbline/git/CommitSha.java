package dev.plumbline.git;

import java.util.regex.Pattern;

/**
 * The object id of one commit.
 *
 * @param hex forty lower-case hexadecimal digits
 */
public record CommitSha(String hex) implements Comparable<CommitSha> {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{40}");

    public CommitSha {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a commit id: '" + hex + "'");
        }
    }

    /** The first eight digits, as people read them. */
    public String abbreviated() {
        return hex.substring(0, 8);
    }

    @Override
    public int compareTo(CommitSha other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
