package dev.plumbline.review.command;

import dev.plumbline.forge.Trouble;
import java.time.Duration;

/** How soon a forge is asked again that did not give what was asked for. */
final class AskAgain {
    /** One that could not be reached. */
    static final Duration UNREACHABLE = Duration.ofSeconds(20);

    /** One where somebody has to mend something first: a token that ended, say. */
    private static final Duration REFUSED = Duration.ofMinutes(2);

    private AskAgain() {}

    static Duration after(Trouble trouble) {
        return trouble.passes() ? UNREACHABLE : REFUSED;
    }
}
