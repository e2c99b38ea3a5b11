package dev.plumbline.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Small questions to nodes. */
final class Yaml {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** As many as a file without aliases can hold, about. */
    private static final int MAX_VALUES = 500_000;

    private Yaml() {}

    static Position position(Optional<Mark> mark) {
        return mark.map(m -> new Position(m.getLine() + 1, m.getColumn() + 1)).orElse(Position.START);
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    /** The kind of a value, as a message names it. */
    static String describe(Node node) {
        if (node instanceof MappingNode) {
            return "keys with values";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        if (isNull(node)) {
            return "nothing";
        }
        if (node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT)) {
            return "a number";
        }
        return node.getTag().equals(Tag.BOOL) ? "true or false" : "text";
    }

    /**
     * The value as JSON, numbers exact.
     *
     * @throws IllegalArgumentException where JSON has no such value, or it is too large
     */
    static JsonNode json(Node node) {
        return json(node, new int[] {MAX_VALUES});
    }

    /** @param left how many values may still come: aliases of aliases make millions of a few lines */
    private static JsonNode json(Node node, int[] left) {
        if (node.isRecursive()) {
            throw new IllegalArgumentException("a value that contains itself");
        }
        if (--left[0] < 0) {
            throw new IllegalArgumentException("more than " + MAX_VALUES + " values");
        }
        if (node instanceof MappingNode) {
            ObjectNode object = JSON.objectNode();
            for (NodeTuple tuple : ((MappingNode) node).getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode)) {
                    throw new IllegalArgumentException("a key that is not text");
                }
                object.set(((ScalarNode) tuple.getKeyNode()).getValue(), json(tuple.getValueNode(), left));
            }
            return object;
        }
        if (node instanceof SequenceNode) {
            ArrayNode array = JSON.arrayNode();
            ((SequenceNode) node).getValue().forEach(each -> array.add(json(each, left)));
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT)) {
            return JSON.numberNode(integer(text));
        }
        if (tag.equals(Tag.FLOAT)) {
            return JSON.numberNode(decimal(text));
        }
        if (tag.equals(Tag.STR)) {
            return JSON.stringNode(text);
        }
        throw new IllegalArgumentException("the tag " + tag.getValue());
    }

    private static BigInteger integer(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        return new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    }

    private static BigDecimal decimal(String text) {
        if (text.endsWith("f") || text.endsWith("F") || text.endsWith("n") || text.endsWith("N")) {
            throw new IllegalArgumentException("a number without an end");
        }
        return new BigDecimal(text);
    }
}
