package dev.plumbline.review.command;

import java.util.List;
import java.util.Optional;

/**
 * What one line of a comment asks for.
 *
 * @param stacks as they were typed; none for all
 * @param workspace only stacks of that Terraform workspace
 * @param reference the digest of a plan or a commit, in hex, that it is about
 */
record Command(Verb verb, List<String> stacks, Optional<String> workspace, Optional<String> reference) {
    Command {
        stacks = List.copyOf(stacks);
    }
}
