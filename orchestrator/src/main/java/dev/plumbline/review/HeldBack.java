package dev.plumbline.review;

import dev.plumbline.config.RepositoryConfig;
import dev.plumbline.forge.PullRequest;
import java.util.Optional;

/** What people say of a pull request that keeps it from being planned, and applied before its merge. */
public final class HeldBack {
    private static final String LABEL = "plumbline:hold";

    private HeldBack() {}

    /**
     * Why it is, and what to do; empty where it isn't.
     *
     * @param rules of its base
     */
    public static Optional<String> of(PullRequest pull, RepositoryConfig rules) {
        if (pull.labels().contains(LABEL)) {
            return Optional.of("the label " + LABEL + " is on it: take it off, and it is planned");
        }
        return pull.draft() && !rules.drafts()
                ? Optional.of("it is a draft: mark it as ready, and it is planned (drafts: true in plumbline.yaml plans"
                        + " drafts, too)")
                : Optional.empty();
    }
}
