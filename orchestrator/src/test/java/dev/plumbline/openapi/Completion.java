package dev.plumbline.openapi;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds to a value the members that its schema requires and nobody has set: null where that may be, else the emptiest value of the
 * type. So a server states what means something, and its answers have the whole shape all the same.
 */
final class Completion {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String SOME_TIME = "2026-01-01T00:00:00Z";
    private static final String NOWHERE = "http://127.0.0.1:9/";

    private Completion() {}

    static JsonNode of(JsonNode value, Shape shape) {
        if (value.isArray()) {
            ArrayNode all = NODES.arrayNode();
            value.forEach(
                    item -> all.add(shape.items().map(items -> of(item, items)).orElse(item)));
            return all;
        }
        return value.isObject() ? object((ObjectNode) value, shape) : value;
    }

    private static ObjectNode object(ObjectNode value, Shape shape) {
        ObjectNode whole = value.deepCopy();
        Shape chosen = chosen(value, shape);
        chosen.members().forEach((name, shapes) -> {
            Shape member = shapes.get(0);
            if (whole.has(name)) {
                whole.set(name, of(whole.path(name), member));
            } else if (chosen.required().contains(name)) {
                whole.set(name, emptiest(member));
            }
        });
        return whole;
    }

    /** The first variant that names all that is there. */
    private static Shape chosen(ObjectNode value, Shape shape) {
        Optional<Shape> variant = shape.variants().stream()
                .filter(each -> each.members().keySet().containsAll(value.propertyNames()))
                .findFirst();
        return variant.filter(each -> shape.required().isEmpty()).orElse(shape);
    }

    private static JsonNode emptiest(Shape shape) {
        if (shape.nullable()) {
            return NODES.nullNode();
        }
        if (shape.firstAllowed().isPresent()) {
            return shape.firstAllowed().get();
        }
        return switch (shape.type()) {
            case "string" -> text(shape.format());
            case "integer", "number" -> NODES.numberNode(0);
            case "boolean" -> NODES.booleanNode(false);
            case "array" -> NODES.arrayNode();
            case "object" -> object(NODES.objectNode(), shape);
            default ->
                shape.variants().stream().findFirst().map(Completion::emptiest).orElseGet(NODES::objectNode);
        };
    }

    private static JsonNode text(String format) {
        return NODES.stringNode(
                switch (format) {
                    case "uri", "uri-template" -> NOWHERE;
                    case "date-time" -> SOME_TIME;
                    case "email" -> "nobody@example.com";
                    default -> "";
                });
    }
}
