package dev.plumbline.review.right;

import dev.plumbline.forge.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a pull request has of the approvals that it needs.
 *
 * @param counted the logins whose approvals count
 * @param missing what it still needs, each as a part of a sentence; empty where it has them all
 * @param uncounted why an approval that was given doesn't count, a sentence each
 * @param later what kept the forge from answering, so that counting again may come to another end
 */
public record Approvals(
        SortedSet<String> counted, List<String> missing, List<String> uncounted, Optional<Trouble> later) {
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
