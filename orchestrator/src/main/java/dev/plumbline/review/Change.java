package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.store.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pull request, or a branch pushed to the built-in forge, at its present head commit.
 *
 * @param number counts over all repositories of this server
 * @param title the head commit's subject line
 * @param author who pushed it
 * @param preview the merge that its plans rest on; null until there is one
 * @param reported the plans that its author was shown last, one {@code run folder} a line; null until there was a report
 * @param reportDue whether something about it came after that report
 */
public record Change(
        long number,
        String repository,
        String branch,
        String title,
        String author,
        CommitSha head,
        @Nullable Preview preview,
        ChangeState state,
        String reason,
        @Nullable String reported,
        boolean reportDue,
        Instant openedAt,
        Instant updatedAt) {
    /** The kind of {@link #ballot}. */
    public static final String BALLOT = "ballot";

    /**
     * The change as it will be once it is merged.
     *
     * @param head that was merged
     * @param base that it was merged into
     * @param tree the object id of the result; null where they conflict
     */
    public record Preview(
            CommitSha head, CommitSha base, @Nullable String tree) {}

    /** The subject that advances it. */
    public Subject subject() {
        return subject(number);
    }

    /** The subject that advances a change. */
    public static Subject subject(long number) {
        return new Subject("change", number);
    }

    /** The subject that counts its approvals. */
    public Subject ballot() {
        return ballot(number);
    }

    /** The subject that counts the approvals of a change. */
    public static Subject ballot(long number) {
        return new Subject(BALLOT, number);
    }

    /** As people type it, for example {@code #12}. */
    public String id() {
        return "#" + number;
    }
}
