package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Attribute;
import dev.plumbline.hcl.syntax.Block;
import dev.plumbline.hcl.syntax.Body;
import dev.plumbline.hcl.syntax.Expression;
import dev.plumbline.hcl.syntax.Expression.Entry;
import dev.plumbline.hcl.syntax.Expression.ListOf;
import dev.plumbline.hcl.syntax.Expression.ObjectOf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The arguments of a backend or of a remote state, sorted by name. Nested blocks count as objects, and several of one
 * type as a list, so that both syntaxes give the same.
 */
public record Settings(SortedMap<String, Expression> values) {
    public Settings {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    static Settings none() {
        return new Settings(new TreeMap<>());
    }

    static Settings of(Expression expression) {
        SortedMap<String, Expression> values = new TreeMap<>();
        if (expression instanceof ObjectOf object) {
            object.entries().forEach(entry -> values.put(entry.key(), entry.value()));
        }
        return new Settings(values);
    }

    static Settings of(Block block) {
        return of(object(block));
    }

    private static ObjectOf object(Block block) {
        Body body = block.body();
        List<Entry> entries = new ArrayList<>();
        for (Attribute attribute : body.attributes()) {
            entries.add(new Entry(attribute.name(), attribute.value()));
        }
        Map<String, List<Expression>> nested = new LinkedHashMap<>();
        for (Block inner : body.blocks()) {
            nested.computeIfAbsent(inner.type(), type -> new ArrayList<>()).add(object(inner));
        }
        nested.forEach((type, objects) -> {
            Expression first = objects.get(0);
            entries.add(new Entry(type, objects.size() == 1 ? first : new ListOf(objects, first.position())));
        });
        return new ObjectOf(entries, block.position());
    }

    /** The value of a string argument, where it is there and a literal. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).flatMap(Expression::asText);
    }

    /** Whether nothing in it depends on an expression. */
    public boolean isLiteral() {
        return values.values().stream().allMatch(CanonicalText::isLiteral);
    }

    /** The content in one spelling, whatever its order, layout, comments and syntax: equal texts mean the same. */
    public String stableText() {
        List<Entry> entries = new ArrayList<>();
        values.forEach((name, value) -> entries.add(new Entry(name, value)));
        return CanonicalText.ofObject(entries);
    }
}
