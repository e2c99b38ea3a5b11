package dev.plumbline.app;

import dev.plumbline.forge.QueueEntry;
import dev.plumbline.review.Change;
import dev.plumbline.review.Reviews;
import dev.plumbline.web.NoSuchSubjectException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the change that people mean: by {@code #12}, which may be its own number or its pull request's, or with its repository, {@code
 * team/infra#14}, by the number that it has there.
 */
record ChangeFinder(Reviews reviews) {
    private static final Pattern NAME = Pattern.compile("(?<repository>[^#:\\s]*)#(?<number>[1-9]\\d{0,17})");

    /** Whether a change is meant, and nothing else that people name. */
    static boolean names(String typed) {
        return NAME.matcher(typed).matches();
    }

    /** @throws NoSuchSubjectException where none is called so, or more than one */
    Change find(String typed) {
        Matcher name = NAME.matcher(typed);
        if (!name.matches()) {
            throw new NoSuchSubjectException(typed + " is no change; it is written as #12, or as team/infra#14.");
        }
        List<Change> meant = reviews.changesNumbered(Long.parseLong(name.group("number"))).stream()
                .filter(change -> QueueEntry.of(change.branch()).isEmpty())
                .filter(change ->
                        name.group("repository").isEmpty() || change.qualified().equals(typed))
                .toList();
        if (meant.size() > 1) {
            throw new NoSuchSubjectException(typed + " may be any of "
                    + meant.stream().map(Change::qualified).collect(Collectors.joining(", ")) + "; write one of them.");
        }
        return meant.stream()
                .findFirst()
                .orElseThrow(() -> new NoSuchSubjectException("There is no change " + typed + "."));
    }
}
