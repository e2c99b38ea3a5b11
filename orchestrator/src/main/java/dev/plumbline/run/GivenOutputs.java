package dev.plumbline.run;

import dev.plumbline.stack.StackId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Upstream stacks whose outputs are taken from a plan rather than from what is applied, because the same change alters both.
 *
 * @param plans by upstream stack, the run that planned it
 */
public record GivenOutputs(Map<StackId, RunId> plans) {
    /** Everything comes from what is applied. */
    public static final GivenOutputs NONE = new GivenOutputs(Map.of());

    public GivenOutputs {
        plans = Map.copyOf(plans);
    }

    /** The run whose planned outputs stand for that stack's; empty where its applied ones do. */
    public Optional<RunId> planOf(StackId upstream) {
        return Optional.ofNullable(plans.get(upstream));
    }

    String text() {
        return new TreeMap<>(plans)
                .entrySet().stream()
                        .map(entry -> entry.getValue().number() + " "
                                + encoded(entry.getKey().repository()) + ":"
                                + encoded(entry.getKey().folder()))
                        .collect(Collectors.joining("\n"));
    }

    static GivenOutputs of(String text) {
        return new GivenOutputs(Arrays.stream(text.split("\n"))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toMap(GivenOutputs::stackOf, GivenOutputs::runOf)));
    }

    private static StackId stackOf(String line) {
        String qualified = line.substring(line.indexOf(' ') + 1);
        int colon = qualified.indexOf(':');
        return new StackId(decoded(qualified.substring(0, colon)), decoded(qualified.substring(colon + 1)));
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static String decoded(String name) {
        return URLDecoder.decode(name, StandardCharsets.UTF_8);
    }

    private static RunId runOf(String line) {
        return new RunId(Long.parseLong(line.substring(0, line.indexOf(' '))));
    }
}
