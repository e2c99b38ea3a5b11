package dev.plumbline.terraform.plan;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One value and what becomes of it.
 *
 * @param before {@link Value#NULL} where nothing was
 * @param after {@link Value#NULL} where nothing will be; what is known only after apply stands in it as {@link Value#UNKNOWN}
 * @param beforeSensitive paths into {@code before} that must not be shown, with all below them
 * @param afterSensitive the same for {@code after}; incomplete on a replace, so always use {@link #sensitive()}
 * @param importing what is imported, or null
 * @param generatedConfig configuration that Terraform wrote for an import; empty where it wrote none
 */
public record Change(
        Action action,
        Value before,
        Value after,
        SortedSet<Path> beforeSensitive,
        SortedSet<Path> afterSensitive,
        @Nullable Importing importing,
        String generatedConfig) {

    public Change {
        beforeSensitive = Collections.unmodifiableSortedSet(new TreeSet<>(beforeSensitive));
        afterSensitive = Collections.unmodifiableSortedSet(new TreeSet<>(afterSensitive));
    }

    /**
     * @param id what the provider knows it by; empty where it is imported by its identity
     * @param unknown whether the id is known only after apply
     */
    public record Importing(String id, boolean unknown) {}

    /** The union of both sides' paths: what was sensitive on one side is hidden on both. */
    public SortedSet<Path> sensitive() {
        SortedSet<Path> both = new TreeSet<>(beforeSensitive);
        both.addAll(afterSensitive);
        return Collections.unmodifiableSortedSet(both);
    }

    /** The paths in {@code after} that are known only after apply, sorted. */
    public SortedSet<Path> unknown() {
        SortedSet<Path> found = new TreeSet<>();
        collectUnknown(after, Path.ROOT, found);
        return Collections.unmodifiableSortedSet(found);
    }

    /** This change with further paths hidden on both sides. */
    Change withSensitive(SortedSet<Path> more) {
        SortedSet<Path> all = new TreeSet<>(sensitive());
        all.addAll(more);
        return new Change(action, before, after, all, all, importing, generatedConfig);
    }

    private static void collectUnknown(Value value, Path at, SortedSet<Path> found) {
        if (value instanceof Value.Unknown) {
            found.add(at);
        } else if (value instanceof Value.Fields fields) {
            fields.values().forEach((name, field) -> collectUnknown(field, at.plus(new Path.Name(name)), found));
        } else if (value instanceof Value.Items items) {
            for (int i = 0; i < items.values().size(); i++) {
                collectUnknown(items.values().get(i), at.plus(new Path.Index(i)), found);
            }
        }
    }
}
