package dev.plumbline.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API's document says of each schema what the record says that is written by it. */
class ApiDocumentTest {
    private static final PublishedApi API = PublishedApi.own();

    @Test
    void each_schema_is_a_record_of_views_field_by_field() {
        Map<String, Class<?>> records = Arrays.stream(Views.class.getDeclaredClasses())
                .filter(Class::isRecord)
                .collect(Collectors.toMap(Class::getSimpleName, record -> record));
        Map<String, String> faults = new TreeMap<>();
        for (Map.Entry<String, JsonNode> schema : API.schemas().properties()) {
            Class<?> record = records.get(schema.getKey());
            if (record == null) {
                faults.put(schema.getKey(), "is no record of Views");
            } else {
                fault(record, schema.getValue()).ifPresent(fault -> faults.put(schema.getKey(), fault));
            }
        }
        assertThat(faults)
                .as("components.schemas of openapi.yaml; descriptions are yours, the rest follows the record")
                .isEmpty();
    }

    private static Optional<String> fault(Class<?> record, JsonNode schema) {
        Map<String, JsonNode> wanted = new LinkedHashMap<>();
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        boolean answered = !record.getSimpleName().endsWith("Ask");
        for (RecordComponent component : record.getRecordComponents()) {
            boolean nullable =
                    nullable(component.getAnnotatedType()) && (answered || !required.contains(component.getName()));
            wanted.put(component.getName(), schemaOf(component.getAnnotatedType(), nullable));
        }
        if (!wanted.equals(undescribed(schema.path("properties")))) {
            return Optional.of("its properties should be " + wanted);
        }
        // What is answered is always there, if only as null; what is asked need not be.
        return answered && !required.equals(List.copyOf(wanted.keySet()))
                ? Optional.of("required should be " + wanted.keySet())
                : Optional.empty();
    }

    private static Map<String, JsonNode> undescribed(JsonNode properties) {
        Map<String, JsonNode> bare = new LinkedHashMap<>();
        properties.properties().forEach(property -> {
            ObjectNode copy = (ObjectNode) property.getValue().deepCopy();
            copy.remove("description");
            bare.put(property.getKey(), copy);
        });
        return bare;
    }

    private static boolean nullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static JsonNode schemaOf(AnnotatedType annotated, boolean nullable) {
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        Type type = annotated.getType();
        if (type == JsonNode.class) {
            return schema;
        }
        if (type instanceof Class<?> kind && kind.isRecord()) {
            String reference = "#/components/schemas/" + kind.getSimpleName();
            if (!nullable) {
                return schema.put("$ref", reference);
            }
            schema.putArray("anyOf").addObject().put("$ref", reference);
            schema.withArray("anyOf").addObject().put("type", "null");
            return schema;
        }
        String word = word(type);
        if (nullable) {
            schema.putArray("type").add(word).add("null");
        } else {
            schema.put("type", word);
        }
        if (type == Instant.class) {
            schema.put("format", "date-time");
        } else if (type == long.class || type == Long.class) {
            schema.put("format", "int64");
        } else if (annotated instanceof AnnotatedParameterizedType list) {
            AnnotatedType[] arguments = list.getAnnotatedActualTypeArguments();
            schema.set(
                    word.equals("array") ? "items" : "additionalProperties",
                    schemaOf(arguments[arguments.length - 1], false));
        }
        return schema;
    }

    private static String word(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class ? "array" : "object";
        }
        if (type == String.class || type == Instant.class) {
            return "string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "integer";
        }
        throw new IllegalArgumentException("say here how JSON writes " + type);
    }

    @Test
    void all_that_is_referred_to_is_there_and_used() {
        List<String> references = API.references();

        assertThat(references).allMatch(API::holds);
        for (String name : API.schemas().propertyNames()) {
            assertThat(references).as("something is of the schema").contains("#/components/schemas/" + name);
        }
    }

    @Test
    void the_parameters_of_each_path_are_those_that_stand_in_it() {
        for (String operation : API.operations()) {
            List<String> inPath = java.util.regex.Pattern.compile("\\{(\\w+)}")
                    .matcher(operation)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(API.pathParameters(operation)).as(operation).containsExactlyInAnyOrderElementsOf(inPath);
        }
    }
}
