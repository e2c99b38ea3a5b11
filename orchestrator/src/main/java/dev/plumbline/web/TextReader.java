package dev.plumbline.web;

import java.util.function.UnaryOperator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads JSON strings, each through a function. */
final class TextReader extends StdScalarDeserializer<String> {
    private final UnaryOperator<String> through;

    TextReader(UnaryOperator<String> through) {
        super(String.class);
        this.through = through;
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        return through.apply(StringDeserializer.instance.deserialize(parser, context));
    }
}
