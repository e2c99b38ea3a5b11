package dev.plumbline.hcl.syntax;

import java.util.List;
import java.util.Optional;

/** The value of an attribute: a literal or a reference where it is that simple, raw text otherwise. */
public sealed interface Expression {

    Position position();

    /** The string, where this is a string literal. */
    default Optional<String> asText() {
        return Optional.empty();
    }

    /** A string without interpolation, escapes resolved. */
    record Text(String value, Position position) implements Expression {
        @Override
        public Optional<String> asText() {
            return Optional.of(value);
        }
    }

    /**
     * A number.
     *
     * @param digits as written: it may be longer than any number type holds
     */
    record Num(String digits, Position position) implements Expression {}

    /** {@code true} or {@code false}. */
    record Bool(boolean value, Position position) implements Expression {}

    /** {@code null}. */
    record Null(Position position) implements Expression {}

    /** A list written out; its items may be of any kind, raw ones too. */
    record ListOf(List<Expression> items, Position position) implements Expression {
        public ListOf {
            items = List.copyOf(items);
        }
    }

    /** An object written out with literal keys; its values may be of any kind, raw ones too. */
    record ObjectOf(List<Entry> entries, Position position) implements Expression {
        public ObjectOf {
            entries = List.copyOf(entries);
        }

        /** The value under a key; where the key occurs twice, the later one, as Terraform takes it. */
        public Optional<Expression> get(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().equals(key))
                    .map(Entry::value)
                    .reduce((earlier, later) -> later);
        }
    }

    /** One key of an object and its value. */
    record Entry(String key, Expression value) {}

    /**
     * A reference such as {@code aws_instance.web[0].id}.
     *
     * @param steps the root name first, then names, and indexes in brackets as in {@code [0]} or {@code ["a"]}
     */
    record Traversal(List<String> steps, Position position) implements Expression {
        public Traversal {
            steps = List.copyOf(steps);
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("a reference has at least a root name");
            }
        }

        /** The first name. */
        public String root() {
            return steps.get(0);
        }

        /** The reference in one canonical spelling. */
        public String text() {
            StringBuilder text = new StringBuilder(root());
            for (String step : steps.subList(1, steps.size())) {
                text.append(step.startsWith("[") ? "" : ".").append(step);
            }
            return text.toString();
        }
    }

    /** Anything else: templates, heredocs, function calls, operators, {@code for}, splats, and what is malformed. */
    record Raw(Form form, String text, Position position) implements Expression {

        /** How the text is to be read. */
        public enum Form {
            /** An expression, quotes and heredoc markers included. */
            EXPRESSION,
            /** The inside of a string of JSON syntax, decoded: literal text with <code>${…}</code> in it. */
            TEMPLATE
        }
    }
}
