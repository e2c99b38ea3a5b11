package dev.plumbline.terraform.plan;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A value of Terraform's language as a plan holds it. Lists, sets and tuples are all {@link Items} and maps and objects all
 * {@link Fields}, since a plan file doesn't tell them apart.
 */
public sealed interface Value {

    /** The one null. */
    Value NULL = new Null();

    /** The one "known after apply". */
    Value UNKNOWN = new Unknown();

    /** No value. */
    record Null() implements Value {}

    /** A value that is known only after apply. */
    record Unknown() implements Value {}

    record Bool(boolean value) implements Value {}

    /** A number, without trailing zeros, so that 1 and 1.0 are equal. */
    record Num(BigDecimal value) implements Value {
        public Num {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }

        /** As Terraform prints it. */
        public String text() {
            return Math.abs(value.scale()) < 400 ? value.toPlainString() : value.toString();
        }
    }

    record Text(String value) implements Value {}

    /** A list, tuple or set; a set stands in Terraform's own order. */
    record Items(List<Value> values) implements Value {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** A map or object, sorted by key. */
    record Fields(SortedMap<String, Value> values) implements Value {
        public Fields {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        public Fields(Map<String, Value> values) {
            this(new TreeMap<>(values));
        }
    }

    /** Whether it is null. */
    default boolean isNull() {
        return this instanceof Null;
    }

    /** What stands at that step; null where there is no such thing. {@link Path.Each} has no single answer: null. */
    default Value at(Path.Step step) {
        if (this instanceof Fields fields && step instanceof Path.Name name) {
            return fields.values().getOrDefault(name.value(), NULL);
        }
        if (this instanceof Items items
                && step instanceof Path.Index index
                && index.value() < items.values().size()) {
            return items.values().get(index.value());
        }
        return NULL;
    }

    /** Gives the text of every string and number in it to the consumer; keys are names, not values. */
    default void eachText(Consumer<String> consumer) {
        if (this instanceof Text text) {
            consumer.accept(text.value());
        } else if (this instanceof Num number) {
            consumer.accept(number.text());
        } else if (this instanceof Items items) {
            items.values().forEach(item -> item.eachText(consumer));
        } else if (this instanceof Fields fields) {
            fields.values().values().forEach(field -> field.eachText(consumer));
        }
    }
}
