package dev.plumbline.app;

import dev.plumbline.review.Change;
import dev.plumbline.review.Intent;
import dev.plumbline.review.Reviews;
import dev.plumbline.run.AppliedStacks.Applied;
import dev.plumbline.run.RunEngine;
import java.util.Optional;

/**
 * Retry is for what failed. Where main has what it asked for, whoever retries means a plan of a change, and would take the answer
 * about main for one about that.
 */
record RetryRule(Reviews reviews, RunEngine engine) {

    /** Why there is nothing to try again, and what they may mean instead; empty where there is. */
    Optional<String> against(Intent intent) {
        return failed(intent)
                ? Optional.empty()
                : Optional.of("nothing of " + intent.stack() + " failed on main; "
                        + failedIn(intent)
                                .map(change -> "its plan in change " + change.id() + " failed: plumbline retry "
                                        + change.typed())
                                .orElse("plumbline apply " + intent.stack().typed() + " plans main again"));
    }

    /** Whether retrying does anything for it; a quarantine outlasts what was asked for. */
    boolean failed(Intent intent) {
        return !intent.state().fulfilled()
                || engine.applied()
                        .find(intent.stack())
                        .map(Applied::quarantine)
                        .isPresent();
    }

    private Optional<Change> failedIn(Intent intent) {
        return reviews.openChanges(intent.stack()).stream()
                .filter(change -> reviews.acts().unplanned(change).stream()
                        .anyMatch(run -> run.stack().equals(intent.stack())))
                .findFirst();
    }
}
