package dev.plumbline.forge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The branch that stands here for a pull request from a fork. */
final class Fork {
    private static final Pattern BRANCH = Pattern.compile("fork/(\\d{1,18})");

    private Fork() {}

    static String branch(long pull) {
        return "fork/" + pull;
    }

    /** Which pull request a branch stands for; empty for an ordinary one. */
    static Optional<Long> pull(String branch) {
        Matcher matcher = BRANCH.matcher(branch);
        return matcher.matches() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
    }
}
