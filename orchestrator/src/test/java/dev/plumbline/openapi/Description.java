package dev.plumbline.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An OpenAPI description of somebody else's API, and what it says of requests and answers. Schemas are compiled when first used. */
public final class Description {
    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    private Description(JsonNode document) {
        this.document = document;
        this.registry = SchemaRegistry.withDialect(
                document.path("openapi").asString("").startsWith("3.0")
                        ? Dialects.getOpenApi30()
                        : Dialects.getOpenApi31());
    }

    public static Description read(Path json) {
        JsonNode document = JsonMapper.shared().readTree(json.toFile());
        letNullBe(document);
        return new Description(document);
    }

    /** By the letter of OpenAPI 3.0, {@code nullable} means nothing beside {@code oneOf}; whoever writes it there means it. */
    private static void letNullBe(JsonNode node) {
        if (node.path("nullable").asBoolean(false) && node.has("oneOf")) {
            ((ArrayNode) node.path("oneOf")).addObject().putArray("enum").addNull();
        }
        node.forEach(Description::letNullBe);
    }

    /**
     * An operation on a path.
     *
     * @param template as it is described, for example {@code /repos/{owner}/{repo}}
     */
    public Optional<Operation> operation(String method, String template) {
        JsonNode node = document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
        return node.isMissingNode() ? Optional.empty() : Optional.of(new Operation(method + " " + template, node));
    }

    /** What is sent when something happens. */
    public Optional<Message> webhook(String name) {
        JsonNode body = document.path("webhooks").path(name).path("post").path("requestBody");
        return body.isMissingNode() ? Optional.empty() : Optional.of(new Message(name, schemaIn(body)));
    }

    private JsonNode schemaIn(JsonNode message) {
        return message.path("content").path("application/json").path("schema");
    }

    private JsonNode followed(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString("").substring(1)) : node;
    }

    private List<String> faults(String what, JsonNode schema, JsonNode value) {
        List<String> faults = new ArrayList<>();
        compiled.computeIfAbsent(schema, this::compile)
                .validate(value)
                .forEach(error -> faults.add(what + ": " + error));
        Surplus.in(value, new Shape(document, schema)).forEach(fault -> faults.add(what + ": " + fault));
        return faults;
    }

    private Schema compile(JsonNode schema) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        schema.properties().forEach(entry -> whole.set(entry.getKey(), entry.getValue()));
        whole.set("components", document.path("components"));
        return registry.getSchema(whole);
    }

    /** A described body. */
    public final class Message {
        private final String name;
        private final JsonNode schema;

        private Message(String name, JsonNode schema) {
            this.name = name;
            this.schema = schema;
        }

        /** The same with what is required and was left out. */
        public JsonNode completed(JsonNode body) {
            return Completion.of(body, new Shape(document, schema));
        }

        /** What of it is not as described. */
        public List<String> faults(JsonNode body) {
            return Description.this.faults(name, schema, body);
        }
    }

    /** A described call. */
    public final class Operation {
        private final String name;
        private final JsonNode node;

        private Operation(String name, JsonNode node) {
            this.name = name;
            this.node = node;
        }

        /** What of a request is not as described. */
        public List<String> faults(Map<String, String> query, Optional<JsonNode> body) {
            Map<String, JsonNode> known = StreamSupport.stream(
                            node.path("parameters").spliterator(), false)
                    .map(Description.this::followed)
                    .filter(parameter -> parameter.path("in").asString("").equals("query"))
                    .collect(Collectors.toMap(
                            parameter -> parameter.path("name").asString(""), parameter -> parameter.path("schema")));
            List<String> faults = new ArrayList<>();
            query.forEach((parameter, value) -> {
                String what = name + " ?" + parameter;
                Optional.ofNullable(known.get(parameter))
                        .ifPresentOrElse(
                                schema -> faults.addAll(Description.this.faults(what, schema, parsed(value, schema))),
                                () -> faults.add(what + " is not described"));
            });
            faults.addAll(ofBody(body));
            return faults;
        }

        private List<String> ofBody(Optional<JsonNode> body) {
            JsonNode described = node.path("requestBody");
            if (body.isEmpty()) {
                return described.path("required").asBoolean(false) ? List.of(name + " lacks its body") : List.of();
            }
            return described.isMissingNode()
                    ? List.of(name + " takes no body")
                    : Description.this.faults(name, schemaIn(described), body.get());
        }

        /** What is answered with a status; empty where that is not described, or has no body. */
        public Optional<Message> answer(int status) {
            JsonNode schema = schemaIn(followed(node.path("responses").path(String.valueOf(status))));
            return schema.isMissingNode() ? Optional.empty() : Optional.of(new Message(name + " " + status, schema));
        }

        /** Whether that status is described. */
        public boolean answers(int status) {
            return node.path("responses").has(String.valueOf(status));
        }

        private static JsonNode parsed(String value, JsonNode schema) {
            String type = schema.path("type").asString("");
            boolean literal = switch (type) {
                case "integer" -> value.matches("-?[0-9]{1,18}");
                case "boolean" -> value.matches("true|false");
                default -> false;
            };
            return literal
                    ? JsonMapper.shared().readTree(value)
                    : JsonMapper.shared().getNodeFactory().stringNode(value);
        }
    }
}
