package dev.plumbline.review.right;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a pull request has of the approvals that it needs.
 *
 * @param counted the logins whose approvals count
 * @param missing what it still needs, each as a part of a sentence; empty where it has them all
 * @param uncounted why an approval that was given doesn't count, a sentence each
 */
public record Approvals(SortedSet<String> counted, List<String> missing, List<String> uncounted) {
    public Approvals {
        missing = List.copyOf(missing);
        uncounted = List.copyOf(uncounted);
    }

    /** Whether nothing is missing. */
    public boolean complete() {
        return missing.isEmpty();
    }

    /** What is missing, in one sentence; empty where nothing is. */
    public Optional<String> sentence() {
        return complete() ? Optional.empty() : Optional.of(String.join(", and ", missing));
    }
}
