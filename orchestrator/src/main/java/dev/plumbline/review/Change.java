package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.stack.ShellWord;
import dev.plumbline.store.Subject;
import java.time.Instant;
import java.util.Objects;
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
 * @param pull the forge's own number of the pull request that it is; null where it is none
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
        Instant updatedAt,
        @Nullable Long pull) {
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

    /** As people call it: a pull request as forges write it, {@code team/infra#14}; any other change by its number here, {@code #12}. */
    public String id() {
        return id(repository, number, pull);
    }

    /** {@link #id()} of a change of which only so much is known. */
    static String id(String repository, long number, @Nullable Long pull) {
        return pull == null ? "#" + number : repository + "#" + pull;
    }

    /** As nobody can take it for another one, also where it is no pull request. */
    public String qualified() {
        return repository + "#" + Objects.requireNonNullElse(pull, number);
    }

    /** {@link #id()} as a word that a shell takes. */
    public String typed() {
        return ShellWord.of(id());
    }
}
