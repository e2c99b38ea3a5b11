package dev.plumbline.terraform.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values as JSON. Where unknowns must survive, one is {@code {"": true}}, and an object that has an empty key of its own is
 * wrapped as {@code {"": {…}}}.
 */
public final class ValueJson {
    private static final String ESCAPE = "";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ValueJson() {}

    /** The value as plain JSON; an unknown is null. */
    public static String plain(Value value) {
        return node(value).toString();
    }

    /** The value as a JSON tree; an unknown is null. */
    public static JsonNode node(Value value) {
        return node(value, false);
    }

    /** The value of plain JSON text; empty where it is not JSON. */
    public static Optional<Value> parsePlain(String json) {
        try {
            return Optional.of(Json.value(Json.mapper().readTree(json)));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static JsonNode exact(Value value) {
        return node(value, true);
    }

    static Value read(JsonNode node) {
        JsonNode escaped = node.isObject() ? node.get(ESCAPE) : null;
        if (escaped != null && escaped.isBoolean()) {
            return Value.UNKNOWN;
        }
        if (node.isArray()) {
            List<Value> items = new ArrayList<>();
            node.forEach(item -> items.add(read(item)));
            return new Value.Items(items);
        }
        if (node.isObject()) {
            TreeMap<String, Value> fields = new TreeMap<>();
            (escaped == null ? node : escaped)
                    .properties()
                    .forEach(field -> fields.put(field.getKey(), read(field.getValue())));
            return new Value.Fields(fields);
        }
        return Json.value(node);
    }

    private static JsonNode node(Value value, boolean exact) {
        if (value instanceof Value.Text text) {
            return NODES.stringNode(text.value());
        } else if (value instanceof Value.Num number) {
            return NODES.numberNode(number.value());
        } else if (value instanceof Value.Bool bool) {
            return NODES.booleanNode(bool.value());
        } else if (value instanceof Value.Items items) {
            ArrayNode array = NODES.arrayNode();
            items.values().forEach(item -> array.add(node(item, exact)));
            return array;
        } else if (value instanceof Value.Fields fields) {
            ObjectNode object = NODES.objectNode();
            fields.values().forEach((name, field) -> object.set(name, node(field, exact)));
            return exact && fields.values().containsKey(ESCAPE)
                    ? NODES.objectNode().set(ESCAPE, object)
                    : object;
        } else if (value instanceof Value.Unknown && exact) {
            return NODES.objectNode().put(ESCAPE, true);
        }
        return NODES.nullNode();
    }
}
