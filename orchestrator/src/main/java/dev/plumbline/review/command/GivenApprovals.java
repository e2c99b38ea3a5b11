package dev.plumbline.review.command;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.PullBook;
import dev.plumbline.forge.PullForge;
import dev.plumbline.forge.PullText.Shown;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Review;
import dev.plumbline.review.Change;
import dev.plumbline.review.ChangeApprovals;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** Reads who approved a pull request; whether they may is another question. */
final class GivenApprovals {
    private final ChangeApprovals approvals;
    private final PullBook pulls;

    GivenApprovals(ChangeApprovals approvals, PullBook pulls) {
        this.approvals = approvals;
        this.pulls = pulls;
    }

    /**
     * Whose approvals were given for this head and these plans: by command, or by a review that was written while the comment
     * showed them.
     */
    Answer<Set<String>> of(Change change, PullBook.Entry entry, Remote remote, PullForge forge) {
        Optional<Shown> subject = approvals.subject(change);
        return forge.reviews(remote, entry.pull()).then(all -> {
            SortedMap<String, Instant> approved = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            approvals
                    .counting(change)
                    .forEach((actor, at) -> remote.login(actor).ifPresent(login -> approved.put(login, at)));
            all.stream()
                    .filter(review -> review.state() == Review.State.APPROVED)
                    .filter(review -> review.commit().map(change.head()::equals).orElse(true))
                    .filter(review -> subject.isPresent() && Objects.equals(pulls.shownAt(entry, review.at()), subject))
                    .forEach(review -> approved.merge(
                            review.login(), review.at(), BinaryOperator.maxBy(Comparator.naturalOrder())));
            // Who asks for changes takes back what they approved before.
            all.stream()
                    .filter(review -> review.state() == Review.State.REFUSED)
                    .filter(review -> !review.at().isBefore(approved.getOrDefault(review.login(), Instant.MAX)))
                    .forEach(review -> approved.remove(review.login()));
            return new Answer.Given<>(Set.copyOf(approved.keySet()));
        });
    }
}
