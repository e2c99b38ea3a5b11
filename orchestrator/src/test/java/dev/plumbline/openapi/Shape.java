package dev.plumbline.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A schema with its references followed: which members an object of it may and must have. */
final class Shape {
    private final JsonNode document;
    private final JsonNode schema;

    Shape(JsonNode document, JsonNode schema) {
        this.document = document;
        this.schema = followed(document, schema);
    }

    private static JsonNode followed(JsonNode document, JsonNode schema) {
        JsonNode at = schema;
        while (at.has("$ref")) {
            at = document.at(at.path("$ref").asString("").substring(1));
        }
        return at;
    }

    private Shape of(JsonNode part) {
        return new Shape(document, part);
    }

    private List<Shape> parts(String keyword) {
        return StreamSupport.stream(schema.path(keyword).spliterator(), false)
                .map(this::of)
                .toList();
    }

    /** The schemas of which a value has to be one. */
    List<Shape> variants() {
        List<Shape> all = new ArrayList<>(parts("oneOf"));
        all.addAll(parts("anyOf"));
        return all;
    }

    /** Every member that some part of the schema names, with what may stand there. */
    Map<String, List<Shape>> members() {
        Map<String, List<Shape>> all = new LinkedHashMap<>();
        schema.path("properties")
                .properties()
                .forEach(entry -> all.computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
                        .add(of(entry.getValue())));
        List<Shape> parts = new ArrayList<>(parts("allOf"));
        parts.addAll(variants());
        for (Shape part : parts) {
            part.members()
                    .forEach((name, shapes) ->
                            all.computeIfAbsent(name, each -> new ArrayList<>()).addAll(shapes));
        }
        return all;
    }

    /** The members that must be there, of the schema itself and of all that it is composed of. */
    Set<String> required() {
        Set<String> all = new LinkedHashSet<>();
        schema.path("required").forEach(name -> all.add(name.asString("")));
        parts("allOf").forEach(part -> all.addAll(part.required()));
        return all;
    }

    /** Whether members of any name may stand in it. */
    boolean open() {
        return schema.path("additionalProperties").isObject()
                || parts("allOf").stream().anyMatch(Shape::open)
                || variants().stream().anyMatch(Shape::open)
                || members().isEmpty();
    }

    Optional<Shape> items() {
        return Optional.of(schema.path("items")).filter(JsonNode::isObject).map(this::of);
    }

    boolean nullable() {
        return schema.path("nullable").asBoolean(false)
                || words("type").contains("null")
                || variants().stream().anyMatch(Shape::nullable);
    }

    /** The type that isn't null; empty where it says none. */
    String type() {
        return words("type").stream()
                .filter(type -> !type.equals("null"))
                .findFirst()
                .orElse(members().isEmpty() ? "" : "object");
    }

    Optional<JsonNode> firstAllowed() {
        return Optional.of(schema.path("enum").path(0)).filter(value -> !value.isMissingNode());
    }

    String format() {
        return schema.path("format").asString("");
    }

    private List<String> words(String keyword) {
        JsonNode given = schema.path(keyword);
        return given.isArray()
                ? StreamSupport.stream(given.spliterator(), false)
                        .map(JsonNode::asString)
                        .toList()
                : given.isString() ? List.of(given.asString()) : List.of();
    }
}
