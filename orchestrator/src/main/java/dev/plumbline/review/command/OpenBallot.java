package dev.plumbline.review.command;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullText.Shown;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Trouble;
import dev.plumbline.review.ApprovalCount;
import dev.plumbline.review.Change;
import dev.plumbline.review.Reviews;
import dev.plumbline.review.right.Approvals;
import dev.plumbline.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the approvals of a pull request that is still open, so that people read on it what it lacks before they merge it or ask that
 * it be applied. Only told: whoever merges or applies it has them counted again.
 */
final class OpenBallot {
    /** Forges tell in whole seconds when something was done: what comes within the same one moves nothing that can be seen. */
    private static final Duration SAME_SECOND = Duration.ofMillis(1_100);

    private final Database database;
    private final Reviews reviews;
    private final GivenApprovals given;
    private final Gate gate;
    private final Clock clock;

    OpenBallot(Database database, Reviews reviews, GivenApprovals given, Gate gate, Clock clock) {
        this.database = database;
        this.reviews = reviews;
        this.given = given;
        this.gate = gate;
        this.clock = clock;
    }

    /** @return within which time they are to be counted again, though nothing more is heard */
    Optional<Duration> count(Change change, PullBook.Entry entry, Remote remote, PullForge forge) {
        Optional<Shown> subject = reviews.approvals().subject(change);
        if (subject.isEmpty()) {
            return Optional.empty();
        }
        if (gate.approvals(remote, forge, entry.pull(), change, List.of()).complete()) {
            tell(change, subject.get(), Optional.empty());
            return Optional.empty();
        }
        Answer<Set<String>> logins = given.of(change, entry, remote, forge);
        if (logins instanceof Answer.Failed<Set<String>> failed) {
            return unread(change, subject.get(), failed.trouble());
        }
        Approvals found =
                gate.approvals(remote, forge, entry.pull(), change, ((Answer.Given<Set<String>>) logins).value());
        if (found.later().isPresent()) {
            return unread(change, subject.get(), found.later().get());
        }
        tell(change, subject.get(), Optional.of(new ApprovalCount(found.complete(), words(found))));
        Instant sure = entry.updatedSeen().plus(SAME_SECOND);
        return clock.instant().isBefore(sure) ? Optional.of(SAME_SECOND) : Optional.empty();
    }

    private static String words(Approvals found) {
        String missing = found.sentence().orElseGet(() -> "approved by " + String.join(" and ", found.counted()));
        return found.uncounted().isEmpty() ? missing : missing + " (" + String.join("; ", found.uncounted()) + ")";
    }

    private Optional<Duration> unread(Change change, Shown subject, Trouble trouble) {
        if (trouble.passes()) {
            return Optional.of(AskAgain.UNREACHABLE);
        }
        String words = "its approvals can't be read: " + trouble.sentence();
        tell(change, subject, Optional.of(new ApprovalCount(false, words)));
        return Optional.empty();
    }

    private void tell(Change change, Shown subject, Optional<ApprovalCount> count) {
        database.change(transaction -> {
            if (reviews.approvals().counted(transaction, change, subject, count)) {
                reviews.tellAgain(transaction, change);
            }
        });
    }
}
