package dev.plumbline.terraform.plan;

import dev.plumbline.secret.Masker;
import dev.plumbline.secret.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a state says of each object, fit to be shown: what it marks as sensitive is masked where it stands, and each string
 * that is secret anywhere is masked wherever else it occurs.
 */
public record StateListing(List<Entry> entries, SortedMap<String, JsonNode> outputs) {
    public StateListing {
        entries = List.copyOf(entries);
    }

    /** @param address as Terraform prints it */
    public record Entry(String address, JsonNode attributes) {

        /** Whether somebody who types that means this one: its address, that of all its instances, or of a module around it. */
        public boolean meantBy(String typed) {
            return address.equals(typed) || address.startsWith(typed + "[") || address.startsWith(typed + ".");
        }
    }

    /**
     * Reads a state; one without content has nothing in it.
     *
     * @param more what is secret besides
     * @throws StateFormatException where it is not a state of format 4
     */
    public static StateListing of(byte[] bytes, Secrets more) {
        if (bytes.length == 0) {
            return new StateListing(List.of(), new TreeMap<>());
        }
        Masker masker = StateFile.parse(bytes).secrets().plus(more).masker();
        JsonNode root = Json.mapper().readTree(bytes);
        List<Entry> entries = new ArrayList<>();
        for (JsonNode resource : Json.at(root, "resources")) {
            for (JsonNode instance : Json.at(resource, "instances")) {
                JsonNode attributes = Json.at(instance, "attributes");
                Json.at(instance, "sensitive_attributes").forEach(path -> hide(attributes, path));
                entries.add(new Entry(address(resource, instance), masked(attributes, masker)));
            }
        }
        SortedMap<String, JsonNode> outputs = new TreeMap<>();
        Json.at(root, "outputs")
                .properties()
                .forEach(output -> outputs.put(
                        output.getKey(),
                        Json.flag(output.getValue(), "sensitive")
                                ? StringNode.valueOf(Masker.MASK)
                                : masked(Json.at(output.getValue(), "value"), masker)));
        return new StateListing(entries, outputs);
    }

    private static String address(JsonNode resource, JsonNode instance) {
        String module = Json.text(resource, "module");
        JsonNode index = Json.at(instance, "index_key");
        String deposed = Json.text(instance, "deposed");
        return (module.isEmpty() ? "" : module + ".")
                + (Json.text(resource, "mode").equals("data") ? "data." : "")
                + Json.text(resource, "type") + "." + Json.text(resource, "name")
                + (index.isString() || index.isNumber() ? "[" + index + "]" : "")
                + (deposed.isEmpty() ? "" : " (deposed " + deposed + ")");
    }

    /** Where a path can't be followed to its end, all that it leads into is hidden. */
    private static void hide(JsonNode attributes, JsonNode path) {
        JsonNode at = attributes;
        for (int step = 0; step < path.size(); step++) {
            JsonNode value = Json.at(path.get(step), "value");
            JsonNode key = value.isObject() ? Json.at(value, "value") : value;
            JsonNode inside =
                    at.isObject() && at.size() == 2 && at.has("value") && at.has("type") ? at.get("value") : at;
            boolean last = step == path.size() - 1 || !leads(child(inside, key), path.get(step + 1));
            if (last) {
                replace(inside, key);
                return;
            }
            at = child(inside, key);
        }
    }

    private static boolean leads(JsonNode node, JsonNode step) {
        JsonNode value = Json.at(step, "value");
        JsonNode key = value.isObject() ? Json.at(value, "value") : value;
        JsonNode inside =
                node.isObject() && node.size() == 2 && node.has("value") && node.has("type") ? node.get("value") : node;
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

    private static JsonNode masked(JsonNode node, Masker masker) {
        if (node.isString()) {
            return StringNode.valueOf(masker.mask(node.stringValue()));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(each -> copy.set(masker.mask(each.getKey()), masked(each.getValue(), masker)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(each -> copy.add(masked(each, masker)));
            return copy;
        }
        return node;
    }
}
