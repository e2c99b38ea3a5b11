package dev.plumbline.terraform.plan;

import dev.plumbline.secret.Secrets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands in a state file of format 4.
 *
 * @param serial grows with each write
 * @param lineage names the state through its life
 * @param outputs of the root module
 * @param managedInstances objects that Terraform manages, deposed ones included, data sources not
 * @param secrets every string that it marks as sensitive
 */
public record StateFile(
        long serial,
        String lineage,
        String terraformVersion,
        SortedMap<String, Output> outputs,
        int managedInstances,
        Secrets secrets) {
    private static final Set<String> PRIMITIVES = Set.of("string", "number", "bool", "dynamic");
    private static final Set<String> COMPOUNDS = Set.of("object", "tuple", "list", "set", "map");

    public StateFile {
        outputs = Collections.unmodifiableSortedMap(new TreeMap<>(outputs));
    }

    /** One output. */
    public record Output(Value value, boolean sensitive) {

        /** The value as JSON, as it would stand in a {@code .tfvars.json} file. */
        public String json() {
            return ValueJson.plain(value);
        }
    }

    /**
     * Reads a state file; one without content is an empty state.
     *
     * @throws StateFormatException where it is not a state of format 4
     */
    public static StateFile parse(byte[] bytes) {
        return parse(bytes, SensitiveSchema.none());
    }

    /** {@link #parse(byte[])}, with what the provider's schema calls sensitive among the secrets too. */
    public static StateFile parse(byte[] bytes, SensitiveSchema schema) {
        if (bytes.length == 0) {
            return new StateFile(0, "", "", new TreeMap<>(), 0, Secrets.none());
        }
        JsonNode root;
        try {
            root = Json.mapper().readTree(bytes);
        } catch (JacksonException e) {
            throw new StateFormatException("the state is not JSON that can be read");
        }
        JsonNode version = Json.at(root, "version");
        if (!version.isIntegralNumber() || version.asLong() != 4) {
            throw new StateFormatException(
                    "the state is not of format 4, the one that Terraform has written since 0.12");
        }
        Secrets.Builder found = Secrets.builder();
        TreeMap<String, Output> outputs = new TreeMap<>();
        Json.at(root, "outputs").properties().forEach(entry -> {
            Output output = new Output(
                    Json.value(Json.at(entry.getValue(), "value")), Json.flag(entry.getValue(), "sensitive"));
            outputs.put(entry.getKey(), output);
            if (output.sensitive()) {
                output.value().eachText(found::add);
            }
        });
        int managed = 0;
        for (JsonNode resource : Json.at(root, "resources")) {
            Json.at(resource, "instances").forEach(instance -> collect(resource, instance, schema, found));
            managed += Json.text(resource, "mode").equals("managed")
                    ? Json.at(resource, "instances").size()
                    : 0;
        }
        return new StateFile(
                Json.at(root, "serial").asLong(0),
                Json.text(root, "lineage"),
                Json.text(root, "terraform_version"),
                outputs,
                managed,
                found.build());
    }

    private static void collect(JsonNode resource, JsonNode instance, SensitiveSchema schema, Secrets.Builder found) {
        TreeSet<Path> paths = new TreeSet<>(schema.paths(
                PlanFile.providerSource(Json.text(resource, "provider")),
                Json.text(resource, "mode").equals("data") ? ResourceAddress.Mode.DATA : ResourceAddress.Mode.MANAGED,
                Json.text(resource, "type")));
        Json.at(instance, "sensitive_attributes").forEach(path -> paths.add(path(path)));
        if (!paths.isEmpty()) {
            Value attributes = Json.value(unwrapped(Json.at(instance, "attributes")));
            Marks.of(paths).eachMarkedText(attributes, found::add);
        }
    }

    private static Path path(JsonNode array) {
        List<Path.Step> steps = new ArrayList<>();
        for (JsonNode step : array) {
            JsonNode value = Json.at(step, "value");
            JsonNode key = value.isObject() ? Json.at(value, "value") : value;
            if (key.isString()) {
                steps.add(new Path.Name(key.stringValue()));
            } else if (key.isIntegralNumber() && key.canConvertToInt()) {
                steps.add(new Path.Index(key.intValue()));
            } else {
                break;
            }
        }
        return new Path(steps);
    }

    /**
     * The attributes without the {@code {"value": …, "type": …}} that stands around those of dynamic type: their paths
     * don't go through it, and the words of the type are not secret.
     */
    private static JsonNode unwrapped(JsonNode attributes) {
        if (!(attributes instanceof ObjectNode object)) {
            return attributes;
        }
        ObjectNode plain = object.objectNode();
        object.properties()
                .forEach(entry -> plain.set(
                        entry.getKey(),
                        isWrapped(entry.getValue()) ? Json.at(entry.getValue(), "value") : entry.getValue()));
        return plain;
    }

    private static boolean isWrapped(JsonNode node) {
        if (!node.isObject() || node.size() != 2 || !node.has("value")) {
            return false;
        }
        JsonNode type = Json.at(node, "type");
        JsonNode first = type.isArray() && !type.isEmpty() ? type.get(0) : type;
        return first.isString() && (type.isArray() ? COMPOUNDS : PRIMITIVES).contains(first.stringValue());
    }
}
