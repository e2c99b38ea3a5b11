package dev.plumbline.forge.inspect;

import dev.plumbline.forge.hook.HookAnswer;
import java.util.Map;

/** What the running server saw of a forge's deliveries. */
public interface Arrivals {

    /** What came of asking it. */
    sealed interface Told {
        /** How many deliveries of the forge were answered so, since the server started. */
        record Counts(Map<HookAnswer, Long> byAnswer) implements Told {
            /** Whether more were answered so than before. */
            boolean since(Counts before, HookAnswer answer) {
                return byAnswer.getOrDefault(answer, 0L) > before.byAnswer.getOrDefault(answer, 0L);
            }
        }

        /** It can't be asked: a sentence, and the next step. */
        record Silent(String sentence, String next) implements Told {}
    }

    /** So far. */
    Told of(String forge);

    /** Lets a moment pass before it is asked again. */
    void pause();
}
