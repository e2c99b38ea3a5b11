package dev.plumbline.web;

import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.CollectionType;

/** The API's JSON, for server and client alike: fields as in {@link Views}, in their order; instants in ISO 8601. */
public final class ApiJson {
    private final JsonMapper mapper;

    public ApiJson() {
        this(UnaryOperator.identity());
    }

    /** @param incoming what every text that is read goes through, for example to keep control characters off a terminal */
    public ApiJson(UnaryOperator<String> incoming) {
        mapper = JsonMapper.builder()
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                // A client must not fail on a field that a newer server added.
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // What is left out is false or zero.
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .addModule(new SimpleModule().addDeserializer(String.class, new TextReader(incoming)))
                .build();
    }

    public byte[] write(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    /** As {@link #write}, indented for people. */
    public String pretty(Object value) {
        return mapper.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    }

    /** @throws JacksonException where it is not JSON, or not of that shape */
    public <T> T read(byte[] json, Class<T> type) {
        return mapper.readValue(json, type);
    }

    /** @throws JacksonException where it is not a JSON list, or its elements are not of that shape */
    public <T> List<T> readList(byte[] json, Class<T> element) {
        CollectionType type = mapper.getTypeFactory().constructCollectionType(List.class, element);
        return mapper.readValue(json, type);
    }
}
