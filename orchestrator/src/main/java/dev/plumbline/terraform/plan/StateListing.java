package dev.plumbline.terraform.plan;

import dev.plumbline.secret.Masker;
import dev.plumbline.secret.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.databind.util.RawValue;

/**
 * What a state says of each object, fit to be shown: what it or the provider's schema calls sensitive is masked where it stands, and
 * each string that is secret anywhere is masked wherever else it occurs. Where no schema tells of a provider, nothing of its objects
 * is shown but which attributes they have: not every Terraform writes into a state what a schema calls sensitive.
 *
 * @param state what was read
 * @param outputs none where one address was asked for
 */
public record StateListing(StateFile state, List<Entry> entries, SortedMap<String, JsonNode> outputs) {
    /** What stands for attributes of which nothing tells whether they are secret. */
    public static final String UNTOLD = "(perhaps sensitive: shown once a plan has read its provider's schema)";

    /** None of what it calls its own is sensitive. */
    private static final String BUILT_IN = "terraform.io/builtin/terraform";

    public StateListing {
        entries = List.copyOf(entries);
    }

    /**
     * One object.
     *
     * @param address as Terraform prints it
     * @param attributes to be written out as they are: as text they take a tenth of a tree's memory
     */
    public record Entry(String address, JsonNode attributes) {}

    /** The addresses of all that is in a state, as Terraform prints them. */
    public static List<String> addresses(byte[] bytes) {
        List<String> addresses = new ArrayList<>();
        eachInstance(bytes, (resource, instance) -> addresses.add(address(resource, instance)));
        return addresses;
    }

    /**
     * Reads a state; one without content has nothing in it.
     *
     * @param schema what the providers' schemas call sensitive
     * @param more what is secret besides
     * @param typed what is asked for: an address, that of all its instances, or of a module around them; empty for everything
     * @throws StateFormatException where it is not a state of format 4
     */
    public static StateListing of(byte[] bytes, SensitiveSchema schema, Secrets more, Optional<String> typed) {
        StateFile state = StateFile.parse(bytes, schema);
        Masker masker = state.secrets().plus(more).masker();
        List<Entry> entries = new ArrayList<>();
        eachInstance(bytes, (resource, instance) -> {
            String address = address(resource, instance);
            if (typed.isEmpty() || meant(address, typed.get())) {
                JsonNode shown = masked(hidden(resource, instance, schema), masker);
                entries.add(new Entry(address, JsonNodeFactory.instance.rawValueNode(new RawValue(shown.toString()))));
            }
        });
        SortedMap<String, JsonNode> outputs = new TreeMap<>();
        if (typed.isEmpty()) {
            state.outputs().forEach((name, output) -> outputs.put(name, shown(output, masker)));
        }
        return new StateListing(state, entries, outputs);
    }

    /** One resource at a time: a state of 100 MB is a tree of a gigabyte. */
    private static void eachInstance(byte[] bytes, BiConsumer<JsonNode, JsonNode> each) {
        if (bytes.length == 0) {
            return;
        }
        try (JsonParser parser = Json.mapper().createParser(bytes)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean many = parser.nextToken() == JsonToken.START_ARRAY
                        && String.valueOf(parser.currentName()).equals("resources");
                while (many && parser.nextToken() != JsonToken.END_ARRAY) {
                    JsonNode resource = parser.readValueAsTree();
                    Json.at(resource, "instances").forEach(instance -> each.accept(resource, instance));
                }
                if (!many) {
                    parser.skipChildren();
                }
            }
        }
    }

    private static boolean meant(String address, String typed) {
        return address.equals(typed) || address.startsWith(typed + "[") || address.startsWith(typed + ".");
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

    private static JsonNode hidden(JsonNode resource, JsonNode instance, SensitiveSchema schema) {
        JsonNode attributes = Json.at(instance, "attributes");
        String provider = PlanFile.providerSource(Json.text(resource, "provider"));
        if (!provider.equals(BUILT_IN) && !schema.covers(provider)) {
            HiddenAttributes.all(attributes, UNTOLD);
            return attributes;
        }
        ResourceAddress.Mode mode =
                Json.text(resource, "mode").equals("data") ? ResourceAddress.Mode.DATA : ResourceAddress.Mode.MANAGED;
        if (provider.equals(BUILT_IN) && mode == ResourceAddress.Mode.DATA) {
            // Another stack's outputs, and the way to its state: it keeps no marks of them.
            HiddenAttributes.all(attributes, Masker.MASK);
        }
        schema.paths(provider, mode, Json.text(resource, "type"))
                .forEach(path -> HiddenAttributes.bySchema(attributes, path.steps()));
        Json.at(instance, "sensitive_attributes").forEach(path -> HiddenAttributes.byState(attributes, path));
        return attributes;
    }

    private static JsonNode shown(StateFile.Output output, Masker masker) {
        return output.sensitive()
                ? StringNode.valueOf(Masker.MASK)
                : masked(Json.mapper().readTree(output.json()), masker);
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
