package dev.plumbline.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Finds members that no schema names: a schema allows them, but nobody would read them, or nobody sends them. */
final class Surplus {
    private final List<String> found = new ArrayList<>();

    private Surplus() {}

    /** Each a sentence. */
    static List<String> in(JsonNode value, Shape shape) {
        Surplus surplus = new Surplus();
        surplus.look("", value, List.of(shape));
        return surplus.found;
    }

    private void look(String at, JsonNode value, List<Shape> shapes) {
        if (value.isArray()) {
            List<Shape> items = shapes.stream()
                    .flatMap(shape -> shape.variants().isEmpty()
                            ? shape.items().stream()
                            : shape.variants().stream().flatMap(variant -> variant.items().stream()))
                    .toList();
            for (int i = 0; i < value.size(); i++) {
                look(at + "/" + i, value.get(i), items);
            }
        } else if (value.isObject() && shapes.stream().noneMatch(Shape::open)) {
            value.properties().forEach(member -> member(at, member, shapes));
        }
    }

    private void member(String at, Map.Entry<String, JsonNode> member, List<Shape> shapes) {
        List<Shape> allowed = shapes.stream()
                .flatMap(shape -> shape.members().getOrDefault(member.getKey(), List.of()).stream())
                .toList();
        String place = at + "/" + member.getKey();
        if (allowed.isEmpty()) {
            found.add(place + " is not described");
        } else {
            look(place, member.getValue(), allowed);
        }
    }
}
