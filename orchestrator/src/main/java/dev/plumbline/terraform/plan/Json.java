package dev.plumbline.terraform.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** JSON as Terraform writes it, read without surprises: what is absent or of another kind is empty. */
final class Json {
    /** Reads numbers exactly: Terraform's have more digits than a double. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    static JsonMapper mapper() {
        return MAPPER;
    }

    static JsonNode at(JsonNode node, String name) {
        JsonNode found = node.get(name);
        return found == null ? MissingNode.getInstance() : found;
    }

    static String text(JsonNode node, String name) {
        JsonNode found = at(node, name);
        return found.isString() ? found.stringValue() : "";
    }

    static boolean flag(JsonNode node, String name) {
        JsonNode found = at(node, name);
        return found.isBoolean() && found.booleanValue();
    }

    static Value value(JsonNode node) {
        if (node.isString()) {
            return new Value.Text(node.stringValue());
        } else if (node.isNumber()) {
            return new Value.Num(node.decimalValue());
        } else if (node.isBoolean()) {
            return new Value.Bool(node.booleanValue());
        } else if (node.isArray()) {
            List<Value> items = new ArrayList<>(node.size());
            node.forEach(item -> items.add(value(item)));
            return new Value.Items(items);
        } else if (node.isObject()) {
            TreeMap<String, Value> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
            return new Value.Fields(fields);
        }
        return Value.NULL;
    }
}
