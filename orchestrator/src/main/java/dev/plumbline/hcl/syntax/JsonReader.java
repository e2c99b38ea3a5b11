package dev.plumbline.hcl.syntax;

import dev.plumbline.hcl.syntax.Expression.Bool;
import dev.plumbline.hcl.syntax.Expression.Entry;
import dev.plumbline.hcl.syntax.Expression.ListOf;
import dev.plumbline.hcl.syntax.Expression.Null;
import dev.plumbline.hcl.syntax.Expression.Num;
import dev.plumbline.hcl.syntax.Expression.ObjectOf;
import dev.plumbline.hcl.syntax.Expression.Raw;
import dev.plumbline.hcl.syntax.Expression.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON syntax. Where the JSON is malformed, what came before is kept. */
final class JsonReader {
    /** A file with more values is not read to its end: each costs some hundred bytes of memory. */
    private static final int MOST_VALUES = 2_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(HclFile.MAX_DEPTH)
                    .maxStringLength(HclFile.MAX_BYTES)
                    .maxNameLength(HclFile.MAX_BYTES)
                    .maxNumberLength(HclFile.MAX_BYTES)
                    .build())
            .build();

    private final SourceText source;
    private final Problems problems;
    private final JsonParser parser;
    private int values;

    JsonReader(SourceText source, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.parser = JSON.createParser(ObjectReadContext.empty(), source.text());
    }

    Body read() {
        if (source.isReplaced()) {
            problems.addEncoding(source.position(source.text().indexOf(SourceText.REPLACEMENT)));
        }
        JsonToken first = next();
        if (first == null) {
            if (problems.list().isEmpty()) {
                problems.add(Problem.Kind.SYNTAX, source.position(0), "the file is empty; JSON syntax needs an object");
            }
            return new Body(List.of(), List.of(), List.of());
        }
        Expression root = value(first);
        if (next() != null) {
            problems.add(Problem.Kind.SYNTAX, here(), "something follows after the end of the JSON value");
        }
        return new JsonStructure(problems).body(root);
    }

    /** Null at the end of the file and after the first mistake. */
    private @Nullable JsonToken next() {
        if (parser.isClosed() || values > MOST_VALUES) {
            return null;
        }
        try {
            return parser.nextToken();
        } catch (JacksonException e) {
            Problem.Kind kind = e instanceof tools.jackson.core.exc.StreamConstraintsException
                    ? Problem.Kind.TOO_DEEP
                    : Problem.Kind.SYNTAX;
            problems.add(kind, at(e.getLocation()), e.getOriginalMessage());
            parser.close();
            return null;
        }
    }

    private Expression value(JsonToken token) {
        Position position = here();
        if (++values > MOST_VALUES) {
            problems.add(
                    Problem.Kind.TOO_LARGE, position, "more than " + MOST_VALUES + " values; the rest is not read");
        }
        return switch (token) {
            case START_OBJECT -> object(position);
            case START_ARRAY -> list(position);
            case VALUE_STRING -> string(parser.getString(), position);
            case VALUE_TRUE, VALUE_FALSE -> new Bool(token == JsonToken.VALUE_TRUE, position);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getString(), position);
            default -> new Null(position);
        };
    }

    private static Expression string(String decoded, Position position) {
        return Escapes.hasTemplate(decoded)
                ? new Raw(Raw.Form.TEMPLATE, decoded, position)
                : new Text(Escapes.resolveDoubledSigns(decoded), position);
    }

    private Expression object(Position position) {
        List<Entry> entries = new ArrayList<>();
        JsonToken token = next();
        while (token == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            JsonToken value = next();
            if (value == null) {
                break;
            }
            entries.add(new Entry(key, value(value)));
            token = next();
        }
        return new ObjectOf(entries, position);
    }

    private Expression list(Position position) {
        List<Expression> items = new ArrayList<>();
        JsonToken token = next();
        while (token != null && token != JsonToken.END_ARRAY) {
            items.add(value(token));
            token = next();
        }
        return new ListOf(items, position);
    }

    private Position here() {
        return at(parser.currentTokenLocation());
    }

    private Position at(@Nullable TokenStreamLocation location) {
        long offset = location == null ? 0 : location.getCharOffset();
        return source.position((int) Math.max(0, Math.min(offset, source.text().length())));
    }
}
