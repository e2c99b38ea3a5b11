package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Expression;
import dev.plumbline.hcl.syntax.Expression.Bool;
import dev.plumbline.hcl.syntax.Expression.Entry;
import dev.plumbline.hcl.syntax.Expression.ListOf;
import dev.plumbline.hcl.syntax.Expression.Null;
import dev.plumbline.hcl.syntax.Expression.Num;
import dev.plumbline.hcl.syntax.Expression.ObjectOf;
import dev.plumbline.hcl.syntax.Expression.Raw;
import dev.plumbline.hcl.syntax.Expression.Text;
import dev.plumbline.hcl.syntax.Expression.Traversal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** One spelling for each value. It recurses, but never deeper than values are read. */
final class CanonicalText {
    private CanonicalText() {}

    static boolean isLiteral(Expression value) {
        if (value instanceof ListOf list) {
            return list.items().stream().allMatch(CanonicalText::isLiteral);
        }
        if (value instanceof ObjectOf object) {
            return object.entries().stream().allMatch(entry -> isLiteral(entry.value()));
        }
        return !(value instanceof Raw) && !(value instanceof Traversal);
    }

    static String ofObject(List<Entry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(Entry::key))
                .map(entry -> quoted(entry.key()) + ":" + of(entry.value()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String of(Expression value) {
        if (value instanceof Text text) {
            return quoted(text.value());
        }
        if (value instanceof Num number) {
            return number.digits();
        }
        if (value instanceof Bool bool) {
            return String.valueOf(bool.value());
        }
        if (value instanceof Null) {
            return "null";
        }
        if (value instanceof ListOf list) {
            return list.items().stream().map(CanonicalText::of).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof ObjectOf object) {
            return ofObject(object.entries());
        }
        String code = value instanceof Traversal traversal ? traversal.text() : ((Raw) value).text();
        return "=" + quoted(code);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
