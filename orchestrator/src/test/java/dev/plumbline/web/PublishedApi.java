package dev.plumbline.web;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The API's document as clients read it, and what it says of an answer. */
public final class PublishedApi {
    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private PublishedApi(JsonNode document) {
        this.document = document;
    }

    /** The one that is built into the program. */
    public static PublishedApi own() {
        return read(new String(ApiDocument.yaml(), StandardCharsets.UTF_8));
    }

    public static PublishedApi read(String yaml) {
        return new PublishedApi(YAMLMapper.shared().readTree(yaml));
    }

    /** All operations, as {@code GET /api/v1/status}. */
    public Set<String> operations() {
        Set<String> all = new TreeSet<>();
        for (String path : document.path("paths").propertyNames()) {
            for (String method : document.path("paths").path(path).propertyNames()) {
                all.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
            }
        }
        return all;
    }

    /** The least role that an operation asks for; {@code none} where it asks for nobody. */
    public String role(String operation) {
        return operation(operation).path("x-role").asString("");
    }

    /** Names of the parameters that must stand in an operation's path. */
    public Set<String> pathParameters(String operation) {
        Set<String> names = new HashSet<>();
        for (JsonNode parameter : operation(operation).path("parameters")) {
            JsonNode resolved = resolved(parameter);
            if (resolved.path("in").asString("").equals("path")) {
                names.add(resolved.path("name").asString(""));
            }
        }
        return names;
    }

    public JsonNode schemas() {
        return document.path("components").path("schemas");
    }

    /** All references, to whatever. */
    public List<String> references() {
        return document.findValuesAsString("$ref");
    }

    public boolean holds(String reference) {
        return !document.at(reference.substring(1)).isMissingNode();
    }

    /** What of an answer is not as documented; a field that no schema names is a fault, too. */
    public List<String> faults(String operation, int status, Optional<String> contentType, String body) {
        JsonNode responses = operation(operation).path("responses");
        JsonNode response = responses.path(String.valueOf(status));
        if (response.isMissingNode() && status >= 400) {
            response = responses.path("default");
        }
        if (response.isMissingNode()) {
            return List.of(operation + ": the status " + status + " is not documented");
        }
        String type = contentType.map(given -> given.replaceFirst(";.*", "")).orElse("");
        JsonNode content = resolved(response).path("content").path(type);
        if (content.isMissingNode()) {
            return List.of(operation + ": the content type '" + type + "' of status " + status + " is not documented");
        }
        if (!type.equals("application/json")) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        closed(content.path("schema"))
                .validate(JsonMapper.shared().readTree(body))
                .forEach(error -> faults.add(operation + ", status " + status + ": " + error));
        return faults;
    }

    /** The schema as it is today: clients pass over what they don't know, but nothing is to be answered that it lacks. */
    private Schema closed(JsonNode schema) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        schema.properties().forEach(entry -> whole.set(entry.getKey(), entry.getValue()));
        ObjectNode schemas = (ObjectNode) schemas().deepCopy();
        schemas.properties().forEach(entry -> ((ObjectNode) entry.getValue()).put("additionalProperties", false));
        whole.putObject("components").set("schemas", schemas);
        return registry.getSchema(whole);
    }

    private JsonNode operation(String operation) {
        String[] words = operation.split(" ", 2);
        return document.path("paths").path(words[1]).path(words[0].toLowerCase(java.util.Locale.ROOT));
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }
}
