package dev.plumbline.review;

import dev.plumbline.git.CommitSha;
import dev.plumbline.git.Mirror;
import dev.plumbline.secret.TerminalText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells what main's history lost. Here it only grows; elsewhere it can be rewritten, and what was applied from it is then undone by
 * a commit that nobody may have looked at.
 */
final class LostCommits {
    private static final int NAMED = 3;

    private final CommitSha main;
    private final Mirror mirror;
    private final Map<CommitSha, Optional<String>> known = new HashMap<>();

    /** @param main where main is now */
    LostCommits(CommitSha main, Mirror mirror) {
        this.main = main;
        this.mirror = mirror;
    }

    /** One sentence naming commits that main had at the first of these moments that it has not all of; empty where it only grew. */
    Optional<String> since(Stream<CommitSha> moments) {
        return moments.flatMap(moment -> known.computeIfAbsent(moment, this::sentence).stream())
                .findFirst();
    }

    private Optional<String> sentence(CommitSha before) {
        if (!mirror.has(before)) {
            return Optional.of("main's history was rewritten and lost " + before.abbreviated());
        }
        if (mirror.isAncestor(before, main)) {
            return Optional.empty();
        }
        List<CommitSha> lost = mirror.between(main, before, NAMED + 1);
        String named = lost.stream()
                .limit(NAMED)
                .map(commit -> commit.abbreviated() + " "
                        + TerminalText.safeLine(mirror.commit(commit).subject()))
                .collect(Collectors.joining(", "));
        return Optional.of("main's history was rewritten and lost " + named + (lost.size() > NAMED ? ", …" : ""));
    }
}
