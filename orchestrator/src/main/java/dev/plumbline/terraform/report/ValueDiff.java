package dev.plumbline.terraform.report;

import dev.plumbline.secret.Masker;
import dev.plumbline.terraform.plan.Marks;
import dev.plumbline.terraform.plan.Path;
import dev.plumbline.terraform.plan.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The lines that show how one value becomes another: nested, what is equal hidden with a count, what is marked masked. */
final class ValueDiff {
    private static final String FORCES = " # forces replacement";

    private final ValueText text;
    private final Marks forcing;
    private final List<Line> lines = new ArrayList<>();

    ValueDiff(Masker masker, Marks forcing) {
        this.text = new ValueText(masker);
        this.forcing = forcing;
    }

    /** The lines so far. */
    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** One name and how its value changes; nothing where it doesn't. */
    void named(String name, Value before, Value after, Marks marks, int depth) {
        change(name.isEmpty() ? "" : name + " = ", before, after, marks, forcing, depth, "");
    }

    /** The attributes of an object, aligned, each with the marks below the given ones. */
    void fields(
            Map<String, Value> before, Map<String, Value> after, Marks marks, Marks forces, int depth, boolean top) {
        SortedSet<String> shown = new TreeSet<>();
        int hidden = 0;
        for (String name : union(before, after)) {
            Value was = before.getOrDefault(name, Value.NULL);
            Value is = after.getOrDefault(name, Value.NULL);
            boolean silent = top ? bothEmpty(was, is) : was.isNull() && is.isNull() && !presence(before, after, name);
            if (silent) {
                continue;
            }
            if (was.equals(is) && before.containsKey(name) == after.containsKey(name) && !(top && identifies(name))) {
                hidden++;
            } else {
                shown.add(name);
            }
        }
        int width =
                shown.stream().mapToInt(name -> text.key(name).length()).max().orElse(0);
        for (String name : shown) {
            Path.Name step = new Path.Name(name);
            String key = text.key(name);
            String label = key + " ".repeat(width - key.length()) + " = ";
            Value was = before.getOrDefault(name, Value.NULL);
            Value is = after.getOrDefault(name, Value.NULL);
            change(label, was, is, marks.at(step), forces.at(step), depth, "");
        }
        if (hidden > 0) {
            lines.add(new Line(
                    Line.Sign.COMMENT,
                    depth,
                    "(" + hidden + " unchanged " + (top ? "attribute" : "element") + (hidden == 1 ? "" : "s")
                            + " hidden)"));
        }
    }

    private static boolean presence(Map<String, Value> before, Map<String, Value> after, String name) {
        return before.containsKey(name) != after.containsKey(name);
    }

    private static boolean bothEmpty(Value was, Value is) {
        return !ValueText.nested(was)
                && !ValueText.nested(is)
                && (was.isNull() || was instanceof Value.Items)
                && (is.isNull() || is instanceof Value.Items);
    }

    private static boolean identifies(String name) {
        return name.equals("id") || name.equals("name");
    }

    private void change(String label, Value before, Value after, Marks marks, Marks forces, int depth, String end) {
        String suffix = end + (forces.whole() ? FORCES : "");
        Line.Sign sign = signOf(before, after);
        if (marks.whole()) {
            String gone = after.isNull() ? " -> null" : "";
            lines.add(new Line(sign, depth, label + Masker.MASK + gone + suffix));
        } else if (before.equals(after)) {
            lines.add(new Line(Line.Sign.NONE, depth, label + flat(before) + suffix));
        } else if (before instanceof Value.Fields was && after instanceof Value.Fields is) {
            block(
                    label,
                    "{",
                    "}",
                    depth,
                    suffix,
                    end,
                    () -> fields(was.values(), is.values(), marks, forces, depth + 1, false));
        } else if (before instanceof Value.Items was && after instanceof Value.Items is) {
            block(
                    label,
                    "[",
                    "]",
                    depth,
                    suffix,
                    end,
                    () -> items(was.values(), is.values(), marks, forces, depth + 1));
        } else if (before.isNull()) {
            whole(Line.Sign.ADD, label, after, marks, depth, suffix);
        } else if (after.isNull()) {
            whole(Line.Sign.REMOVE, label, before, marks, depth, " -> null" + suffix);
        } else if (!texts(label, before, after, marks, depth, suffix)) {
            replaced(label, before, after, marks, depth, suffix);
        }
    }

    private void block(String label, String open, String close, int depth, String suffix, String end, Runnable inside) {
        String forced = suffix.substring(end.length());
        lines.add(new Line(Line.Sign.CHANGE, depth, label + open + forced));
        inside.run();
        lines.add(new Line(Line.Sign.NONE, depth, close + end));
    }

    /** Strings that hold JSON or several lines are compared inside; false where these are neither. */
    private boolean texts(String label, Value before, Value after, Marks marks, int depth, String suffix) {
        if (!(before instanceof Value.Text was && after instanceof Value.Text is)) {
            return false;
        }
        Optional<Value> oldJson = EmbeddedJson.parse(was.value());
        Optional<Value> newJson = EmbeddedJson.parse(is.value());
        if (oldJson.isPresent() && newJson.isPresent() && !oldJson.get().equals(newJson.get())) {
            lines.add(new Line(Line.Sign.CHANGE, depth, label + "jsonencode(" + suffix));
            change("", oldJson.get(), newJson.get(), marks, Marks.NONE, depth + 1, "");
            lines.add(new Line(Line.Sign.NONE, depth, ")"));
            return true;
        }
        if (was.value().indexOf('\n') < 0 && is.value().indexOf('\n') < 0) {
            return false;
        }
        lines.add(new Line(Line.Sign.CHANGE, depth, label + "<<-EOT" + suffix));
        textLines(text.raw(was.value()), text.raw(is.value()), depth + 1);
        lines.add(new Line(Line.Sign.NONE, depth, "EOT"));
        return true;
    }

    private void textLines(String before, String after, int depth) {
        List<String> was = before.isEmpty() ? List.of() : List.of(before.split("\n", -1));
        List<String> is = after.isEmpty() ? List.of() : List.of(after.split("\n", -1));
        List<Edits.Edit> edits = Edits.between(was, is);
        int hidden = 0;
        for (Edits.Edit edit : edits) {
            if (edit.kept()) {
                hidden++;
                continue;
            }
            hidden = hiddenNote(hidden, "line", depth);
            lines.add(
                    edit.before() >= 0
                            ? new Line(Line.Sign.REMOVE, depth, was.get(edit.before()))
                            : new Line(Line.Sign.ADD, depth, is.get(edit.after())));
        }
        hiddenNote(hidden, "line", depth);
    }

    private void replaced(String label, Value before, Value after, Marks marks, int depth, String suffix) {
        if (ValueText.nested(before)) {
            boolean both = ValueText.nested(after);
            int first = lines.size();
            whole(Line.Sign.REMOVE, label, before, marks, depth, (both ? "" : " -> " + text.of(after)) + suffix);
            if (both) {
                whole(Line.Sign.ADD, label, after, marks, depth, suffix);
            } else {
                lines.set(
                        first,
                        new Line(Line.Sign.CHANGE, depth, lines.get(first).text()));
            }
        } else if (ValueText.nested(after)) {
            whole(Line.Sign.CHANGE, label + text.of(before) + " -> ", after, marks, depth, suffix);
        } else {
            lines.add(new Line(Line.Sign.CHANGE, depth, label + text.of(before) + " -> " + text.of(after) + suffix));
        }
    }

    private void items(List<Value> before, List<Value> after, Marks marks, Marks forces, int depth) {
        List<Edits.Edit> edits = Edits.between(before, after);
        int hidden = 0;
        int at = 0;
        while (at < edits.size()) {
            if (edits.get(at).kept()) {
                hidden++;
                at++;
                continue;
            }
            hidden = hiddenNote(hidden, "element", depth);
            int end = at;
            while (end < edits.size() && !edits.get(end).kept()) {
                end++;
            }
            gap(edits.subList(at, end), before, after, marks, forces, depth);
            at = end;
        }
        hiddenNote(hidden, "element", depth);
    }

    /** In a gap, what is gone and what is new are taken for the same element where both are objects or both are lists. */
    private void gap(
            List<Edits.Edit> edits, List<Value> before, List<Value> after, Marks marks, Marks forces, int depth) {
        List<Integer> gone =
                edits.stream().map(Edits.Edit::before).filter(i -> i >= 0).toList();
        List<Integer> fresh =
                edits.stream().map(Edits.Edit::after).filter(i -> i >= 0).toList();
        for (int i = 0; i < Math.max(gone.size(), fresh.size()); i++) {
            int from = i < gone.size() ? gone.get(i) : -1;
            int to = i < fresh.size() ? fresh.get(i) : -1;
            Value was = from < 0 ? Value.NULL : before.get(from);
            Value is = to < 0 ? Value.NULL : after.get(to);
            Path.Index oldStep = new Path.Index(Math.max(from, 0));
            Path.Index newStep = new Path.Index(Math.max(to, 0));
            Marks oldMarks = from < 0 ? Marks.NONE : marks.at(oldStep);
            Marks newMarks = to < 0 ? Marks.NONE : marks.at(newStep);
            boolean same = was.getClass() == is.getClass() && ValueText.nested(was) && ValueText.nested(is);
            if (same) {
                change("", was, is, oldMarks.joined(newMarks), forces.at(newStep), depth, ",");
                continue;
            }
            if (from >= 0) {
                element(Line.Sign.REMOVE, was, oldMarks, depth);
            }
            if (to >= 0) {
                element(Line.Sign.ADD, is, newMarks, depth);
            }
        }
    }

    private void element(Line.Sign sign, Value value, Marks marks, int depth) {
        whole(sign, "", value, marks, depth, ",");
    }

    /** A value that stands on one side only. */
    private void whole(Line.Sign sign, String label, Value value, Marks marks, int depth, String end) {
        if (marks.whole()) {
            lines.add(new Line(sign, depth, label + Masker.MASK + end));
        } else if (value instanceof Value.Fields fields && !fields.values().isEmpty()) {
            lines.add(new Line(sign, depth, label + "{"));
            int width = fields.values().keySet().stream()
                    .mapToInt(name -> text.key(name).length())
                    .max()
                    .orElse(0);
            fields.values().forEach((name, field) -> {
                String key = text.key(name);
                String inner = key + " ".repeat(width - key.length()) + " = ";
                whole(inside(sign), inner, field, marks.at(new Path.Name(name)), depth + 1, "");
            });
            lines.add(new Line(Line.Sign.NONE, depth, "}" + end));
        } else if (value instanceof Value.Items items && !items.values().isEmpty()) {
            lines.add(new Line(sign, depth, label + "["));
            for (int i = 0; i < items.values().size(); i++) {
                whole(inside(sign), "", items.values().get(i), marks.at(new Path.Index(i)), depth + 1, ",");
            }
            lines.add(new Line(Line.Sign.NONE, depth, "]" + end));
        } else {
            scalar(sign, label, value, marks, depth, end);
        }
    }

    private void scalar(Line.Sign sign, String label, Value value, Marks marks, int depth, String end) {
        if (!(value instanceof Value.Text string)) {
            lines.add(new Line(sign, depth, label + text.of(value) + end));
            return;
        }
        Optional<Value> json = EmbeddedJson.parse(string.value());
        if (json.isPresent() && ValueText.nested(json.get())) {
            lines.add(new Line(sign, depth, label + "jsonencode("));
            whole(inside(sign), "", json.get(), marks, depth + 1, "");
            lines.add(new Line(Line.Sign.NONE, depth, ")" + end));
        } else if (string.value().strip().indexOf('\n') >= 0) {
            lines.add(new Line(sign, depth, label + "<<-EOT"));
            text.raw(string.value()).lines().forEach(line -> lines.add(new Line(inside(sign), depth + 1, line)));
            lines.add(new Line(Line.Sign.NONE, depth, "EOT" + end));
        } else {
            lines.add(new Line(sign, depth, label + text.of(value) + end));
        }
    }

    private static Line.Sign inside(Line.Sign sign) {
        return sign == Line.Sign.CHANGE ? Line.Sign.ADD : sign;
    }

    private String flat(Value value) {
        return ValueText.nested(value) ? (value instanceof Value.Items ? "[…]" : "{…}") : text.of(value);
    }

    private int hiddenNote(int hidden, String what, int depth) {
        if (hidden > 0) {
            String plural = hidden == 1 ? "" : "s";
            lines.add(new Line(Line.Sign.COMMENT, depth, "(" + hidden + " unchanged " + what + plural + " hidden)"));
        }
        return 0;
    }

    private static Line.Sign signOf(Value before, Value after) {
        if (before.equals(after)) {
            return Line.Sign.NONE;
        }
        return before.isNull() ? Line.Sign.ADD : after.isNull() ? Line.Sign.REMOVE : Line.Sign.CHANGE;
    }

    static SortedSet<String> union(Map<String, Value> one, Map<String, Value> other) {
        SortedSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names;
    }

    static Map<String, Value> fieldsOf(Value value) {
        return value instanceof Value.Fields fields ? fields.values() : new TreeMap<>();
    }
}
