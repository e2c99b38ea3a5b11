package dev.plumbline.drift;

import dev.plumbline.terraform.plan.Path;
import dev.plumbline.terraform.plan.Value;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where two values differ. */
final class ValueDifference {
    private ValueDifference() {}

    /**
     * Collects the innermost paths.
     *
     * @param differing gets those of which both sides are known
     * @param unknown gets those of which the second is known only after apply
     */
    static void collect(Value one, Value other, List<Path> differing, List<Path> unknown) {
        collect(one, other, Path.ROOT, differing, unknown);
    }

    private static void collect(Value one, Value other, Path at, List<Path> differing, List<Path> unknown) {
        if (one.equals(other)) {
            return;
        }
        if (other instanceof Value.Unknown) {
            unknown.add(at);
        } else if (one instanceof Value.Fields old && other instanceof Value.Fields fresh) {
            SortedSet<String> names = new TreeSet<>(old.values().keySet());
            names.addAll(fresh.values().keySet());
            for (String name : names) {
                Path.Name step = new Path.Name(name);
                collect(old.at(step), fresh.at(step), at.plus(step), differing, unknown);
            }
        } else if (one instanceof Value.Items old
                && other instanceof Value.Items fresh
                && old.values().size() == fresh.values().size()) {
            for (int i = 0; i < old.values().size(); i++) {
                Path.Index step = new Path.Index(i);
                collect(old.at(step), fresh.at(step), at.plus(step), differing, unknown);
            }
        } else {
            differing.add(at);
        }
    }

    /** What stands there; null where there is no such thing. */
    static Value at(Value value, Path path) {
        Value here = value;
        for (Path.Step step : path.steps()) {
            here = here.at(step);
        }
        return here;
    }
}
