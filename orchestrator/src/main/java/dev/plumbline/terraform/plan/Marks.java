package dev.plumbline.terraform.plan;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A set of paths to walk a value beside: at each place, whether it is marked with all below it. */
public final class Marks {
    /** Nothing is marked. */
    public static final Marks NONE = new Marks();

    private final Map<Path.Step, Marks> below = new HashMap<>();
    private boolean whole;

    private Marks() {}

    public static Marks of(Collection<Path> paths) {
        Marks root = new Marks();
        for (Path path : paths) {
            Marks at = root;
            for (Path.Step step : path.steps()) {
                at = at.below.computeIfAbsent(step, key -> new Marks());
            }
            at.whole = true;
        }
        return root;
    }

    /** Whether what stands here is marked, with all below it. */
    public boolean whole() {
        return whole;
    }

    /** Whether anything here or below is marked. */
    public boolean any() {
        return whole || below.values().stream().anyMatch(Marks::any);
    }

    /** The marks of what stands at that step. */
    public Marks at(Path.Step step) {
        if (whole) {
            return this;
        }
        Marks exact = below.get(step);
        Marks each = below.get(new Path.Each());
        if (exact == null || each == null) {
            return orNone(exact == null ? each : exact);
        }
        return exact.joined(each);
    }

    /** Gives the text of every marked string and number of the value to the consumer. */
    public void eachMarkedText(Value value, Consumer<String> consumer) {
        if (whole) {
            value.eachText(consumer);
        } else if (value instanceof Value.Fields fields) {
            fields.values().forEach((name, field) -> at(new Path.Name(name)).eachMarkedText(field, consumer));
        } else if (value instanceof Value.Items items) {
            for (int i = 0; i < items.values().size(); i++) {
                at(new Path.Index(i)).eachMarkedText(items.values().get(i), consumer);
            }
        }
    }

    /** What either marks. */
    public Marks joined(Marks other) {
        Marks both = new Marks();
        both.whole = whole || other.whole;
        both.below.putAll(below);
        other.below.forEach((step, marks) -> both.below.merge(step, marks, Marks::joined));
        return both;
    }

    private static Marks orNone(@Nullable Marks marks) {
        return marks == null ? NONE : marks;
    }
}
