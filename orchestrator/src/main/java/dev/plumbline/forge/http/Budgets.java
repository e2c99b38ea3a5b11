package dev.plumbline.forge.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** How many calls forges still take from us till they count anew, as they said last. */
public final class Budgets {
    private final Map<Whose, Long> left = new ConcurrentHashMap<>();

    /**
     * Each is counted on its own.
     *
     * @param forge its name in server.yaml
     * @param account on whose behalf: the owner of an App's installation, empty for a token's user
     */
    public record Whose(String forge, String account) {}

    /** Keeps what one of them is told. */
    public LongConsumer of(Whose whose) {
        return calls -> left.put(whose, calls);
    }

    /** The calls left, of whoever a forge said that of by now. */
    public Map<Whose, Long> left() {
        return Map.copyOf(left);
    }
}
