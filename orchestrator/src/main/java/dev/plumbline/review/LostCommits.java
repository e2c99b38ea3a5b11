package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.secret.TerminalText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells what main's history lost. Here it only grows; elsewhere it can be rewritten, and what was applied from it is then undone by
 * a commit that nobody may have looked at.
 */
final class LostCommits {
    private static final int NAMED = 3;

    private LostCommits() {}

    /** One sentence naming commits that main had and has no more; empty where it only grew. */
    static Optional<String> sentence(@Nullable CommitSha before, CommitSha after, Mirror mirror) {
        if (before == null || mirror.isAncestor(before, after)) {
            return Optional.empty();
        }
        List<CommitSha> lost = mirror.between(after, before, NAMED + 1);
        String named = lost.stream()
                .limit(NAMED)
                .map(commit -> commit.abbreviated() + " "
                        + TerminalText.safeLine(mirror.commit(commit).subject()))
                .collect(Collectors.joining(", "));
        return Optional.of("main's history was rewritten and lost " + named + (lost.size() > NAMED ? ", …" : ""));
    }
}
