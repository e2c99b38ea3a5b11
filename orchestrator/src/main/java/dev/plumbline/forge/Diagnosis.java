package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import java.util.List;

/**
 * What was found in the code of a commit, shown at its files and lines where a forge has a place for that.
 *
 * @param title one line
 * @param summary in Markdown, made harmless
 */
public record Diagnosis(CommitSha commit, boolean fine, String title, String summary, List<Remark> remarks) {
    /** What the forge calls it; not the name of a status, since both may be required. */
    public static final String NAME = "plumbline/diagnostics";

    public Diagnosis {
        remarks = List.copyOf(remarks);
    }

    /**
     * Something at one line.
     *
     * @param path in the repository
     * @param line counted from 1
     * @param title one line of plain text
     * @param message plain text, not empty
     */
    public record Remark(String path, int line, boolean error, String title, String message) {}
}
