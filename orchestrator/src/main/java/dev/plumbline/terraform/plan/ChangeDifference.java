package dev.plumbline.terraform.plan;

import dev.plumbline.secret.Masker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How two plans differ in what {@link ChangeDigest} covers, in words that name addresses and attributes and never a value.
 *
 * @param sentence the first difference, and how many more objects differ
 * @param details one line for each object that differs, sorted by address
 */
public record ChangeDifference(String sentence, List<String> details) {
    private static final int NAMED_ATTRIBUTES = 3;

    public ChangeDifference {
        details = List.copyOf(details);
    }

    /** Empty where they do the same. */
    public static Optional<ChangeDifference> between(Plan seen, Plan now) {
        List<String> lines = new ArrayList<>();
        Map<String, ResourceChange> before = resources(seen);
        Map<String, ResourceChange> after = resources(now);
        for (String subject : union(before, after)) {
            ResourceChange was = before.get(subject);
            ResourceChange is = after.get(subject);
            if (was == null && is != null) {
                lines.add(subject + ": would " + verb(is) + ", which was not seen");
            } else if (is == null && was != null) {
                lines.add(subject + ": would " + verb(was) + " when it was seen, and now nothing");
            } else if (was != null && is != null) {
                describe(was, is).ifPresent(what -> lines.add(subject + ": " + what));
            }
        }
        addOutputs(seen, now, lines);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Masker masker = seen.secrets().plus(now.secrets()).masker();
        List<String> masked = lines.stream().map(masker::mask).toList();
        String more = masked.size() == 1 ? "" : " (and " + (masked.size() - 1) + " more)";
        return Optional.of(new ChangeDifference(masked.get(0) + more, masked));
    }

    private static void addOutputs(Plan seen, Plan now, List<String> lines) {
        Map<String, Change> before = outputs(seen);
        Map<String, Change> after = outputs(now);
        for (String name : union(before, after)) {
            Change was = before.get(name);
            Change is = after.get(name);
            if (was == null || is == null) {
                lines.add("output " + name + ": changes only in the plan that is " + (is == null ? "seen" : "new"));
            } else if (was.action() != is.action()
                    || !was.before().equals(is.before())
                    || !was.after().equals(is.after())) {
                lines.add("output " + name + " differs");
            }
        }
    }

    private static Optional<String> describe(ResourceChange was, ResourceChange is) {
        if (was.action() != is.action()) {
            return Optional.of("would " + verb(is) + " where it was seen to " + verb(was));
        }
        if (!was.previousAddress().equals(is.previousAddress())) {
            return Optional.of("the address that it moves from differs");
        }
        if (!Objects.equals(was.change().importing(), is.change().importing())) {
            return Optional.of("the import differs");
        }
        SortedSet<Path> differing = new TreeSet<>();
        collect(was.change().before(), is.change().before(), Path.ROOT, differing);
        collect(was.change().after(), is.change().after(), Path.ROOT, differing);
        if (!differing.isEmpty()) {
            return Optional.of(named(differing));
        }
        if (!was.replacePaths().equals(is.replacePaths())) {
            SortedSet<Path> other = new TreeSet<>(was.replacePaths());
            other.addAll(is.replacePaths());
            other.removeIf(path ->
                    was.replacePaths().contains(path) && is.replacePaths().contains(path));
            return Optional.of("what forces the replacement differs: " + other.first());
        }
        return was.provider().equals(is.provider()) ? Optional.empty() : Optional.of("the provider differs");
    }

    private static String named(SortedSet<Path> differing) {
        List<String> names = differing.stream()
                .map(path -> path.steps().isEmpty() ? "the whole object" : path.toString())
                .toList();
        if (names.size() == 1) {
            return names.get(0) + " differs";
        }
        if (names.size() <= NAMED_ATTRIBUTES) {
            return String.join(", ", names) + " differ";
        }
        return String.join(", ", names.subList(0, NAMED_ATTRIBUTES)) + " and " + (names.size() - NAMED_ATTRIBUTES)
                + " more attributes differ";
    }

    private static void collect(Value was, Value is, Path at, SortedSet<Path> differing) {
        if (was.equals(is)) {
            return;
        }
        if (was instanceof Value.Fields old && is instanceof Value.Fields fresh) {
            for (String name : union(old.values(), fresh.values())) {
                Path.Name step = new Path.Name(name);
                collect(old.at(step), fresh.at(step), at.plus(step), differing);
            }
            if (differing.isEmpty()) {
                differing.add(at);
            }
        } else if (was instanceof Value.Items old
                && is instanceof Value.Items fresh
                && old.values().size() == fresh.values().size()) {
            for (int i = 0; i < old.values().size(); i++) {
                collect(old.values().get(i), fresh.values().get(i), at.plus(new Path.Index(i)), differing);
            }
        } else {
            differing.add(at);
        }
    }

    private static Map<String, ResourceChange> resources(Plan plan) {
        Map<String, ResourceChange> found = new TreeMap<>();
        for (ResourceChange change : plan.changes()) {
            if (ChangeDigest.counts(change)) {
                String deposed = change.deposedKey().isEmpty() ? "" : " (deposed " + change.deposedKey() + ")";
                found.put(change.address().text() + deposed, change);
            }
        }
        return found;
    }

    private static Map<String, Change> outputs(Plan plan) {
        Map<String, Change> found = new TreeMap<>();
        plan.outputs().stream()
                .filter(ChangeDigest::counts)
                .forEach(output -> found.put(output.name(), output.change()));
        return found;
    }

    private static SortedSet<String> union(Map<String, ?> one, Map<String, ?> other) {
        SortedSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names;
    }

    private static String verb(ResourceChange change) {
        return switch (change.action()) {
            case CREATE -> "be created";
            case UPDATE -> "be updated";
            case DELETE -> "be destroyed";
            case REPLACE_DESTROY_FIRST, REPLACE_CREATE_FIRST, CREATE_THEN_FORGET -> "be replaced";
            case FORGET -> "be forgotten";
            case READ -> "be read";
            case NO_OP -> change.moved() ? "be moved" : "be imported";
        };
    }
}
