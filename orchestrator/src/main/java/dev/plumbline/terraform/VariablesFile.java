package dev.plumbline.terraform;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A {@code .tfvars.json} file. */
public final class VariablesFile {
    private VariablesFile() {}

    /**
     * Its content, in the order of the names.
     *
     * @param values variable → its value as JSON
     */
    public static String of(Map<String, String> values) {
        JsonMapper json = new JsonMapper();
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(value -> json.writeValueAsString(value.getKey()) + ": " + value.getValue())
                        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }
}
