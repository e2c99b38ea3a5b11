package dev.plumbline.forge;

import dev.plumbline.git.CommitSha;
import java.util.Optional;

/**
 * Where a pull request stands.
 *
 * @param mergeable empty while the forge itself is finding out, also where it says then that it can't be merged
 * @param mergedBy the login of who merged it
 * @param mergedAs the commit on the base that it became
 */
public record PullDetail(
        PullRequest pull,
        boolean open,
        Optional<Boolean> mergeable,
        Optional<String> mergedBy,
        Optional<CommitSha> mergedAs) {}
