package dev.plumbline.forge.inspect;

import dev.plumbline.forge.Remote;
import dev.plumbline.forge.hook.HookAnswer;
import java.util.Map;

/** What the running server saw of a forge's deliveries. */
public interface Arrivals {

    /** What came of asking it. */
    sealed interface Told {
        /**
         * How many deliveries were answered so, since the server started.
         *
         * @param known of those that spoke of the repository, and proved who they are
         * @param stray of the forge's others that name no repository which the server knows, or prove nothing
         */
        record Counts(Map<HookAnswer, Long> known, Map<HookAnswer, Long> stray) implements Told {
            public Counts {
                known = Map.copyOf(known);
                stray = Map.copyOf(stray);
            }

            /** Whether one of the repository came since. */
            boolean knownSince(Counts before) {
                return known.keySet().stream().anyMatch(answer -> more(known, before.known, answer));
            }

            /** Whether another one was answered so since: that may be the repository's, too. */
            boolean straySince(Counts before, HookAnswer answer) {
                return more(stray, before.stray, answer);
            }

            /** Whether any was answered so since. */
            boolean since(Counts before, HookAnswer answer) {
                return straySince(before, answer) || more(known, before.known, answer);
            }

            private static boolean more(Map<HookAnswer, Long> now, Map<HookAnswer, Long> before, HookAnswer answer) {
                return now.getOrDefault(answer, 0L) > before.getOrDefault(answer, 0L);
            }
        }

        /** It can't be asked: a sentence, and the next step. */
        record Silent(String sentence, String next) implements Told {}
    }

    /** So far. */
    Told of(Remote remote);

    /** Lets a moment pass before it is asked again. */
    void pause();
}
