package dev.plumbline.terraform.report;

import dev.plumbline.terraform.plan.Value;
import dev.plumbline.terraform.plan.ValueJson;
import java.util.Optional;

/** Strings that are themselves a JSON object or array, such as policies, so that they are compared inside. */
final class EmbeddedJson {
    private EmbeddedJson() {}

    /** The object or array that the string is; empty where it is neither. */
    static Optional<Value> parse(String text) {
        String trimmed = text.strip();
        boolean maybe =
                trimmed.startsWith("{") && trimmed.endsWith("}") || trimmed.startsWith("[") && trimmed.endsWith("]");
        return maybe ? ValueJson.parsePlain(trimmed) : Optional.empty();
    }
}
