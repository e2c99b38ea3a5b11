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
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
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
        Reading reading = new Reading(schema);
        try (JsonParser parser = Json.mapper().createParser(bytes)) {
            reading.all(parser);
        } catch (JacksonException e) {
            throw new StateFormatException("the state is not JSON that can be read");
        }
        return reading.read();
    }

    /** Takes in one resource at a time: a state of 100 MB is a tree of a gigabyte. */
    private static final class Reading {
        private final SensitiveSchema schema;
        private final Secrets.Builder secrets = Secrets.builder();
        private final SortedMap<String, Output> outputs = new TreeMap<>();
        private final ObjectNode head = Json.mapper().createObjectNode();
        private int managed;

        Reading(SensitiveSchema schema) {
            this.schema = schema;
        }

        void all(JsonParser parser) {
            JsonToken first = parser.nextToken();
            while (first == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                boolean many = parser.nextToken() == JsonToken.START_ARRAY && name.equals("resources");
                while (many && parser.nextToken() != JsonToken.END_ARRAY) {
                    resource(parser.readValueAsTree());
                }
                if (!many) {
                    head.set(name, parser.<JsonNode>readValueAsTree());
                }
            }
            if (parser.nextToken() != null) {
                throw new StateFormatException("the state is not one JSON object");
            }
        }

        private void resource(JsonNode resource) {
            Json.at(resource, "instances").forEach(instance -> collect(resource, instance, schema, secrets));
            managed += Json.text(resource, "mode").equals("managed")
                    ? Json.at(resource, "instances").size()
                    : 0;
        }

        StateFile read() {
            JsonNode version = Json.at(head, "version");
            if (!version.isIntegralNumber() || version.asLong() != 4) {
                throw new StateFormatException(
                        "the state is not of format 4, the one that Terraform has written since 0.12");
            }
            Json.at(head, "outputs").properties().forEach(entry -> {
                Output output = new Output(
                        Json.value(Json.at(entry.getValue(), "value")), Json.flag(entry.getValue(), "sensitive"));
                outputs.put(entry.getKey(), output);
                if (output.sensitive()) {
                    output.value().eachText(secrets::add);
                }
            });
            return new StateFile(
                    Json.at(head, "serial").asLong(0),
                    Json.text(head, "lineage"),
                    Json.text(head, "terraform_version"),
                    outputs,
                    managed,
                    secrets.build());
        }
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
