package dev.plumbline.policy;

import dev.plumbline.terraform.plan.Path;
import dev.plumbline.terraform.plan.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Asks that an attribute have a value.
 *
 * @param path a name after a list stands for that name in any of its elements
 * @param wanted texts, numbers and booleans are equal where Terraform would turn one into the other; null is what is not set
 */
record Condition(Path path, JsonNode wanted) {

    Truth in(Value resource) {
        return at(resource, path.steps());
    }

    private Truth at(Value value, List<Path.Step> steps) {
        if (steps.isEmpty()) {
            return equal(value, wanted);
        }
        if (value instanceof Value.Unknown) {
            return Truth.UNKNOWN;
        }
        List<Path.Step> rest = steps.subList(1, steps.size());
        if (steps.get(0) instanceof Path.Each) {
            return any(elements(value), rest);
        }
        if (value instanceof Value.Items items && steps.get(0) instanceof Path.Name) {
            return any(items.values(), steps);
        }
        return at(value.at(steps.get(0)), rest);
    }

    private Truth any(Collection<Value> values, List<Path.Step> steps) {
        return values.stream().map(each -> at(each, steps)).reduce(Truth.NO, Truth::or);
    }

    private static Collection<Value> elements(Value value) {
        return value instanceof Value.Items items
                ? items.values()
                : value instanceof Value.Fields fields ? fields.values().values() : List.of();
    }

    private static Truth equal(Value value, JsonNode wanted) {
        if (value instanceof Value.Unknown) {
            return Truth.UNKNOWN;
        }
        if (wanted.isArray()) {
            return value instanceof Value.Items items ? equal(items.values(), wanted) : Truth.NO;
        }
        if (wanted.isObject()) {
            return value instanceof Value.Fields fields ? equal(fields, wanted) : Truth.NO;
        }
        if (wanted.isNull()) {
            return Truth.of(value.isNull());
        }
        return Truth.of(text(value).equals(text(wanted)));
    }

    private static Truth equal(List<Value> values, JsonNode wanted) {
        if (values.size() != wanted.size()) {
            return Truth.NO;
        }
        List<Truth> each = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            each.add(equal(values.get(i), wanted.get(i)));
        }
        return each.stream().reduce(Truth.YES, Truth::and);
    }

    private static Truth equal(Value.Fields fields, JsonNode wanted) {
        Set<String> names = new TreeSet<>(fields.values().keySet());
        names.addAll(wanted.propertyNames());
        return names.stream()
                .map(name -> wanted.has(name)
                        ? equal(fields.at(new Path.Name(name)), wanted.get(name))
                        : Truth.of(fields.at(new Path.Name(name)).isNull()))
                .reduce(Truth.YES, Truth::and);
    }

    /** As Terraform turns it into text; what is no single value is equal to none. */
    private static String text(Value value) {
        if (value instanceof Value.Text text) {
            return "=" + text.value();
        }
        if (value instanceof Value.Num number) {
            return "=" + number.text();
        }
        return value instanceof Value.Bool bool ? "=" + bool.value() : "";
    }

    private static String text(JsonNode wanted) {
        return wanted.isNumber() ? text(new Value.Num(wanted.decimalValue())) : "=" + wanted.asString();
    }
}
