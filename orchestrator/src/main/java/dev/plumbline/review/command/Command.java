package dev.plumbline.review.command;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one line of a comment asks for.
 *
 * @param stacks as they were typed; none for all
 * @param workspace only stacks of that Terraform workspace
 * @param reference the digest of a plan or a commit, in hex, that it is about
 * @param other the pull request that it is about, in place of the one that is commented on
 */
record Command(
        Verb verb, List<String> stacks, Optional<String> workspace, Optional<String> reference, Optional<Other> other) {
    Command {
        stacks = List.copyOf(stacks);
    }

    /** One with nothing behind it. */
    static Command of(Verb verb) {
        return new Command(verb, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Another pull request, as forges' own pages name it: {@code #12}, {@code !12} or {@code team/infra#12}.
     *
     * @param path of its repository on the forge; empty for the one that is commented on
     */
    record Other(String path, long number) {
        private static final Pattern NAME = Pattern.compile("([\\w./-]*)[#!](\\d{1,9})");

        static Optional<Other> of(String word) {
            Matcher name = NAME.matcher(word);
            return name.matches()
                    ? Optional.of(new Other(name.group(1), Long.parseLong(name.group(2))))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return "pull request " + number + (path.isEmpty() ? "" : " of " + path);
        }
    }
}
