package dev.plumbline.terraform.plan;

import dev.plumbline.secret.Masker;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Hides in the attributes of one object of a state what the state or the provider's schema calls sensitive, where it stands. */
final class HiddenAttributes {
    private HiddenAttributes() {}

    /** Hides what one of the state's {@code sensitive_attributes} names; all that it leads into where it can't be followed to its end. */
    static void byState(JsonNode attributes, JsonNode path) {
        JsonNode at = attributes;
        for (int step = 0; step < path.size(); step++) {
            JsonNode key = key(path.get(step));
            JsonNode inside = unwrapped(at);
            boolean last = step == path.size() - 1 || !leads(child(inside, key), key(path.get(step + 1)));
            if (last) {
                replace(inside, key);
                return;
            }
            at = child(inside, key);
        }
    }

    /** Hides what a schema's path leads to; attributes that are not set are not there. */
    static void bySchema(JsonNode attributes, List<Path.Step> path) {
        JsonNode inside = unwrapped(attributes);
        Path.Step step = path.get(0);
        List<Path.Step> more = path.subList(1, path.size());
        if (step instanceof Path.Each) {
            inside.forEach(element -> bySchema(element, more));
        } else if (more.isEmpty()) {
            replace(inside, StringNode.valueOf(((Path.Name) step).value()));
        } else {
            bySchema(Json.at(inside, ((Path.Name) step).value()), more);
        }
    }

    /** Hides everything, and says why; only what is set is told. */
    static void all(JsonNode attributes, String why) {
        if (attributes instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(attribute -> !attribute.getValue().isNull())
                    .forEach(attribute -> attribute.setValue(StringNode.valueOf(why)));
        }
    }

    private static JsonNode key(JsonNode step) {
        JsonNode value = Json.at(step, "value");
        return value.isObject() ? Json.at(value, "value") : value;
    }

    /** Without the {@code {"value": …, "type": …}} that stands around those of dynamic type: paths don't go through it. */
    private static JsonNode unwrapped(JsonNode node) {
        return node.isObject() && node.size() == 2 && node.has("value") && node.has("type") ? node.get("value") : node;
    }

    private static boolean leads(JsonNode node, JsonNode key) {
        JsonNode inside = unwrapped(node);
        return inside.isObject() ? inside.has(key.asString("")) : inside.isArray() && key.isNumber();
    }

    private static JsonNode child(JsonNode node, JsonNode key) {
        return key.isNumber() ? node.path(key.asInt()) : node.path(key.asString(""));
    }

    private static void replace(JsonNode node, JsonNode key) {
        if (node instanceof ObjectNode object && object.has(key.asString(""))) {
            object.put(key.asString(""), Masker.MASK);
        } else if (node instanceof ArrayNode array && key.isNumber() && key.asInt() < array.size()) {
            array.set(key.asInt(), StringNode.valueOf(Masker.MASK));
        }
    }
}
