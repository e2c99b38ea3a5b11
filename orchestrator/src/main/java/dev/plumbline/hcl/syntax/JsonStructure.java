package dev.plumbline.hcl.syntax;

import dev.plumbline.hcl.syntax.Expression.Entry;
import dev.plumbline.hcl.syntax.Expression.ListOf;
import dev.plumbline.hcl.syntax.Expression.Null;
import dev.plumbline.hcl.syntax.Expression.ObjectOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells blocks from attributes in JSON, where both are properties. Only Terraform's own blocks are told apart; inside a
 * resource or a backend everything is an attribute, since that would take the provider's schema.
 */
final class JsonStructure {
    /** Blocks of a file, and of {@code terraform}, each with the number of its labels; the last: inside the others. */
    private static final Map<String, Integer> OF_FILE = Map.ofEntries(
            Map.entry("action", 2),
            Map.entry("check", 1),
            Map.entry("data", 2),
            Map.entry("ephemeral", 2),
            Map.entry("import", 0),
            Map.entry("locals", 0),
            Map.entry("module", 1),
            Map.entry("moved", 0),
            Map.entry("output", 1),
            Map.entry("provider", 1),
            Map.entry("removed", 0),
            Map.entry("resource", 2),
            Map.entry("terraform", 0),
            Map.entry("variable", 1));

    private static final Map<String, Map<String, Integer>> INSIDE = Map.of(
            "terraform", Map.of("backend", 1, "cloud", 0, "provider_meta", 1, "required_providers", 0),
            "check", Map.of("data", 2));
    private static final String COMMENT = "//";

    private final Problems problems;

    JsonStructure(Problems problems) {
        this.problems = problems;
    }

    Body body(Expression root) {
        return body(root, OF_FILE);
    }

    private Body body(Expression properties, Map<String, Integer> blockTypes) {
        List<Attribute> attributes = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        for (ObjectOf object : objects(properties)) {
            for (Entry entry : object.entries()) {
                Integer labels = blockTypes.get(entry.key());
                if (labels != null) {
                    blocks(entry.key(), labels, List.of(), entry.value(), blocks);
                } else if (!entry.key().equals(COMMENT)) {
                    Position position = entry.value().position();
                    attributes.add(new Attribute(entry.key(), entry.value(), position));
                }
            }
        }
        return new Body(attributes, blocks, List.of());
    }

    private void blocks(String type, int missing, List<String> labels, Expression value, List<Block> into) {
        for (ObjectOf object : objects(value)) {
            if (missing == 0) {
                Body body = body(object, INSIDE.getOrDefault(type, Map.of()));
                into.add(new Block(type, labels, body, object.position()));
                continue;
            }
            for (Entry entry : object.entries()) {
                if (!entry.key().equals(COMMENT)) {
                    List<String> more = new ArrayList<>(labels);
                    more.add(entry.key());
                    blocks(type, missing - 1, more, entry.value(), into);
                }
            }
        }
    }

    /** One object stands for itself, a list of objects for each of them, null for none. */
    private List<ObjectOf> objects(Expression value) {
        List<ObjectOf> objects = new ArrayList<>();
        List<Expression> candidates = value instanceof ListOf list ? list.items() : List.of(value);
        for (Expression candidate : candidates) {
            if (candidate instanceof ObjectOf object) {
                objects.add(object);
            } else if (!(candidate instanceof Null)) {
                problems.add(Problem.Kind.SYNTAX, candidate.position(), "an object is expected here");
            }
        }
        return objects;
    }
}
