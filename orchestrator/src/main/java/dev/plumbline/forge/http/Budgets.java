package dev.plumbline.forge.http;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

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

    /** The calls left, by the forges' names: of several accounts, those of the one with the fewest; NaN where nobody said. */
    public Map<String, DoubleSupplier> of(Set<String> forges) {
        return forges.stream().collect(Collectors.toMap(forge -> forge, forge -> () -> remaining(forge)));
    }

    private double remaining(String forge) {
        return left.entrySet().stream()
                .filter(entry -> entry.getKey().forge().equals(forge))
                .mapToDouble(Map.Entry::getValue)
                .min()
                .orElse(Double.NaN);
    }
}
