package dev.plumbline.secret;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Which values of variables, and of the environment, must not be shown. */
public final class VariableSecrets {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Names of environment variables whose values nobody wants to read in a log. */
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(token|secret|password|passwd|credential|_key).*");

    private VariableSecrets() {}

    /**
     * The secrets among these.
     *
     * @param values variable → its value as JSON
     * @param environment name → value
     * @param sensitive the variables that are called sensitive, by the code or by where their values come from
     */
    public static Secrets of(Map<String, String> values, Map<String, String> environment, Set<String> sensitive) {
        Secrets.Builder secrets = Secrets.builder();
        values.forEach((name, json) -> {
            if (sensitive.contains(name)) {
                addLeaves(JSON.readTree(json), secrets);
            }
        });
        environment.forEach((name, value) -> {
            if (SECRET_NAME.matcher(name).matches() || sensitive.contains(name.replaceFirst("^TF_VAR_", ""))) {
                secrets.add(value);
            }
        });
        return secrets.build();
    }

    private static void addLeaves(JsonNode value, Secrets.Builder secrets) {
        if (value.isContainer()) {
            value.forEach(child -> addLeaves(child, secrets));
        } else if (!value.isNull() && !value.isBoolean()) {
            secrets.add(value.asString());
        }
    }
}
